import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Presence } from "./presence.svelte";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a customer types until the message comes, or for a few seconds", () => {
  const presence = new Presence();
  const types = () => presence.hear({ type: "customer_typing", customer: "cus_1", conversation: "cnv_1", online: true });
  types();
  expect(presence.typing("cnv_1")).toBe(true);
  presence.typed("cnv_1");
  expect(presence.typing("cnv_1")).toBe(false);
  types();
  vi.advanceTimersByTime(5_000);
  types();
  vi.advanceTimersByTime(5_000);
  expect(presence.typing("cnv_1")).toBe(true);
  vi.advanceTimersByTime(1_000);
  expect(presence.typing("cnv_1")).toBe(false);
});

test("whether a customer is online is what was heard last, and what was fetched before that", () => {
  const presence = new Presence();
  expect([presence.online("cus_1"), presence.online("cus_1", true)]).toEqual([false, true]);
  presence.hear({ type: "customer_online", customer: "cus_1", conversation: null, online: false });
  expect(presence.online("cus_1", true)).toBe(false);
});

test("who looks at a conversation is replaced as a whole", () => {
  const presence = new Presence();
  const mats = { id: "mem_mats", name: "Mats", typing: false };
  presence.hear({ type: "presence", conversation: "cnv_1", members: [mats] });
  expect(presence.at("cnv_1")).toEqual([mats]);
  presence.hear({ type: "presence", conversation: "cnv_1", members: [] });
  expect(presence.at("cnv_1")).toEqual([]);
});
