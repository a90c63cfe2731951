import { expect, test } from "vitest";

import { add, isZero, readAmount, sameMoney, subtract, sumOf, writeAmount } from "./money";

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

test("an amount is read as its language writes it", () => {
  const read = (locale: string) => (typed: string) => readAmount(typed, locale);
  expect([" 12,50 ", "1.234", "1.234,50", "1234,5", "1.234.567", "0,5"].map(read("it-IT"))).toEqual([
    "12.50",
    "1234",
    "1234.50",
    "1234.5",
    "1234567",
    "0.5",
  ]);
  expect([" 12.50 ", "1,234", "1,234.50", "1234.5", "1,234,567", "0.5"].map(read("en-GB"))).toEqual([
    "12.50",
    "1234",
    "1234.50",
    "1234.5",
    "1234567",
    "0.5",
  ]);
});

test("what could be another amount in another language is refused", () => {
  const read = (locale: string) => (typed: string) => readAmount(typed, locale);
  const nothing = ["", "-1", "1e3", "12 50", "1,2,3", "1.2.3", "1234567890123"];
  for (const typed of ["12.50", "1.23", "0.500", "1.2345", "1,234.50", "1.234,5678", "12.3456", ...nothing])
    expect([typed, read("it-IT")(typed)]).toEqual([typed, null]);
  for (const typed of ["12,50", "1,23", "0,500", "1,2345", "1.234,50", "1,234.5678", "12,3456", ...nothing])
    expect([typed, read("en-GB")(typed)]).toEqual([typed, null]);
});

test("what was read is written as it is typed", () => {
  expect(writeAmount("1234.50", "it-IT")).toBe("1234,50");
  expect(writeAmount("1234.50", "en-GB")).toBe("1234.50");
});

test("amounts of one currency are added up", () => {
  expect(sumOf([eur("0.10"), eur("0.20"), eur("1")])).toEqual(eur("1.30"));
  expect(sumOf([])).toBeNull();
  expect(sumOf([eur("1"), { amount: "1", currency: "USD" }])).toBeNull();
});
