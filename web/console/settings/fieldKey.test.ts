import { expect, test } from "vitest";
import { keyOf } from "./fieldKey";

test.each([
  ["Shoe size (EU)", "shoe_size_eu"],
  ["Størrelse", "storrelse"],
  ["Ayakkabı numarası", "ayakkabi_numarasi"],
  ["2nd address", "nd_address"],
  ["x".repeat(60), "x".repeat(40)],
])("%s is called %s by programs", (label, key) => {
  expect(keyOf(label)).toBe(key);
});

test("a label without Latin letters has a key all the same", () => {
  expect(keyOf("鞋码", 1_700_000_000_000)).toMatch(/^field_[a-z0-9]+$/);
});
