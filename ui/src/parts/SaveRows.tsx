// A whole list as a CSV file, made by the browser: for lists that the service has no file of.
import { Button, Text, ToastQueue } from "@react-spectrum/s2";
import Download from "@react-spectrum/s2/icons/Download";
import { useState } from "react";

import { useText } from "../i18n";
import { csvText } from "./csv";
import type { usePages } from "./pages";
import { useProblemText } from "./problems";

interface SaveRowsProps<T> {
  /** What the file is called, without its day. */
  file: string;
  head: readonly string[];
  pages: ReturnType<typeof usePages<T>>;
  row: (item: T) => readonly string[];
}

/** The browser may begin to read the file a little later. */
const kReadMs = 10_000;
const kToastMs = 6_000;

function save(file: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), kReadMs);
}

/** The reader's own day, as files are sorted. */
function today(): string {
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Reads the pages that were not on screen yet. */
async function readAll<T>(pages: ReturnType<typeof usePages<T>>): Promise<T[]> {
  let { data, hasNextPage } = pages.query;
  while (hasNextPage) {
    const read = await pages.query.fetchNextPage();
    if (read.error !== null) throw read.error;
    ({ data, hasNextPage } = read);
  }
  return data?.pages.flatMap((page) => page.items) ?? [];
}

export function SaveRows<T>({ file, head, pages, row }: SaveRowsProps<T>) {
  const text = useText();
  const problemText = useProblemText();
  const [isReading, setReading] = useState(false);
  const press = async () => {
    setReading(true);
    try {
      const rows = (await readAll(pages)).map(row);
      save(`${file}-${today()}.csv`, csvText(head, rows));
    } catch (error) {
      ToastQueue.negative(problemText(error), { timeout: kToastMs });
    } finally {
      setReading(false);
    }
  };
  return (
    <Button variant="secondary" fillStyle="outline" isPending={isReading} onPress={() => void press()}>
      <Download />
      <Text>{text("export.button")}</Text>
    </Button>
  );
}
