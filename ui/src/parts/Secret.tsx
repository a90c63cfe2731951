// Something that is shown this once: it can be copied, and is gone when the page is left.
import { Button, Content, Heading, InlineAlert, TextField } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useState } from "react";

import { useText } from "../i18n";
import { copyText } from "./CopyButton";

interface SecretProps {
  heading: string;
  help: string;
  label: string;
  value: string;
  onClose: () => void;
}

export function Secret({ heading, help, label, value, onClose }: SecretProps) {
  const text = useText();
  const [copied, setCopied] = useState<"no" | "yes" | "failed">("no");
  const copy = async () => setCopied((await copyText(value)) ? "yes" : "failed");
  return (
    <InlineAlert variant="positive" autoFocus styles={style({ marginBottom: 24 })}>
      <Heading>{heading}</Heading>
      <Content>
        <p className={style({ margin: 0, marginBottom: 12 })}>{help}</p>
        <div className={style({ display: "flex", gap: 12, flexWrap: "wrap", alignItems: "end" })}>
          <TextField
            label={label}
            value={value}
            isReadOnly
            styles={style({ flexGrow: 1, minWidth: 200, maxWidth: 560 })}
          />
          <Button variant="accent" onPress={() => void copy()}>
            {text("action.copy")}
          </Button>
          <Button variant="secondary" onPress={onClose}>
            {text("secret.close")}
          </Button>
        </div>
        <p role="status" className={style({ font: "detail", margin: 0, marginTop: 8 })}>
          {copied === "yes" && text("secret.copied")}
          {copied === "failed" && text("secret.not_copied")}
        </p>
      </Content>
    </InlineAlert>
  );
}
