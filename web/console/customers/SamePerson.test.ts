import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";
import { session } from "../lib/session.svelte";
import { aCustomer, aSession, page, serve } from "../lib/testing";
import { toasts } from "../lib/toasts.svelte";
import SamePerson from "./SamePerson.svelte";

const other = aCustomer({ id: "cus_2", name: "I. Solheim", display_name: "I. Solheim", email: "ingrid@example.org" });
const duplicate = { customer: other, reasons: [{ likeness: "same_email", shared: "ingrid@example.org" }] };
const merge = { other, into: "cus_1", by: "mem_kari", at: "2026-11-23T10:00:00.000000Z", can_be_undone: true };

/** A shop in which the two are merged, or not. */
const shop = (merged: boolean, answers: Parameters<typeof serve>[0] = {}) => {
  let one = merged;
  return serve({
    "GET /customers/cus_1/duplicates": () => page(one ? [] : [duplicate]),
    "GET /customers/cus_1/merges": () => page(one ? [merge] : []),
    "POST /customers/cus_1/merges": () => {
      one = true;
      return { status: 201, body: merge };
    },
    "DELETE /customers/cus_1/merges/cus_2": () => {
      one = false;
      return { status: 204 };
    },
    ...answers,
  });
};
const show = (permissions = ["customers.read", "customers.merge"]) => {
  session.view = aSession({ permissions });
  return render(SamePerson, { customer: aCustomer() });
};
const button = (name: RegExp) => screen.findByRole("button", { name, hidden: true });

beforeEach(() => {
  toasts.all = [];
});

test("somebody alike is suggested with the reason, and merged after a look at both", async () => {
  const { asked, bodies } = shop(false);
  show();
  await screen.findByText("Same e-mail address: ingrid@example.org");
  await fireEvent.click(await button(/^Merge … I\. Solheim/));
  screen.getByText("Merge these two customers?");
  expect(asked).not.toContain("POST /customers/cus_1/merges");

  await fireEvent.click(screen.getByText("Merge", { exact: true }));
  await screen.findByText("Merged into this customer");
  expect(bodies).toContainEqual({ other: "cus_2" });
  expect(screen.queryByText("Perhaps the same person")).toBeNull();
  await waitFor(() => expect(document.activeElement?.getAttribute("aria-label")).toBe("Merged into this customer"));

  // and taken back from where it is said
  toasts.all.find(({ text }) => text === "They are one customer now.")!.action!.run();
  await waitFor(() => expect(asked).toContain("DELETE /customers/cus_1/merges/cus_2"));
});

test("what was merged is separated again", async () => {
  shop(true);
  show();
  await fireEvent.click(await button(/^Separate again/));
  await screen.findByText("Perhaps the same person");
  expect(toasts.all.map(({ text }) => text)).toEqual(["They are two customers again."]);
});

test("when it cannot be done the question stays, with the reason", async () => {
  shop(false, { "POST /customers/cus_1/merges": () => ({ status: 409, body: { type: "/problems/customer_merged", detail: "This customer has been merged into another one." } }) });
  show();
  await fireEvent.click(await button(/^Merge …/));
  await fireEvent.click(screen.getByText("Merge", { exact: true }));
  await waitFor(() => expect(toasts.all.map(({ text }) => text)).toEqual(["This customer has been merged into another one."]));
  expect(screen.getByText("Merge", { exact: true }).closest("button")!.disabled).toBe(false);
});

test("who is not the same is suggested no more, unless that is taken back", async () => {
  const { asked } = shop(false, {
    "PUT /customers/cus_1/duplicates/cus_2/dismissal": () => ({ status: 204 }),
    "DELETE /customers/cus_1/duplicates/cus_2/dismissal": () => ({ status: 204 }),
  });
  show();
  await fireEvent.click(await button(/^Not the same/));
  await waitFor(() => expect(asked).toContain("PUT /customers/cus_1/duplicates/cus_2/dismissal"));
  await waitFor(() => expect(toasts.all).toHaveLength(1));
  toasts.all[0]!.action!.run();
  await waitFor(() => expect(asked).toContain("DELETE /customers/cus_1/duplicates/cus_2/dismissal"));
});

test("who may not merge sees what was merged, and is asked nothing", async () => {
  const { asked } = shop(true);
  show(["customers.read"]);
  await screen.findByText("Merged into this customer");
  expect(asked).not.toContain("GET /customers/cus_1/duplicates");
  expect(screen.queryByRole("button", { hidden: true })).toBeNull();
});

test("where there is nothing to say nothing is shown", async () => {
  const { asked } = serve({ "GET /customers/cus_1/duplicates": () => page([]), "GET /customers/cus_1/merges": () => page([]) });
  const { container } = show();
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(container.querySelector("section")).toBeNull();
});
