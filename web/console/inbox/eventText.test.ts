import { beforeEach, expect, test } from "vitest";
import { directory } from "../lib/directory.svelte";
import type { MessageView } from "../../shared/api";
import { aMessage } from "../lib/testing";
import { eventText } from "./eventText";

beforeEach(() => {
  directory.members = [{ id: "mem_mats", name: "Mats" }] as typeof directory.members;
  directory.tags = [{ id: "tag_1", name: "return", color: "green" }];
});

test.each<[string, object, string | undefined]>([
  ["assigned", { member: "mem_mats" }, "Ingrid Solheim assigned this to Mats"],
  ["assigned", { member: null }, "Ingrid Solheim took the assignment away"],
  ["tags", { added: ["tag_1", "tag_gone"], removed: [] }, "Ingrid Solheim added the tag return"],
  ["tags", { added: [], removed: ["tag_1"] }, "Ingrid Solheim removed the tag return"],
  ["spam", { spam: false }, "Ingrid Solheim took this out of the spam"],
  ["priority", { priority: "urgent" }, "Ingrid Solheim set the priority to Urgent"],
  ["resolved", {}, "Ingrid Solheim resolved this"],
  ["from_a_newer_server", {}, undefined],
])("%s %o reads %s", (kind, data, text) => {
  expect(eventText(aMessage({ kind: "event", event: { kind, ...data } as MessageView["event"] }))).toBe(text);
});

test("whoever assigns a conversation to themselves takes it", () => {
  const author = { kind: "member" as const, id: "mem_mats", name: "Mats" };
  expect(eventText(aMessage({ kind: "event", author, event: { kind: "assigned", member: "mem_mats" } }))).toBe("Mats took this");
});

test("an erased customer is named no more, a colleague still is", () => {
  const event = { kind: "reopened" } as MessageView["event"];
  const author = { kind: "member" as const, id: "mem_mats", name: "Mats" };
  expect(eventText(aMessage({ kind: "event", event }), true)).toBe("Erased customer reopened this");
  expect(eventText(aMessage({ kind: "event", event, author }), true)).toBe("Mats reopened this");
});
