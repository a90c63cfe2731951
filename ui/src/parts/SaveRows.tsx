// What is on screen as a CSV file, made by the browser: for lists that the service has no file of.
import { Button, Text } from "@react-spectrum/s2";
import Download from "@react-spectrum/s2/icons/Download";

import { useText } from "../i18n";
import { csvText } from "./csv";

interface SaveRowsProps {
  /** What the file is called, without its day. */
  file: string;
  head: readonly string[];
  rows: () => readonly (readonly string[])[];
}

function save(file: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = file;
  link.click();
  URL.revokeObjectURL(url);
}

export function SaveRows({ file, head, rows }: SaveRowsProps) {
  const text = useText();
  const day = () => new Date().toISOString().slice(0, 10);
  return (
    <Button
      variant="secondary"
      fillStyle="outline"
      onPress={() => save(`${file}-${day()}.csv`, csvText(head, rows()))}
    >
      <Download />
      <Text>{text("export.button")}</Text>
    </Button>
  );
}
