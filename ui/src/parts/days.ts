// Days of the calendar, in the address as 2026-11-27, in requests as moments of where the reader is.
const kDay = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The first moment of a day where the reader is; other texts are times already. */
export function startOf(day: string, daysLater = 0): string {
  const parts = kDay.exec(day);
  if (parts === null) return day;
  const [year, month, date] = parts.slice(1).map(Number) as [number, number, number];
  return new Date(year, month - 1, date + daysLater).toISOString();
}

/** The last moment of a day where the reader is. */
export const endOf = (day: string) => new Date(Date.parse(startOf(day, 1)) - 1).toISOString();

/** The requests' bounds of a span of days; "to" holds its whole day. */
export function spanOf<From extends string, To extends string>(
  from: readonly [From, string | undefined],
  to: readonly [To, string | undefined],
): { [Name in From | To]?: string } {
  return {
    ...(from[1] !== undefined && { [from[0]]: startOf(from[1]) }),
    ...(to[1] !== undefined && { [to[0]]: startOf(to[1], 1) }),
  } as { [Name in From | To]?: string };
}
