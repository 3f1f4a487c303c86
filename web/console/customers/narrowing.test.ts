import { expect, test } from "vitest";
import { Narrowing } from "./narrowing.svelte";

const now = Date.parse("2026-11-23T10:00:00Z");

test("what is not narrowed is not asked for", () => {
  const narrowing = new Narrowing();
  expect(Object.values(narrowing.wanted(now)).every((value) => value === undefined)).toBe(true);
  expect(narrowing.filtered).toBe(0);
});

test("each filter asks for its own, and clearing asks for all", () => {
  const narrowing = new Narrowing();
  Object.assign(narrowing, { tag: "ctg_1", language: "nb", country: "NO", blocked: "false", seen: "7", visitors: "true" });
  expect(narrowing.wanted(now)).toEqual({ tag: "ctg_1", language: "nb", country: "NO", blocked: false, visitors: true, seen_since: "2026-11-16T10:00:00.000Z" });
  expect(narrowing.filtered).toBe(6);
  narrowing.clear();
  expect(narrowing.filtered).toBe(0);
});
