import { render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { session } from "../lib/session.svelte";
import { aConversation, aSession } from "../lib/testing";
import ConversationHeader from "./ConversationHeader.svelte";

const buttons = (permissions: string[], change: Parameters<typeof aConversation>[0] = {}) => {
  session.view = aSession({ permissions });
  render(ConversationHeader, { conversation: aConversation(change) });
  return screen.getAllByRole("button", { hidden: true }).map((button) => button.getAttribute("aria-label") ?? button.textContent?.trim());
};

test("who may only read sees nothing to press that would be refused", () => {
  expect(buttons(["conversations.read"])).toEqual(["Back", "Customer details"]);
});

test("who may answer can snooze and resolve an open conversation", () => {
  expect(buttons(["conversations.reply"])).toEqual(["Back", "Assign. Now: Not assigned", "Snooze", "Resolve", "Customer details", "More actions"]);
});

test("a resolved one can be reopened, a sleeping one woken", () => {
  expect(buttons(["conversations.reply"], { status: "resolved" })).toContain("Reopen");
});

test("a sleeping one can be woken", () => {
  expect(buttons(["conversations.reply"], { status: "snoozed" })).toContain("Wake now");
});

test("with an erased customer nothing is reopened", () => {
  const customer = { id: "cus_1", name: "#0QX7", erased: true };
  expect(buttons(["conversations.reply"], { status: "resolved", customer })).not.toContain("Reopen");
  expect(screen.queryByText("#0QX7")).toBeNull();
  expect(screen.getAllByRole("menuitem", { hidden: true }).map((item) => item.querySelector("span")?.textContent)).toEqual(["Priority", "Tags", "Copy link"]);
});
