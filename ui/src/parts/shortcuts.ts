// Single keys that do something on a screen. They are silent while a person types or a dialog is open, and can
// be turned off: who dictates must not set them off by speaking.
import { useEffect, useEffectEvent } from "react";

import { usePreference } from "./preferences";

/** Where letters are text, or belong to what has the focus. */
const kTyping = "input, textarea, select, [contenteditable], [role=textbox], [role=combobox], [role=menu]";
const kAbove = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";

function isFree(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  const target = event.target instanceof Element ? event.target : null;
  // Checkboxes are inputs, too, but nobody types into them.
  const typing = target?.closest(kTyping) ?? null;
  const isBox = typing instanceof HTMLInputElement && ["checkbox", "radio"].includes(typing.type);
  return (typing === null || isBox) && document.querySelector(kAbove) === null;
}

/** Whether single keys are on, and how to change it. */
export function useShortcutsOn() {
  const { value, keep } = usePreference<boolean>("shortcuts");
  return { isOn: value ?? true, change: keep };
}

/** Null: the key does nothing now. */
export function useShortcut(key: string, act: (() => void) | null) {
  const { isOn } = useShortcutsOn();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== key || act === null || !isFree(event)) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    if (!isOn) return;
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [isOn]);
}
