import { expect, test } from "vitest";

import { exportPath } from "./exports";

test("an export takes the filters that are set", () => {
  expect(exportPath("products", {})).toBe("/api/v1/exports/products");
  expect(exportPath("products", { q: "a&b", enabled: undefined })).toBe("/api/v1/exports/products?q=a%26b");
});
