import { expect, test } from "vitest";
import { countries } from "./countries";

test("countries are those of today, each once, in the order of their names", () => {
  const all = countries();
  const labels = all.map(({ label }) => label);
  expect(all).toContainEqual({ value: "NO", label: "Norway" });
  expect(all.filter(({ value }) => ["DD", "UK", "EU", "ZZ", "YU"].includes(value))).toEqual([]);
  expect(new Set(labels).size).toBe(labels.length);
  expect(labels.indexOf("Åland Islands")).toBeLessThan(labels.indexOf("Albania"));
  expect(all.length).toBeGreaterThan(200);
});
