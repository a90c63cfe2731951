// Amazon's money beside the commerce order's, part by part. Amounts are compared as decimal text, exactly.
import type { Schemas } from "../api/client";
import type { CommerceOrder } from "./commerce";
import type { Money } from "./format";
import { add, sameMoney, subtract } from "./money";
import type { AmazonOrder } from "./orders";

export const comparedParts = ["item", "shipping", "gift_wrap", "tax", "discount", "other"] as const;
export type ComparedPart = (typeof comparedParts)[number];
type Parts = Record<ComparedPart, Money>;

export interface Comparison {
  name: ComparedPart | "sum" | "total";
  amazon: Money | null;
  commerce: Money | null;
  /** Commerce less Amazon; null if they agree or one is not known. */
  difference: Money | null;
  differs: boolean;
}

export interface Compared {
  key: string;
  title: string;
  rows: Comparison[];
}

function compare(name: Comparison["name"], amazon: Money | null, commerce: Money | null): Comparison {
  const differs = amazon !== null && commerce !== null && !sameMoney(amazon, commerce);
  const difference = differs && amazon !== null && commerce !== null ? subtract(commerce, amazon) : null;
  return { name, amazon, commerce, difference, differs };
}

/** What the parts come to; null where they cannot be added. */
export function sumOfParts(parts: Parts | null): Money | null {
  if (parts === null) return null;
  let sum: Money | null = parts.item;
  for (const part of ["shipping", "gift_wrap", "tax", "other"] as const)
    sum = sum === null ? null : add(sum, parts[part]);
  return sum === null ? null : subtract(sum, parts.discount);
}

function compareParts(amazon: Parts | null, commerce: Parts | null): Comparison[] {
  return [
    ...comparedParts.map((part) => compare(part, amazon?.[part] ?? null, commerce?.[part] ?? null)),
    compare("sum", sumOfParts(amazon), sumOfParts(commerce)),
  ];
}

function addParts(left: Parts | null, right: Parts | null): Parts | null {
  if (left === null || right === null) return null;
  const sums = comparedParts.map((part) => [part, add(left[part], right[part])] as const);
  return sums.some(([, sum]) => sum === null) ? null : (Object.fromEntries(sums) as Parts);
}

type Item = Schemas["AmazonOrderItem"];

function sumOfItems(items: readonly Item[]): Parts | null {
  const [first, ...rest] = items.map((item): Parts | null => item.proceeds);
  return rest.reduce<Parts | null>(addParts, first ?? null);
}

/** What Amazon shows of the money of one line, or of the whole order. */
export function partsOf(order: AmazonOrder, line: number | null): Parts | null {
  const items = line === null ? order.items : order.items.filter((item) => item.line === line);
  return sumOfItems(items);
}

/** Each line, in Amazon's order. */
export function compareLines(order: AmazonOrder, commerce: CommerceOrder | null): Compared[] {
  return order.items.map((item) => ({
    key: item.order_item_id,
    title: item.title ?? item.seller_sku ?? item.order_item_id,
    rows: compareParts(
      item.proceeds,
      commerce?.lines.find((line) => line.order_item_id === item.order_item_id) ?? null,
    ),
  }));
}

/** The order as a whole: the sums of the parts, and the total that each side states. */
export function compareTotals(order: AmazonOrder, commerce: CommerceOrder | null): Comparison[] {
  return [
    ...compareParts(sumOfItems(order.items), commerce?.totals ?? null),
    compare("total", order.total, commerce?.totals.grand_total ?? null),
  ];
}

/** Whether Amazon's own parts come to its own total; true where that is not known. */
export function addsUp(order: AmazonOrder): boolean {
  const sum = sumOfParts(sumOfItems(order.items));
  return sum === null || order.total === null || sameMoney(sum, order.total);
}
