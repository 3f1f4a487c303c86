import { expect, test } from "vitest";
import { copyMonday, nextSpan, openMinutes, overlapping, pastMidnight, spansOf, weekOf } from "./week";

const span = (from: string, to: string) => ({ from, to });
const week = (days: Record<number, { from: string; to: string }[]>) => weekOf(Object.entries(days).flatMap(([day, spans]) => spans.map((one) => ({ day: Number(day), ...one }))));

test("what the server sends comes back in order of day and time", () => {
  const sent = [{ day: 2, ...span("13:00", "17:00") }, { day: 1, ...span("09:00", "12:00") }, { day: 2, ...span("08:00", "12:00") }];
  expect(spansOf(weekOf(sent))).toEqual([{ day: 1, ...span("09:00", "12:00") }, { day: 2, ...span("08:00", "12:00") }, { day: 2, ...span("13:00", "17:00") }]);
});

test.each([
  ["09:00", "17:00", false],
  ["22:00", "02:00", true],
  ["00:00", "00:00", true],
])("%s to %s ends the next day: %s", (from, to, expected) => {
  expect(pastMidnight({ from, to })).toBe(expected);
});

test("Monday's hours are every day's, and none of them shares them", () => {
  const copied = copyMonday(week({ 1: [span("10:00", "14:00")] }));
  expect(copied).toEqual(Array.from({ length: 7 }, () => [span("10:00", "14:00")]));
  expect(copied[0]).not.toBe(copied[1]);
  expect(copied[0]?.[0]).not.toBe(copied[6]?.[0]);
});

test.each([
  ["a closed day", [], span("09:00", "17:00")],
  ["a morning", [span("08:00", "11:30")], span("12:30", "16:30")],
  ["an evening", [span("18:00", "22:30")], span("23:00", "23:59")],
  ["a night", [span("22:00", "02:00")], span("09:00", "17:00")],
])("after %s a sensible span is offered", (_, spans, expected) => {
  expect(nextSpan(spans)).toEqual(expected);
});

test.each([
  ["a split shift", { 1: [span("08:00", "12:00"), span("12:00", "17:00")] }, []],
  ["two at once", { 3: [span("08:00", "12:00"), span("11:00", "17:00")] }, [2]],
  ["a long one around a short one", { 1: [span("08:00", "18:00"), span("09:00", "10:00"), span("17:00", "19:00")] }, [0]],
  ["an evening that runs into the morning", { 5: [span("20:00", "03:00")], 6: [span("02:00", "10:00")] }, [5]],
  ["Sunday night into Monday", { 7: [span("20:00", "03:00")], 1: [span("02:00", "10:00")] }, [0]],
])("%s", (_, days, expected) => {
  expect(overlapping(week(days as Record<number, { from: string; to: string }[]>))).toEqual(expected);
});

test("the hours of a week count past midnight too", () => {
  expect(openMinutes(week({ 1: [span("09:00", "17:00")], 5: [span("22:00", "02:00")] }))).toBe(12 * 60);
});
