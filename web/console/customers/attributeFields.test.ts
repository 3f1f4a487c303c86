import { expect, test } from "vitest";
import type { AttributeView } from "../../shared/api";
import { draftOf, fieldOf, valuesOf, valueText } from "./attributeFields";

const of = (kind: AttributeView["kind"], key: string = kind): AttributeView => ({ id: `atr_${key}`, key, label: key, kind, choices: kind === "choice" ? ["S", "M"] : [] });
const all = [of("text"), of("number"), of("yes_no"), of("date"), of("choice")];
const known = { text: "42 EU", number: 180.5, yes_no: false, date: "2024-02-29", choice: "M" };

test("what is known comes back from the form as it went in", () => {
  expect(valuesOf(all, draftOf(all, known))).toEqual(known);
});

test("what is emptied is forgotten", () => {
  expect(valuesOf(all, draftOf(all, {}))).toEqual({ text: null, number: null, yes_no: null, date: null, choice: null });
  expect(valuesOf([of("text"), of("number")], { "values.text": "  ", "values.number": null })).toEqual({ text: null, number: null });
});

test("values read as people write them", () => {
  expect(all.map((attribute) => valueText(attribute, known[attribute.kind]))).toEqual(["42 EU", "180.5", "No", "29 Feb 2024", "M"]);
});

test("a choice offers its options, and not to know", () => {
  const field = fieldOf(of("choice"));
  expect(field.kind === "choice" && field.options.map(({ value }) => value)).toEqual(["", "S", "M"]);
});
