// Puts a number into the clipboard.
import { ActionButton, ToastQueue, Tooltip, TooltipTrigger } from "@react-spectrum/s2";
import Copy from "@react-spectrum/s2/icons/Copy";

import { useText } from "../i18n";

const kToastMs = 5_000;

/** False where the browser does not let us: without HTTPS it has no clipboard. */
export async function copyText(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    return false;
  }
}

export function CopyButton({ value }: { value: string }) {
  const text = useText();
  const copy = async () => {
    if (await copyText(value)) ToastQueue.positive(text("copy.done", { value }), { timeout: kToastMs });
    else ToastQueue.negative(text("secret.not_copied"), { timeout: kToastMs });
  };
  return (
    <TooltipTrigger>
      <ActionButton isQuiet size="XS" aria-label={text("copy.of", { value })} onPress={() => void copy()}>
        <Copy />
      </ActionButton>
      <Tooltip>{text("action.copy")}</Tooltip>
    </TooltipTrigger>
  );
}
