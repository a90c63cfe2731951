// Rows as a CSV file, as the service writes its own: for lists that it has no file of.

/** What a spreadsheet would take for a formula begins with an apostrophe. */
const kFormula = /^[=+\-@\t\r]/;

function cellOf(text: string): string {
  const safe = kFormula.test(text) ? `'${text}` : text;
  return /[,"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** With the mark by which spreadsheets know that it is UTF-8. */
export function csvText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `\uFEFF${[head, ...rows].map((row) => `${row.map(cellOf).join(",")}\r\n`).join("")}`;
}
