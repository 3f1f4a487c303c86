import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Live, waitBefore } from "./live.svelte";

class FakeSocket {
  static all: FakeSocket[] = [];
  readyState = 1;
  sent: Record<string, unknown>[] = [];
  onopen = () => {};
  onmessage: (message: { data: string }) => void = () => {};
  onclose = () => {};
  constructor(readonly address: string) {
    FakeSocket.all.push(this);
  }
  send(data: string) {
    this.sent.push(JSON.parse(data));
  }
  close() {
    this.readyState = 3;
  }
  hears(frame: object) {
    this.onmessage({ data: JSON.stringify(frame) });
  }
}

const newest = () => FakeSocket.all.at(-1)!;
const event = (seq: number) => ({ type: "event", seq, topic: "conversations", event: "message_received", ids: { conversation: "cnv_1" } });

let live: Live;
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  FakeSocket.all = [];
  live = new Live(() => "ws://shop.test/live");
  live.start();
  newest().onopen();
});
afterEach(() => {
  live.stop();
  vi.useRealTimers();
});

test("the first frame says from where to go on, and carries no token in the address", () => {
  expect(newest().address).toBe("ws://shop.test/live");
  expect(newest().sent).toEqual([{ token: null, after: null }]);
});

test("after a cut it resumes behind the last event it saw, and shows each event once", () => {
  const seen: number[] = [];
  live.onEvent(({ seq }) => seen.push(seq));
  newest().hears({ type: "hello", seq: 10 });
  newest().hears(event(11));
  newest().onclose();
  expect(live.connection).toBe("cut");

  vi.advanceTimersByTime(1000);
  newest().onopen();
  expect(newest().sent).toEqual([{ token: null, after: 11 }]);
  newest().hears({ type: "hello", seq: 13 });
  for (const seq of [11, 12, 13]) newest().hears(event(seq));

  expect(seen).toEqual([11, 12, 13]);
  expect(live.connection).toBe("on");
});

test("the first greeting and a resync make the screens fetch anew; a resumed one does not", () => {
  const resynced = vi.fn();
  live.onResync(resynced);
  newest().hears({ type: "hello", seq: 10 });
  expect(resynced).toHaveBeenCalledTimes(1);
  newest().onclose();
  vi.advanceTimersByTime(1000);
  newest().hears({ type: "hello", seq: 10 });
  expect(resynced).toHaveBeenCalledTimes(1);
  newest().hears({ type: "resync", seq: 90 });
  expect(resynced).toHaveBeenCalledTimes(2);
  newest().onclose();
  vi.advanceTimersByTime(1000);
  newest().onopen();
  expect(newest().sent.at(-1)).toEqual({ token: null, after: 90 });
});

test("a server that no longer answers pings counts as cut", () => {
  newest().hears({ type: "hello", seq: 1 });
  vi.advanceTimersByTime(25_000);
  expect(newest().sent.at(-1)).toEqual({ type: "ping" });
  newest().hears({ type: "pong" });
  vi.advanceTimersByTime(25_000 + 9_000);
  expect(live.connection).toBe("on");
  vi.advanceTimersByTime(1_000);
  expect(live.connection).toBe("cut");
});

test("it says again which conversation is on screen once it is back", () => {
  newest().hears({ type: "hello", seq: 1 });
  live.viewing("cnv_1");
  newest().onclose();
  vi.advanceTimersByTime(1000);
  newest().hears({ type: "hello", seq: 1 });
  expect(newest().sent).toContainEqual({ type: "viewing", conversation: "cnv_1" });
});

test("signed out elsewhere: it stops for good", () => {
  live.whenSignedOut = vi.fn();
  newest().hears({ type: "signed_out" });
  newest().onclose();
  vi.advanceTimersByTime(60_000);
  expect(live.whenSignedOut).toHaveBeenCalledOnce();
  expect(FakeSocket.all).toHaveLength(1);
});

test.each([
  [0, 0, 250],
  [0, 1, 500],
  [3, 1, 4000],
  [20, 0, 15_000],
  [20, 1, 30_000],
])("before attempt %i with chance %f it waits %i ms", (attempt, chance, wait) => {
  expect(waitBefore(attempt, chance)).toBe(wait);
});

test("one customer is watched at a time, again after a cut, and no longer than somebody looks", () => {
  const heard: string[] = [];
  newest().hears({ type: "hello", seq: 1 });
  const stop = live.watch("cus_1", () => heard.push("one"));
  live.watch("cus_2", () => heard.push("two"));
  stop();
  for (const customer of ["cus_1", "cus_2"]) newest().hears({ type: "customer_browsing", customer });
  expect(heard).toEqual(["two"]);
  newest().onclose();
  vi.advanceTimersByTime(1000);
  newest().onopen();
  newest().hears({ type: "hello", seq: 2 });
  expect(newest().sent.at(-1)).toEqual({ type: "watching", customer: "cus_2" });
});
