// The page of who is not signed in: one card in the middle.
import { ActionButton } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { type ReactNode, useEffect } from "react";

import { useLanguage, useText } from "../i18n";

function OtherLanguage() {
  const text = useText();
  const { language, showAndStore } = useLanguage();
  return (
    <div className={style({ display: "flex", justifyContent: "end" })}>
      <ActionButton isQuiet size="S" onPress={() => showAndStore(language === "en" ? "it" : "en")}>
        {text("user.other_language")}
      </ActionButton>
    </div>
  );
}

export function CentredCard({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} – Fairway`;
  }, [title]);
  return (
    <main
      className={style({
        minHeight: "screen",
        display: "flex",
        alignItems: "center",
        justifyContent: "center",
        padding: 16,
        boxSizing: "border-box",
      })}
    >
      <div
        className={style({
          display: "flex",
          flexDirection: "column",
          gap: 24,
          width: "full",
          maxWidth: 400,
          padding: 32,
          boxSizing: "border-box",
          backgroundColor: "base",
          borderRadius: "xl",
          borderWidth: 1,
          borderStyle: "solid",
          borderColor: "gray-200",
        })}
      >
        <div>
          <div className={style({ font: "detail", color: "gray-700" })}>Fairway</div>
          <h1 className={style({ font: "heading-lg", margin: 0 })}>{title}</h1>
        </div>
        {children}
        <OtherLanguage />
      </div>
    </main>
  );
}
