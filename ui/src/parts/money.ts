// Sums and comparisons of money. Amounts are decimal text and stay exact: whole numbers of the smallest
// decimal place that occurs, never floats.
import type { Money } from "./format";

interface Exact {
  units: bigint;
  places: number;
}

const kDecimal = /^(-?)(\d+)(?:\.(\d+))?$/;

function exact(amount: string): Exact | null {
  const parts = kDecimal.exec(amount);
  if (parts === null) return null;
  const fraction = parts[3] ?? "";
  const units = BigInt(`${parts[2] ?? "0"}${fraction}`);
  return { units: parts[1] === "-" ? -units : units, places: fraction.length };
}

function widen(value: Exact, places: number): bigint {
  return value.units * 10n ** BigInt(places - value.places);
}

function decimal(units: bigint, places: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const sign = units < 0n ? "-" : "";
  return places === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(digits.length - places)}`;
}

function combine(left: Money, right: Money, sign: 1n | -1n): Money | null {
  const a = exact(left.amount);
  const b = exact(right.amount);
  if (left.currency !== right.currency || a === null || b === null) return null;
  const places = Math.max(a.places, b.places);
  return { amount: decimal(widen(a, places) + sign * widen(b, places), places), currency: left.currency };
}

/** Null where the two cannot be put together: another currency, or no amount. */
export const add = (left: Money, right: Money) => combine(left, right, 1n);
export const subtract = (left: Money, right: Money) => combine(left, right, -1n);

/** Null for no amounts, or for amounts of several currencies. */
export function sumOf(amounts: readonly Money[]): Money | null {
  const [first, ...rest] = amounts;
  return rest.reduce<Money | null>((sum, each) => (sum === null ? null : add(sum, each)), first ?? null);
}

/** Whether it is the same amount of the same currency: 5.90 and 5.9 are. */
export function sameMoney(left: Money, right: Money): boolean {
  const difference = subtract(left, right);
  return difference !== null && isZero(difference);
}

export function isZero(money: Money): boolean {
  return exact(money.amount)?.units === 0n;
}

/** What stands between thousands, and before the decimals. */
function separatorsOf(locale: string) {
  const parts = new Intl.NumberFormat(locale).formatToParts(12345.6);
  const of = (type: Intl.NumberFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? "";
  return { group: of("group"), decimal: of("decimal") };
}

/** Thousands are grouped as a whole, or not at all: 1,5 is no group, and neither is 0,500. */
function areWhole([first = "", ...rest]: readonly string[]): boolean {
  return rest.length === 0 || (/^[1-9]\d{0,2}$/.test(first) && rest.every((group) => /^\d{3}$/.test(group)));
}

/**
 * What a person typed in their language, as decimal text with at most three decimals. Null if it is no amount
 * there: what another language would read as something else is never guessed.
 */
export function readAmount(typed: string, locale: string): string | null {
  const { group, decimal } = separatorsOf(locale);
  const [whole = "", fraction, ...more] = typed.trim().split(decimal);
  const groups = whole.split(group);
  const digits = groups.join("");
  if (more.length > 0 || !areWhole(groups) || !/^\d{1,12}$/.test(digits)) return null;
  if (fraction === undefined) return digits;
  return /^\d{1,3}$/.test(fraction) ? `${digits}.${fraction}` : null;
}

/** Decimal text as it is typed in a language. */
export const writeAmount = (amount: string, locale: string) =>
  amount.replace(".", separatorsOf(locale).decimal);
