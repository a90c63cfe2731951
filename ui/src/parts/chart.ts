// Where the points of a chart stand. Amounts become floats here and only here: nothing is added up with them.

export interface Point {
  x: number;
  y: number;
}

/** The highest tick: one, two or five times a power of ten, at or above the greatest value. */
export function niceTop(greatest: number): number {
  if (!(greatest > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(greatest));
  const step = [1, 2, 5, 10].find((each) => each * power >= greatest) ?? 10;
  return step * power;
}

/** A line from left to right through values from 0 to `top`, in a box with y downwards. */
export function linePoints(values: readonly number[], top: number, width: number, height: number): Point[] {
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  return values.map((value, index) => ({
    x: index * step,
    y: height - (Math.max(0, value) / (top || 1)) * height,
  }));
}

export const pathOf = (points: readonly Point[]): string =>
  points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

export type Change = { kind: "percent"; percent: number } | { kind: "new" } | { kind: "none" };

/** How much more or less than before, in whole per cent. */
export function changeFrom(before: string, now: string): Change {
  const [earlier, later] = [Number(before), Number(now)];
  if (earlier === 0) return later === 0 ? { kind: "none" } : { kind: "new" };
  return { kind: "percent", percent: Math.round(((later - earlier) / earlier) * 100) };
}
