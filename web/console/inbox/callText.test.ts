import { expect, it } from "vitest";
import type { PhoneCall } from "../../shared/api";
import { callText, isOver, previewText } from "./callText";

const call = (more: Partial<PhoneCall>): PhoneCall => ({ outcome: "missed", member: null, seconds: null, call_back_by: null, recording: null, ...more });

it("says of a call how it came out, for how long it was, and what was promised", () => {
  expect(callText(call({}), 0)).toBe("Missed call");
  expect(callText(call({ outcome: "answered", seconds: 45 }), 0)).toMatch(/^Call · 45 secs?$/);
  expect(callText(call({ outcome: "answered", seconds: 3900 }), 0)).toMatch(/^Call · 1 hr,? 5 mins?$/);
  expect(callText(call({ outcome: "voicemail", call_back_by: "2026-11-23T12:00:00Z" }), 0)).toMatch(/^Voicemail · Call back by /);
  expect(callText(call({ call_back_by: "2026-11-23T12:00:00Z" }), Date.parse("2026-11-24T12:00:00Z"))).toMatch(/^Missed call · Was to be called back by /);
});

it("shows what was written where nobody called", () => {
  expect(previewText({ text: "Hi", by: "customer", at: "2026-11-23T12:00:00Z", call: null }, 0)).toBe("Hi");
});

it("keeps a promise until its moment", () => {
  expect(isOver("2026-11-23T12:00:00Z", Date.parse("2026-11-23T12:00:00Z"))).toBe(false);
  expect(isOver("2026-11-23T12:00:00Z", Date.parse("2026-11-23T12:00:01Z"))).toBe(true);
});
