// Keys that work on every screen, and the list of all of them.
import { Content, Dialog, DialogContainer, Heading } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

import { type MessageId, useText } from "../i18n";
import { useShortcut, useShortcutsOn } from "../parts/shortcuts";
import { SwitchField } from "../parts/SwitchField";

const keys: readonly (readonly [string, MessageId])[] = [
  ["/", "keys.search"],
  ["j", "keys.next"],
  ["k", "keys.previous"],
  ["?", "keys.help"],
];

const search = () => document.querySelector<HTMLInputElement>("main input[type=search]");

/** Puts the cursor into the screen's search; a screen without one leads to the orders. */
function useSearchKey() {
  const navigate = useNavigate();
  const path = useLocation({ select: (location) => location.pathname });
  const isAsked = useRef(false);
  useEffect(() => {
    if (!isAsked.current) return;
    // The screen arrives after its address.
    const watch = new MutationObserver(() => {
      const field = search();
      if (field === null) return;
      isAsked.current = false;
      watch.disconnect();
      field.focus();
    });
    watch.observe(document.body, { childList: true, subtree: true });
    return () => watch.disconnect();
  }, [path]);
  useShortcut("/", () => {
    const field = search();
    if (field !== null) return field.focus();
    isAsked.current = true;
    void navigate({ to: "/amazon-orders" });
  });
}

const key = style({
  font: "code-sm",
  borderWidth: 1,
  borderStyle: "solid",
  borderColor: "gray-400",
  borderRadius: "sm",
  paddingX: 8,
  paddingY: 2,
});

function Help() {
  const text = useText();
  const { isOn, change } = useShortcutsOn();
  return (
    <Dialog size="S" isDismissible>
      <Heading slot="title">{text("keys.title")}</Heading>
      <Content>
        <dl className={style({ display: "grid", gridTemplateColumns: "auto 1fr", gap: 12, margin: 0 })}>
          {keys.map(([name, id]) => (
            <div key={name} className={style({ display: "contents" })}>
              <dt>
                <kbd className={key}>{name}</kbd>
              </dt>
              <dd className={style({ margin: 0 })}>{text(id)}</dd>
            </div>
          ))}
        </dl>
        <div className={style({ marginTop: 24 })}>
          <SwitchField
            label={text("keys.on")}
            help={text("keys.on_help")}
            isSelected={isOn}
            onChange={(next) => void change(next).catch(() => {})}
          />
        </div>
      </Content>
    </Dialog>
  );
}

interface ShortcutsProps {
  isHelpOpen: boolean;
  setHelpOpen: (next: boolean) => void;
}

export function Shortcuts({ isHelpOpen, setHelpOpen }: ShortcutsProps) {
  useSearchKey();
  useShortcut("?", () => setHelpOpen(true));
  return <DialogContainer onDismiss={() => setHelpOpen(false)}>{isHelpOpen && <Help />}</DialogContainer>;
}
