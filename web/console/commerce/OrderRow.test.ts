import { render, screen } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import type { OrderView } from "../../shared/api";
import OrderRow from "./OrderRow.svelte";

const nok = (minor: number) => ({ minor, currency: "NOK" });
const order: OrderView = {
  id: "ord_1",
  customer: "cus_1",
  customer_name: "Mara Lind",
  number: "#1042",
  status: "in_transit",
  payment: "paid",
  fulfilment: "all",
  lines: [{ reference: "1", sku: null, title: "Tent", variant: "green", quantity: 1, refunded: 0, total: nok(449_000), picture: null, goods: null }],
  discount: nok(10_000),
  shipping: nok(9_900),
  tax: nok(0),
  total: nok(448_900),
  refunded: nok(0),
  adds_up: true,
  parcels: [{ carrier: "Posten", tracking: "7030", tracking_url: "https://carrier.example/7030", state: "in_transit", at: "2026-01-13T10:00:00Z", promised_at: null, late: false }],
  disputes: [],
  test: false,
  trouble: null,
  note: null,
  page: null,
  placed_at: "2026-01-12T08:00:00Z",
  changed_at: "2026-01-13T10:00:00Z",
  cancelled_at: null,
  erased_at: null,
};
const shown = (change: Partial<OrderView>) => render(OrderRow, { order: { ...order, ...change } }).container.textContent ?? "";

describe("an order", () => {
  test("says what was bought, what was added, and where the parcel is", () => {
    const text = shown({});
    for (const said of ["#1042", "On its way", "1 × Tent", "green", "Discount", "Shipping"]) expect(text).toContain(said);
    expect(text).not.toContain("Tax");
    expect(screen.getByRole("link", { hidden: true })).toHaveProperty("href", "https://carrier.example/7030");
  });

  test("says of each line what is left, place by place where there are several", () => {
    const stocked = (available: number | null, ...stock: { location: string; available: number }[]) => {
      const goods = { product: "prd_1", published: true, on_backorder: false, available, stock };
      return shown({ lines: order.lines.map((line) => ({ ...line, goods })) });
    };
    expect(stocked(14, { location: "Oslo", available: 14 })).toMatch(/14 in stock(?!.*Oslo)/);
    expect(stocked(3, { location: "Bergen", available: 3 }, { location: "Oslo", available: 0 })).toMatch(/Only 3 left.*Bergen\s3.*Oslo\s0/s);
    expect(stocked(0, { location: "Oslo", available: 0 })).toContain("Sold out");
    expect(stocked(null)).not.toMatch(/stock|left|Sold out/);
  });

  test("is open when something is wrong with its parcel, and says what", () => {
    const wrong = { late: "Late", will_be_late: "Will be late", stuck: "No news for days", failed: "#1042" } as const;
    for (const [kind, said] of Object.entries(wrong)) {
      const trouble = { kind: kind as keyof typeof wrong, at: null };
      const { container } = render(OrderRow, { order: { ...order, trouble } });
      expect(container.querySelector("details")?.open).toBe(true);
      expect(container.textContent).toContain(said);
    }
    expect(render(OrderRow, { order }).container.querySelector("details")?.open).toBe(false);
  });

  test("a bank asks about is open until that is decided, and says by when to answer", () => {
    const asked = { kind: "chargeback", state: "needs_response", reason: "not_received", amount: nok(448_900), respond_by: "2026-12-01T12:00:00Z" } as const;
    const seen = (state: OrderView["disputes"][number]["state"], respond_by: string | null = asked.respond_by) => {
      const { container } = render(OrderRow, { order: { ...order, disputes: [{ ...asked, state, respond_by }] } });
      return { open: container.querySelector("details")?.open, text: container.textContent ?? "" };
    };
    const { open, text } = seen("needs_response");
    expect(open).toBe(true);
    for (const said of ["Chargeback", "4,489.00", "not to have arrived", "by Tue 1 Dec"]) expect(text).toContain(said);
    expect(seen("needs_response", null).text).toContain("Answer it in the shop");
    expect(seen("under_review").open).toBe(true);
    expect(seen("lost").open).toBe(false);
    expect(seen("lost").text).toContain("Lost");
  });

  test("whose figures do not add up says that they do not", () => {
    expect(shown({ adds_up: false })).toContain("do not add up");
    expect(shown({})).not.toContain("do not add up");
  });
});
