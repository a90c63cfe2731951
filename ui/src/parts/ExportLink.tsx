// A whole list as a CSV file, with the filters of the screen. The browser downloads it by itself; how far it is
// stands above the screen.
import { LinkButton, Text } from "@react-spectrum/s2";
import Download from "@react-spectrum/s2/icons/Download";
import { useQueryClient } from "@tanstack/react-query";

import { useText } from "../i18n";
import { exportsKey } from "../shell/work";
import { type ExportedList, exportPath } from "./exports";

/** The service knows of an export shortly after the browser has asked for it. */
const kLooksMs = [300, 1_500, 4_000];

interface ExportLinkProps {
  list: ExportedList;
  query?: Record<string, string | undefined>;
  /** Where the screen shows one store and the file cannot: the button says so. */
  isOfAllStores?: boolean;
}

export function ExportLink({ list, query = {}, isOfAllStores = false }: ExportLinkProps) {
  const text = useText();
  const queryClient = useQueryClient();
  const look = () => {
    for (const wait of kLooksMs)
      setTimeout(() => void queryClient.invalidateQueries({ queryKey: exportsKey }), wait);
  };
  return (
    <LinkButton
      variant="secondary"
      fillStyle="outline"
      href={exportPath(list, query)}
      download={`${list}.csv`}
      onPress={look}
    >
      <Download />
      <Text>{text(isOfAllStores ? "export.all_stores" : "export.button")}</Text>
    </LinkButton>
  );
}
