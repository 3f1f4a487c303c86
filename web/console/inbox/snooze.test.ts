import { expect, test } from "vitest";
import { snoozeTimes } from "./snooze";

const times = (now: string) => Object.fromEntries(snoozeTimes(new Date(now)).map(({ id, until }) => [id, until.toString().slice(0, 21)]));

test("the moments people choose, in the agent's own time", () => {
  expect(times("2026-11-25T10:20:00+01:00")).toEqual({
    later: "Wed Nov 25 2026 14:00",
    tomorrow: "Thu Nov 26 2026 09:00",
    monday: "Mon Nov 30 2026 09:00",
    week: "Wed Dec 02 2026 09:00",
  });
});

test("late in the evening there is no later today; on a Monday the next one is a week away", () => {
  expect(Object.keys(times("2026-11-23T22:00:00+01:00"))).toEqual(["tomorrow", "monday"]);
});
