import { render, screen } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";
import { directory } from "../lib/directory.svelte";
import { session } from "../lib/session.svelte";
import { aMessage, aReply, aSession } from "../lib/testing";
import MessageBubble from "./MessageBubble.svelte";

beforeEach(() => {
  session.view = aSession();
  directory.members = [{ id: "mem_kari", name: "Kari Nordmann" }] as typeof directory.members;
});

test("what a customer writes is text, whatever it looks like", () => {
  const { container } = render(MessageBubble, { message: aMessage({ text: '<img src=x onerror="alert(1)"> hi' }), read: false });
  expect(container.querySelector("img")).toBeNull();
  expect(container.textContent).toContain('<img src=x onerror="alert(1)"> hi');
});

test("a link in a customer's words opens elsewhere and tells nothing about us", () => {
  render(MessageBubble, { message: aMessage({ text: "see https://fjell.test/tent" }), read: false });
  const link = screen.getByRole("link");
  expect([link.getAttribute("href"), link.getAttribute("target"), link.getAttribute("rel")]).toEqual(["https://fjell.test/tent", "_blank", "noreferrer nofollow"]);
});

test.each([
  ["held", false, "Waiting to be sent"],
  ["sent", false, "Sent"],
  ["delivered", false, "Delivered"],
  ["delivered", true, "Read"],
  ["failed", false, "Not sent"],
] as const)("one's own reply that is %s, read %s, says %s", (state, read, text) => {
  const { container } = render(MessageBubble, { message: aReply({ state, html: "<p>Hello</p>" }), read });
  expect(container.textContent).toContain(text);
  expect(container.textContent).toContain("You");
});

test("a note says that it is internal and shows whom it names", () => {
  const { container } = render(MessageBubble, { message: aMessage({ kind: "note", text: "@Kari Nordmann look", mentions: ["mem_kari"] }), read: false });
  expect(container.textContent).toContain("Internal note");
  expect(container.querySelector("strong")?.textContent).toBe("@Kari Nordmann");
});

test("the name is said once for messages close together", () => {
  const before = aMessage({ seq: 1 });
  const { container } = render(MessageBubble, { message: aMessage({ seq: 2 }), before, read: false });
  expect(container.querySelector(".by")).toBeNull();
});

test("of what was said with an erased customer only who, what and when is shown", () => {
  const { container } = render(MessageBubble, { message: aMessage({ text: "My name is Ingrid" }), read: false, erased: true });
  expect(container.querySelector(".by bdi")?.textContent).toBe("Erased customer");
  expect(container.querySelector(".bubble")?.textContent).toBe("Erased");
});

test("a colleague who answered an erased customer keeps their name", () => {
  const author = { kind: "member" as const, id: "mem_mats", name: "Mats Berg" };
  const { container } = render(MessageBubble, { message: aReply({ author, text: "" }), read: false, erased: true });
  expect(container.querySelector(".by bdi")?.textContent).toBe("Mats Berg");
});
