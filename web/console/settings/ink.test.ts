import { expect, test } from "vitest";
import { contrast, inkOn, isColor } from "./ink";

test("black on white is 21 to 1, and the order does not matter", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#0b6b5a", "#ffffff")).toBe(contrast("#ffffff", "#0b6b5a"));
});

test.each(["#0b6b5a", "#ffd700", "#777777", "#d5008f"])("what is written on %s can be read", (color) => {
  expect(contrast(color, inkOn(color))).toBeGreaterThan(4.1);
});

test("only whole colours count", () => {
  expect(["#0b6b5a", "#0B6B5A", "0b6b5a", "#0b6", "red"].map(isColor)).toEqual([true, true, false, false, false]);
});
