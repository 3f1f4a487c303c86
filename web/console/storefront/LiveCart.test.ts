import { render, screen, waitFor } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import type { BrowsingView } from "../../shared/api";
import { live } from "../lib/live.svelte";
import { aCustomer, serve } from "../lib/testing";
import LiveCart from "./LiveCart.svelte";
import { isThere, whereFrom } from "./whereFrom";

const nok = (minor: number) => ({ minor, currency: "NOK" });
const nothing: BrowsingView = { cart: null, visit: null, viewed: [], wishes: [] };
const line = { product: null, sku: "T", title: "Vidde tent", variant: "green", quantity: 2, price: nok(10_000), page: null, picture: null };
const cart = { lines: [line], discount: nok(0), total: nok(20_000), adds_up: true, page: null, changed_at: "2026-11-23T10:00:00Z", abandoned_at: null };
const source = { referrer: null, campaign: null };
const visit = { source, page: { address: null, title: "Tents" }, searches: ["tent"], checkout: "payment" as const, began_at: "2026-11-23T10:00:00Z", last_at: "2026-11-23T10:00:00Z" };

const shows = (browsing: BrowsingView) => {
  const told = { now: browsing };
  const { asked } = serve({ "GET /customers/cus_1/browsing": () => ({ body: told.now }) });
  render(LiveCart, { customer: aCustomer() });
  return { told, asked };
};

test("the cart stands with its lines and what they come to, and how far the customer is", async () => {
  shows({ ...nothing, cart, visit });
  await screen.findByText("Vidde tent");
  for (const text of ["green", "Paying", "Tents", "tent"]) screen.getByText(text);
  expect(screen.getAllByText(/200/)).toHaveLength(2);
  expect(screen.queryByText(/do not add up/)).toBeNull();
});

test("figures that cannot be right are said to be wrong, and a cart that was left is marked", async () => {
  shows({ ...nothing, cart: { ...cart, adds_up: false, abandoned_at: cart.changed_at } });
  await screen.findByText(/do not add up/);
  screen.getByText(/Left behind/);
});

test("who looks about without a cart has an empty one, and of whom nothing is known nothing is shown", async () => {
  const { told, asked } = shows(nothing);
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(screen.queryByRole("heading")).toBeNull();
  told.now = { ...nothing, viewed: [{ product: null, title: "Stove", page: null, picture: null, price: null, times: 3, at: visit.last_at }] };
  const rung = vi.spyOn(live, "watch");
  render(LiveCart, { customer: aCustomer() });
  rung.mock.calls[0]?.[1]();
  await screen.findAllByText("The cart is empty.");
  screen.getAllByText("3 visits");
});

test("where a visit came from is said once", () => {
  const campaign = { source: "newsletter", medium: "email", name: "autumn", term: null, content: null };
  expect(whereFrom({ referrer: "https://www.social.example/post", campaign })).toBe("social.example · newsletter · email · autumn");
  expect(whereFrom({ referrer: "https://social.example/", campaign: { ...campaign, source: "social.example", medium: null, name: null } })).toBe("social.example");
  expect(whereFrom(source)).toBe("");
});

test("whoever did something in the last minutes is there", () => {
  const at = Date.parse("2026-11-23T10:00:00Z");
  expect([isThere(visit.last_at, at + 299_000), isThere(visit.last_at, at + 301_000)]).toEqual([true, false]);
});
