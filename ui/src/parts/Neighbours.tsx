// On the page of one order: back to its list, and to the orders before and after it there.
import { ActionButton, Text } from "@react-spectrum/s2";
import ChevronDown from "@react-spectrum/s2/icons/ChevronDown";
import ChevronLeft from "@react-spectrum/s2/icons/ChevronLeft";
import ChevronUp from "@react-spectrum/s2/icons/ChevronUp";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useNavigate, useRouter } from "@tanstack/react-router";

import { useText } from "../i18n";
import { useShortcut } from "./shortcuts";
import { useNeighbours } from "./trail";

export function Neighbours() {
  const text = useText();
  const navigate = useNavigate();
  const router = useRouter();
  const near = useNeighbours();
  // In place of this page: going back leads to the list, however many orders were looked at.
  const go = (path: string | null | undefined) =>
    path == null ? null : () => void navigate({ href: path, replace: true });
  useShortcut("j", go(near?.next));
  useShortcut("k", go(near?.previous));
  if (near === null) return null;
  return (
    <nav
      aria-label={text("neighbours.label")}
      className={style({ display: "flex", flexWrap: "wrap", gap: 8, alignItems: "center", marginBottom: 8 })}
    >
      <ActionButton isQuiet size="S" onPress={() => router.history.back()}>
        <ChevronLeft />
        <Text>{text("neighbours.back")}</Text>
      </ActionButton>
      <ActionButton
        size="S"
        isQuiet
        aria-label={text("neighbours.previous")}
        isDisabled={near.previous === null}
        onPress={() => go(near.previous)?.()}
      >
        <ChevronUp />
      </ActionButton>
      <ActionButton
        size="S"
        isQuiet
        aria-label={text("neighbours.next")}
        isDisabled={near.next === null}
        onPress={() => go(near.next)?.()}
      >
        <ChevronDown />
      </ActionButton>
      <span className={style({ font: "ui-sm", color: "gray-800" })}>
        {text("neighbours.place", { place: near.place, all: near.all })}
      </span>
    </nav>
  );
}
