import { expect, test } from "vitest";

import { add, isZero, readAmount, sameMoney, subtract, sumOf } from "./money";

const eur = (amount: string) => ({ amount, currency: "EUR" });

test("sums are exact", () => {
  expect(add(eur("0.10"), eur("0.20"))).toEqual(eur("0.30"));
  expect(add(eur("9007199254740993.01"), eur("0.01"))).toEqual(eur("9007199254740993.02"));
  expect(subtract(eur("5"), eur("5.90"))).toEqual(eur("-0.90"));
  expect(add(eur("1"), { amount: "1", currency: "USD" })).toBeNull();
});

test("the same amount may be written in two ways", () => {
  expect(sameMoney(eur("5.90"), eur("5.9"))).toBe(true);
  expect(sameMoney(eur("5.90"), eur("5.91"))).toBe(false);
  expect(sameMoney(eur("5.90"), { amount: "5.90", currency: "USD" })).toBe(false);
  expect(isZero(eur("-0.00"))).toBe(true);
});

test("people type commas", () => {
  expect(readAmount(" 12,50 ")).toBe("12.50");
  expect(readAmount("1.234,50")).toBeNull();
  expect(readAmount("-1")).toBeNull();
});

test("amounts of one currency are added up", () => {
  expect(sumOf([eur("0.10"), eur("0.20"), eur("1")])).toEqual(eur("1.30"));
  expect(sumOf([])).toBeNull();
  expect(sumOf([eur("1"), { amount: "1", currency: "USD" }])).toBeNull();
});
