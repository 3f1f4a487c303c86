import { expect, test } from "vitest";
import { matching } from "../ui/choices.svelte";
import { zoneChoice, zoneChoices } from "./zones";

const winter = new Date("2026-11-23T10:00:00Z");
const found = (typed: string, locale = "en-GB") => matching(zoneChoices(locale, winter, "Europe/Oslo"), typed).map(({ id }) => id);

test("a zone is called by its city, and says how far it is from Greenwich", () => {
  const { label, hint } = zoneChoice("America/Argentina/Buenos_Aires", "en-GB", winter);
  expect(label).toBe("Buenos Aires, Argentina");
  expect(hint).toContain("GMT-03:00");
});

test("it is found by city, by part of the world and by distance", () => {
  expect(found("oslo")).toEqual(["Europe/Oslo"]);
  expect(found("buenos aires")).toHaveLength(1);
  expect(found("europe GMT+03")).toContain("Europe/Istanbul");
});

test("it is found by what it is called in one's own language", () => {
  expect(found("中国标准时间", "zh-CN")).toContain("Asia/Shanghai");
});

test("the shop's own zone is offered even where this browser calls it otherwise", () => {
  expect(zoneChoices("en-GB", winter, "UTC").filter(({ id }) => id === "UTC")).toHaveLength(1);
});
