import { expect, it } from "vitest";
import type { ImportMapping } from "../../../shared/api";
import { withColumn } from "./imports.svelte";

const mapping: ImportMapping = {
  columns: [
    { column: 0, field: "email", attribute: null, consent: null },
    { column: 2, field: "name", attribute: null, consent: null },
  ],
  existing: "fill",
  dates: "day_first",
  country: null,
  proved: false,
};
const places = ({ columns }: ImportMapping) => columns.map(({ column, field }) => [column, field]);

it("gives a column another meaning, in its place", () => {
  expect(places(withColumn(mapping, 1, { field: "phone", attribute: null, consent: null }))).toEqual([
    [0, "email"],
    [1, "phone"],
    [2, "name"],
  ]);
  expect(places(withColumn(mapping, 2, { field: "note", attribute: null, consent: null }))).toEqual([
    [0, "email"],
    [2, "note"],
  ]);
});

it("leaves a column out, and the mapping before as it was", () => {
  expect(places(withColumn(mapping, 0, undefined))).toEqual([[2, "name"]]);
  expect(mapping.columns).toHaveLength(2);
});
