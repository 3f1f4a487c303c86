import { expect, test } from "vitest";
import { segmentsOf } from "./segments";

test.each([
  ["nothing", "", 0, 160],
  ["as much as one holds", "a".repeat(160), 1, 0],
  ["one more", "a".repeat(161), 2, 145],
  ["as much as two hold", "a".repeat(306), 2, 0],
  ["one more than two hold", "a".repeat(307), 3, 152],
  ["the extension counts twice", "€".repeat(80), 1, 0],
  ["one more of the extension", "€".repeat(81), 2, 143],
  ["one of the extension is not cut in two", `${"a".repeat(152)}€${"a".repeat(7)}`, 2, 144],
  ["all of the alphabet", "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà", 1, 116],
])("%s", (_, text, count, left) => {
  expect(segmentsOf(text)).toEqual({ count, left, wide: undefined });
});

test.each([
  ["as much as one holds", "ş".repeat(70), 1, 0, "ş"],
  ["one more", "ş".repeat(71), 2, 63, "ş"],
  ["as much as two hold", "ş".repeat(134), 2, 0, "ş"],
  ["one more than two hold", "ş".repeat(135), 3, 66, "ş"],
  ["one curly quote is enough", `don’t ${"a".repeat(64)}`, 1, 0, "’"],
  ["the extension counts once", `ş${"€".repeat(69)}`, 1, 0, "ş"],
  ["an emoji counts twice", "😀".repeat(35), 1, 0, "😀"],
  ["an emoji is not cut in two", `${"a".repeat(66)}😀${"a".repeat(3)}`, 2, 62, "😀"],
])("in the wide alphabet: %s", (_, text, count, left, wide) => {
  expect(segmentsOf(text)).toEqual({ count, left, wide });
});
