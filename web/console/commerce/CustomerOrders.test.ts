import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { aCustomer, page, serve } from "../lib/testing";
import CustomerOrders from "./CustomerOrders.svelte";

const nok = (minor: number) => ({ minor, currency: "NOK" });
const orders = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    ...{ id: `ord_${n}`, number: `#${n}`, customer: "cus_1", status: "delivered", payment: "paid", fulfilment: "all", lines: [], parcels: [], disputes: [] },
    ...{ discount: nok(0), shipping: nok(0), tax: nok(0), total: nok(100), refunded: nok(0), adds_up: true, trouble: null, note: null, page: null },
    ...{ placed_at: "2026-01-12T08:00:00Z", changed_at: "2026-01-12T08:00:00Z", cancelled_at: null, erased_at: null },
  }));

const figures = (orders: number, sums: unknown[]) => () => ({ body: { orders, sums, first_at: orders ? "2025-03-01T08:00:00Z" : null, last_at: orders ? "2026-01-12T08:00:00Z" : null } });

test("the newest come first, and more when they are asked for", async () => {
  serve({
    "GET /customers/cus_1/figures": figures(12, [{ orders: 11, spent: nok(120_000) }, { orders: 1, spent: { minor: 500, currency: "JPY" } }]),
    "GET /orders": ({ query }) => page(orders(Math.min(12, Number(query.get("limit")))), query.get("limit") === "10" ? "next" : null),
  });
  render(CustomerOrders, { customer: aCustomer() });
  await waitFor(() => expect(screen.getAllByRole("listitem")).toHaveLength(10));
  screen.getByText("12 orders since 1 Mar 2025; NOK 1,200.00 and JP¥500 spent, refunds taken off.");
  await fireEvent.click(screen.getByRole("button", { name: "Show more orders" }));
  await waitFor(() => expect(screen.getAllByRole("listitem")).toHaveLength(12));
  expect(screen.queryByRole("button", { name: "Show more orders" })).toBeNull();
});

test("who has ordered nothing has no list of orders", async () => {
  const { asked } = serve({ "GET /orders": () => page([]), "GET /customers/cus_1/figures": figures(0, []) });
  render(CustomerOrders, { customer: aCustomer() });
  await waitFor(() => expect(asked).toEqual(["GET /orders", "GET /customers/cus_1/figures"]));
  expect(screen.queryByRole("heading")).toBeNull();
});
