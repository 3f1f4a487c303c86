import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";
import { directory } from "../lib/directory.svelte";
import { session } from "../lib/session.svelte";
import { aCustomer, aSession, page, serve } from "../lib/testing";
import { toasts } from "../lib/toasts.svelte";
import BulkBar from "./BulkBar.svelte";
import { customers } from "./customers.svelte";

const people = ["cus_1", "cus_2"].map((id) => aCustomer({ id }));

beforeEach(() => {
  session.view = aSession({ permissions: ["customers.edit"] });
  directory.customerTags = [{ id: "ctg_vip", name: "VIP" }];
  customers.items = people;
  customers.tickAll(true);
  toasts.all = [];
});

const choose = async (what: "Add a tag …" | "Remove a tag …") => {
  render(BulkBar);
  await fireEvent.click(screen.getByText(what));
  await fireEvent.click(screen.getByRole("option", { name: "VIP", hidden: true }));
};

test("those it was new for lose it again when it is taken back", async () => {
  const { bodies } = serve({ "PUT /customer-tags/ctg_vip/customers": () => ({ body: { customers: ["cus_2"] } }), "GET /customers": () => page(people) });
  await choose("Add a tag …");
  await waitFor(() => expect(toasts.all.map(({ text }) => text)).toEqual(["One customer now has “VIP”."]));
  toasts.all[0]!.action!.run();
  await waitFor(() => expect(bodies.filter(Boolean)).toEqual([{ customers: ["cus_1", "cus_2"], tagged: true }, { customers: ["cus_2"], tagged: false }]));
});

test("where nothing changed there is nothing to take back", async () => {
  serve({ "PUT /customer-tags/ctg_vip/customers": () => ({ body: { customers: [] } }), "GET /customers": () => page(people) });
  await choose("Remove a tag …");
  await waitFor(() => expect(toasts.all.map(({ text, action }) => [text, action])).toEqual([["None of them had “VIP”.", undefined]]));
});
