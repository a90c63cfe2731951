// The places of Fairway: a column beside the screen where there is room, else behind a button.
import {
  ActionButton,
  Header,
  Heading,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Text,
} from "@react-spectrum/s2";
import MenuIcon from "@react-spectrum/s2/icons/MenuHamburger";
import { focusRing, style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useLocation } from "@tanstack/react-router";
import { useId } from "react";
import { Link } from "react-aria-components/Link";

import { type MessageId, useText } from "../i18n";
import { useFormat } from "../parts/format";
import { Mark } from "../parts/Mark";
import { isAt, usePlaces, useWaiting } from "./places";

const column = style({
  display: { default: "none", lg: "flex" },
  flexDirection: "column",
  gap: 24,
  flexShrink: 0,
  width: 208,
  boxSizing: "border-box",
  padding: 16,
  borderStyle: "solid",
  borderColor: "gray-200",
  borderWidth: 0,
  borderEndWidth: 1,
  backgroundColor: "base",
});

const entry = style({
  ...focusRing(),
  display: "flex",
  alignItems: "center",
  justifyContent: "space-between",
  gap: 8,
  font: "ui",
  fontWeight: { default: "normal", isCurrent: "bold" },
  color: { default: "neutral-subdued", isHovered: "neutral", isCurrent: "neutral" },
  backgroundColor: { default: "transparent", isHovered: "gray-100", isCurrent: "gray-200" },
  borderRadius: "default",
  paddingX: 12,
  paddingY: 8,
  textDecoration: "none",
  transition: "default",
});

function PlaceLink({ to, text: id }: { to: string; text: MessageId }) {
  const text = useText();
  const format = useFormat();
  const { pathname } = useLocation();
  const isCurrent = isAt(pathname, to);
  const count = useWaiting()(to);
  return (
    <Link
      href={to}
      {...(isCurrent && { "aria-current": "page" as const })}
      className={({ isFocusVisible, isHovered }) => entry({ isFocusVisible, isHovered, isCurrent })}
    >
      {text(id)}
      {count > 0 && <Mark tone="negative">{format.number(count)}</Mark>}
    </Link>
  );
}

function GroupOfPlaces({
  heading,
  places,
}: {
  heading: MessageId;
  places: ReturnType<typeof usePlaces>[number]["places"];
}) {
  const text = useText();
  const id = useId();
  return (
    <div>
      <div id={id} className={style({ font: "detail-sm", color: "gray-700", paddingX: 12, marginBottom: 4 })}>
        {text(heading)}
      </div>
      <ul aria-labelledby={id} className={style({ listStyleType: "none", margin: 0, padding: 0 })}>
        {places.map((place) => (
          <li key={place.to}>
            <PlaceLink to={place.to} text={place.text} />
          </li>
        ))}
      </ul>
    </div>
  );
}

export function SideNavigation() {
  const text = useText();
  const groups = usePlaces();
  return (
    <nav aria-label={text("nav.label")} className={column}>
      {groups.map((group) => (
        <GroupOfPlaces key={group.text} heading={group.text} places={group.places} />
      ))}
    </nav>
  );
}

export function MenuNavigation() {
  const text = useText();
  const groups = usePlaces();
  const waiting = useWaiting();
  const { pathname } = useLocation();
  const current = groups.flatMap((group) => group.places).find((place) => isAt(pathname, place.to));
  return (
    <nav aria-label={text("nav.label")} className={style({ display: { default: "block", lg: "none" } })}>
      <MenuTrigger>
        <ActionButton aria-label={text("nav.open", { place: text(current?.text ?? "nav.label") })} isQuiet>
          <MenuIcon />
          <Text>{text(current?.text ?? "nav.label")}</Text>
        </ActionButton>
        <Menu aria-label={text("nav.label")}>
          {groups.map((group) => (
            <MenuSection key={group.text}>
              <Header>
                <Heading>{text(group.text)}</Heading>
              </Header>
              {group.places.map((place) => (
                <MenuItem key={place.to} id={place.to} href={place.to}>
                  {waiting(place.to) > 0
                    ? text("nav.waiting", { place: text(place.text), count: waiting(place.to) })
                    : text(place.text)}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </Menu>
      </MenuTrigger>
    </nav>
  );
}
