// What stands around every screen: where one is, where one can go, what needs attention, who one is.
import { ActionButton, Menu, MenuItem, MenuTrigger, ProgressCircle } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";

import { Problem } from "../api/client";
import { useText } from "../i18n";
import { usePreference } from "../parts/preferences";
import { ErrorState } from "../parts/states";
import { useLanguageOfPerson, useOwnLanguage } from "./language";
import { LiveEvents } from "./LiveEvents";
import { Messages } from "./Messages";
import { MenuNavigation, SideNavigation } from "./Navigation";
import { useSession, useSignOut } from "./session";
import { Shortcuts } from "./Shortcuts";
import { Work } from "./Work";

const content = style({ padding: { default: 16, lg: 24 }, outlineStyle: "none" });

/** For the keyboard: past the navigation, straight to the screen. Seen only while it has the focus. */
function SkipLink() {
  const text = useText();
  return (
    <a
      href="#main"
      className={style({
        position: "absolute",
        top: { default: "[-100px]", ":focus": 8 },
        insetStart: 8,
        zIndex: 2,
        padding: 8,
        font: "ui",
        color: "neutral",
        backgroundColor: "base",
        borderRadius: "default",
      })}
      onClick={(event) => {
        // The address keeps its filters: no fragment is added to it.
        event.preventDefault();
        document.getElementById("main")?.focus();
      }}
    >
      {text("nav.skip")}
    </a>
  );
}

function UserMenu({ name, showKeys }: { name: string; showKeys: () => void }) {
  const text = useText();
  const { language, choose } = useOwnLanguage();
  const signOut = useSignOut();
  return (
    <MenuTrigger>
      <ActionButton isQuiet aria-label={text("user.menu", { name })}>
        {name}
      </ActionButton>
      <Menu
        onAction={(key) => {
          if (key === "sign-out") void signOut();
          if (key === "language") choose(language === "en" ? "it" : "en");
          if (key === "keys") showKeys();
        }}
      >
        <MenuItem id="me" href="/me">
          {text("user.me")}
        </MenuItem>
        <MenuItem id="keys">{text("keys.title")}</MenuItem>
        <MenuItem id="language">{text("user.other_language")}</MenuItem>
        <MenuItem id="sign-out">{text("user.sign_out")}</MenuItem>
      </Menu>
    </MenuTrigger>
  );
}

const bar = style({
  display: "flex",
  alignItems: "center",
  columnGap: { default: 4, sm: 16 },
  flexWrap: "wrap",
  paddingX: { default: 16, lg: 24 },
  paddingY: 8,
  backgroundColor: "base",
  borderWidth: 0,
  borderBottomWidth: 1,
  borderStyle: "solid",
  borderColor: "gray-200",
});

function Inside({ name }: { name: string }) {
  const [isHelpOpen, setHelpOpen] = useState(false);
  useLanguageOfPerson();
  return (
    <div className={style({ display: "flex", flexDirection: "column", minHeight: "screen" })}>
      <SkipLink />
      <header className={bar}>
        <span className={style({ font: "title-lg" })}>Fairway</span>
        <MenuNavigation />
        <span className={style({ flexGrow: 1 })} />
        <UserMenu name={name} showKeys={() => setHelpOpen(true)} />
      </header>
      <LiveEvents />
      <Shortcuts isHelpOpen={isHelpOpen} setHelpOpen={setHelpOpen} />
      <div className={style({ display: "flex", flexGrow: 1 })}>
        <SideNavigation />
        <div className={style({ flexGrow: 1, minWidth: 0 })}>
          <Messages />
          <Work />
          <main id="main" tabIndex={-1} className={content}>
            <Outlet />
          </main>
        </div>
      </div>
    </div>
  );
}

export function Shell() {
  const session = useSession();
  const preferences = usePreference("language");
  const navigate = useNavigate();
  const text = useText();
  const location = useLocation();
  const signedOut = session.error instanceof Problem && [401, 404].includes(session.error.status);
  // Where one was last: on the way to signing in the address changes, and this component is still on screen. It
  // may hear a second time there that nobody is signed in.
  const isLeaving = location.pathname === "/sign-in";
  const from = useRef(location.href);
  useEffect(() => {
    if (!signedOut && !isLeaving) from.current = location.href;
  }, [signedOut, isLeaving, location.href]);
  useEffect(() => {
    if (signedOut && !isLeaving)
      void navigate({ to: "/sign-in", search: { back: from.current }, replace: true });
  }, [signedOut, isLeaving, navigate]);

  // Nobody reads a screen in another language than their own first.
  if (session.isPending || signedOut || (session.data !== undefined && !preferences.isSettled))
    return (
      <div className={style({ display: "flex", justifyContent: "center", padding: 80 })}>
        <ProgressCircle isIndeterminate aria-label={text("state.loading")} />
      </div>
    );
  // Who is inside stays there, with what was typed, when the session could not be read once more.
  if (session.data === undefined)
    return <ErrorState error={session.error} retry={() => void session.refetch()} />;
  return <Inside name={session.data.name} />;
}
