import { beforeEach, expect, test } from "vitest";
import { ago, bytes, dayName, lasting, money, sameDay } from "./format";
import { tongue } from "./i18n.svelte";

const now = new Date("2026-11-23T12:00:00Z").getTime();
const before = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
const plain = (text: string) => text.replace(/\s/g, " ");

beforeEach(() => {
  tongue.language = "en";
});

test.each([
  [0, "now"],
  [4, "4 min ago"],
  [150, "2 hr ago"],
  [60 * 24 * 2, "Sat"],
  [60 * 24 * 30, "24 Oct"],
])("%i minutes ago reads %s", (minutes, text) => {
  expect(plain(ago(before(minutes), now))).toBe(text);
});

test("the same in Bokmål, Turkish and Chinese", () => {
  const texts = (["nb", "tr", "zh"] as const).map((language) => {
    tongue.language = language;
    return plain(ago(before(4), now));
  });
  expect(texts).toEqual(["for 4 min siden", "4 dk. önce", "4分钟前"]);
});

test("a day is named by its distance, then by its date", () => {
  expect(dayName(before(0), now)).toBe("Today");
  expect(dayName(before(60 * 24), now)).toBe("Yesterday");
  expect(dayName("2026-11-16T10:00:00Z", now)).toBe("Monday 16 November");
  expect(dayName("2025-11-16T10:00:00Z", now)).toBe("Sunday, 16 November 2025");
  tongue.language = "nb";
  expect(dayName(before(0), now)).toBe("I dag");
});

test("a day ends at midnight where the agent sits", () => {
  expect(sameDay("2026-11-22T23:30:00Z", "2026-11-23T08:00:00Z")).toBe(true);
  expect(sameDay("2026-11-22T22:30:00Z", "2026-11-23T08:00:00Z")).toBe(false);
});

test("sizes and durations in words", () => {
  expect([bytes(900), bytes(182_000), bytes(10_485_760)].map(plain)).toEqual(["900 byte", "182 kB", "10.5 MB"]);
  expect([lasting(before(12), now), lasting(before(200), now)].map(plain)).toEqual(["12 mins", "3 hrs"]);
});

test("money has the digits of its currency and the look of the language", () => {
  const paid = () => ["NOK", "JPY", "KWD"].map((currency) => plain(money({ minor: 123_456, currency })));
  expect(paid()).toEqual(["NOK 1,234.56", "JP¥123,456", "KWD 123.456"]);
  tongue.language = "nb";
  expect(paid()).toEqual(["1 234,56 kr", "123 456 JPY", "123,456 KWD"]);
});
