import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { session } from "../lib/session.svelte";
import { aCustomer, aSession, page, serve } from "../lib/testing";
import { toasts } from "../lib/toasts.svelte";
import { Credit } from "./credit.svelte";
import CreditDialog from "./CreditDialog.svelte";
import CustomerCredit from "./CustomerCredit.svelte";

const kroner = (minor: number) => ({ minor, currency: "NOK" });
const aMovement = { id: "ent_1", kind: "granted", amount: kroner(12_550), change: kroner(12_550), reversible: kroner(12_550), about: null, ends_at: null, reason: "Late parcel", by: "member", member: "mem_kari", at: "2026-11-23T10:00:00Z" };
const credits = (balances: unknown[], items: unknown[] = []) => ({ body: { balances, items, next: null } });
const none = { "GET /gift-cards": () => page([]), "GET /orders": () => page([]) };
const has = { ...none, "GET /customers/cus_1/credits": () => credits([{ available: kroner(12_550), held: kroner(0) }], [aMovement]) };

beforeEach(() => {
  session.view = aSession({ permissions: ["credits.read", "credits.give"] });
  toasts.all = [];
});

const opens = (what: "credit" | "card", currency = "NOK") => {
  const onclose = vi.fn();
  render(CreditDialog, { credit: new Credit("cus_1"), currencies: [currency], what, onclose });
  return onclose;
};
/** By Enter: what the browser says of fields is its own. */
const press = (name: string) => fireEvent.submit(screen.getByRole("button", { name, hidden: true }).closest("form")!);
const fill = (label: string, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } });

test("what is given is sent in the currency's smallest unit, and can be taken back", async () => {
  const given = () => ({ status: 201, body: aMovement });
  const keys: (string | null)[] = [];
  const { bodies } = serve({
    ...has,
    "POST /customers/cus_1/credits": ({ headers }) => {
      keys.push(headers.get("idempotency-key"));
      return given();
    },
    "POST /credit-movements/ent_1/reversals": given,
  });
  const closed = opens("credit");
  await fill("Amount", "125.5");
  await fill("Reason", "Late parcel");
  await press("Give");
  await waitFor(() => expect(toasts.all.map(({ text }) => text)).toEqual(["NOK\u00a0125.50 of store credit given."]));
  await waitFor(() => expect(closed).toHaveBeenCalled());
  expect(bodies.filter(Boolean)).toEqual([{ amount: kroner(12_550), reason: "Late parcel", expires_at: null }]);
  expect(keys).toEqual([expect.stringMatching(/^[\da-f-]{36}$/)]);
  toasts.all[0]!.action!.run();
  await waitFor(() => expect(bodies.filter(Boolean)[1]).toEqual({ amount: kroner(12_550), reason: "Given by mistake" }));
});

test("sent again after the answer was lost, it is the same gift", async () => {
  const keys: (string | null)[] = [];
  serve({
    ...has,
    "POST /customers/cus_1/credits": ({ headers }) => {
      keys.push(headers.get("idempotency-key"));
      return keys.length === 1 ? { status: 503, body: { type: "/problems/busy", detail: "Busy" } } : { status: 201, body: aMovement };
    },
  });
  opens("credit");
  await fill("Amount", "1");
  await fill("Reason", "Late parcel");
  await press("Give");
  await waitFor(() => expect(toasts.all).toHaveLength(1));
  await press("Give");
  await waitFor(() => expect(toasts.all).toHaveLength(2));
  expect(keys[0]).toBe(keys[1]);
});

test("a currency without a point is sent whole", async () => {
  const { bodies } = serve({ ...has, "POST /customers/cus_1/credits": () => ({ status: 201, body: aMovement }) });
  opens("credit", "JPY");
  await fill("Amount", "1200");
  await fill("Reason", "Late parcel");
  await press("Give");
  await waitFor(() => expect(bodies.filter(Boolean)).toMatchObject([{ amount: { minor: 1200, currency: "JPY" } }]));
});

test.each([
  ["is shown this once", "ABCD-EFGH", "ABCD-EFGH", []],
  ["is said to be lost when it did not arrive", null, null, [expect.stringContaining("before its code arrived")]],
])("the code of a gift card %s", async (_, code, seen, said) => {
  serve({ ...has, "POST /gift-cards": () => ({ status: 201, body: { card: {}, code } }) });
  const closed = opens("card");
  await fill("Amount", "200");
  await fill("Reason", "Birthday");
  await press("Issue");
  await waitFor(() => expect(seen ? screen.queryByText(seen) : closed.mock.calls[0]).not.toBeFalsy());
  expect(toasts.all.map(({ text }) => text)).toEqual(said);
  if (seen) await fireEvent.click(screen.getAllByRole("button", { name: "Close", hidden: true }).at(-1)!);
  expect(closed).toHaveBeenCalled();
});

test("beside a conversation only what there is is said, and nothing where nothing is", async () => {
  serve({ ...none, "GET /customers/cus_1/credits": () => credits([]) });
  const { container } = render(CustomerCredit, { customer: aCustomer(), brief: true });
  await waitFor(() => expect(container.querySelector("section")).toBeNull());
});

test("who may not give sees what there is, and no way to change it", async () => {
  session.view = aSession({ permissions: ["credits.read"] });
  serve(has);
  render(CustomerCredit, { customer: aCustomer() });
  await screen.findByText("Late parcel");
  expect(screen.queryAllByRole("button")).toEqual([]);
});
