import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { aCustomer, page, serve } from "../lib/testing";
import CustomerOrders from "./CustomerOrders.svelte";

const nok = (minor: number) => ({ minor, currency: "NOK" });
const orders = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    ...{ id: `ord_${n}`, number: `#${n}`, customer: "cus_1", status: "delivered", payment: "paid", fulfilment: "all", lines: [], parcels: [] },
    ...{ discount: nok(0), shipping: nok(0), tax: nok(0), total: nok(100), refunded: nok(0), adds_up: true, late: false, note: null, page: null },
    ...{ placed_at: "2026-01-12T08:00:00Z", changed_at: "2026-01-12T08:00:00Z", cancelled_at: null, erased_at: null },
  }));

test("the newest come first, and more when they are asked for", async () => {
  serve({ "GET /orders": ({ query }) => page(orders(Math.min(12, Number(query.get("limit")))), query.get("limit") === "10" ? "next" : null) });
  render(CustomerOrders, { customer: aCustomer() });
  await waitFor(() => expect(screen.getAllByRole("listitem")).toHaveLength(10));
  await fireEvent.click(screen.getByRole("button", { name: "Show more orders" }));
  await waitFor(() => expect(screen.getAllByRole("listitem")).toHaveLength(12));
  expect(screen.queryByRole("button", { name: "Show more orders" })).toBeNull();
});

test("who has ordered nothing has no list of orders", async () => {
  const { asked } = serve({ "GET /orders": () => page([]) });
  render(CustomerOrders, { customer: aCustomer() });
  await waitFor(() => expect(asked).toEqual(["GET /orders"]));
  expect(screen.queryByRole("heading")).toBeNull();
});
