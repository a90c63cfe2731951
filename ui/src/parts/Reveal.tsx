// Shows names and addresses when they are asked for; that they were looked at is recorded.
import { Button } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import { useText } from "../i18n";
import { useSession } from "../shell/session";

interface RevealProps {
  isPending: boolean;
  reveal: () => void;
}

/** Nothing for who may not see them. */
export function Reveal({ isPending, reveal }: RevealProps) {
  const text = useText();
  const maySee = useSession().data?.buyer_data ?? false;
  if (!maySee) return null;
  return (
    <div className={style({ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "center" })}>
      <Button variant="secondary" fillStyle="outline" size="S" isPending={isPending} onPress={reveal}>
        {text("reveal.button")}
      </Button>
      <span className={style({ font: "ui-sm", color: "gray-800" })}>{text("reveal.help")}</span>
    </div>
  );
}
