import { beforeEach, expect, test } from "vitest";
import { session } from "../lib/session.svelte";
import { aSession, page, serve } from "../lib/testing";
import { Mentioned, candidates } from "./mentioned.svelte";

const order = (number: string, tracking: string | null = null) => ({ id: `ord_${number}`, number, parcels: [{ tracking }] });

beforeEach(() => {
  session.view = aSession({ permissions: ["orders.read"] });
});

test.each([
  ["Where is #2317?", ["#2317"]],
  ["Order 2317, parcel 70438102237190.", ["2317", "70438102237190"]],
  ["#NO-1042 and #a1", ["#NO-1042", "#a1"]],
  ["It cost 1.250,00 in 2 days, size 38, on 24/12/2026", []],
  ["SKU1042 or 1042B", []],
  ["订单2317号", []],
  ["#", []],
])("%s names %j", (text, named) => expect(candidates(text)).toEqual(named));

test("what is called exactly so is found, once, and nothing that is only like it", async () => {
  const orders = [order("#2317", "70438102237190"), order("#23170")];
  const { asked } = serve({ "GET /orders": ({ query }) => page(orders.filter(({ number, parcels }) => number.includes(query.get("q")!) || parcels[0]!.tracking?.includes(query.get("q")!))) });
  const mentioned = new Mentioned();
  await mentioned.look(["Where is 2317? It is 70438102237190, I paid 4490 for it."]);
  await mentioned.look(["Where is 2317?", "And #231?"]);
  expect([...mentioned.orders].map(([mention, { id }]) => [mention, id])).toEqual([
    ["2317", "ord_#2317"],
    ["70438102237190", "ord_#2317"],
  ]);
  expect(asked).toHaveLength(4);
});

test("a number two orders bear leads to neither, and a search that fails leaves it a number", async () => {
  serve({ "GET /orders": ({ query }) => (query.get("q") === "1001" ? page([order("1001"), { ...order("1001"), id: "ord_other" }]) : { status: 503, body: {} }) });
  const mentioned = new Mentioned();
  await mentioned.look(["1001 and 1002"]);
  expect(mentioned.orders.size).toBe(0);
});

test("who may not see orders does not look for them", async () => {
  session.view = aSession({ permissions: [] });
  const { asked } = serve({});
  await new Mentioned().look(["#2317"]);
  expect(asked).toEqual([]);
});
