import { expect, test } from "vitest";
import { aRow, page, serve } from "../lib/testing";
import { ConversationList } from "./list.svelte";

const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => aRow({ id: `cnv_${from + at}`, changed_at: new Date(Date.UTC(2026, 10, 23) - (from + at) * 60_000).toISOString() }));
const now = "2026-11-24T00:00:00.000000Z";
const ids = (list: ConversationList) => list.rows.map(({ id }) => id);

test("it fetches further pages from where the last one ended", async () => {
  serve({ "GET /conversations": ({ query }) => (query.get("cursor") === "second" ? page(rows(2, 4)) : page(rows(0, 2), "second")) });
  const list = new ConversationList("open", "mem_kari");
  await list.refresh();
  await list.more();
  await list.more();
  expect(ids(list)).toEqual(["cnv_0", "cnv_1", "cnv_2", "cnv_3"]);
});

test("a refresh replaces the first page and keeps what lies below", async () => {
  let first = rows(0, 2);
  serve({ "GET /conversations": ({ query }) => (query.get("cursor") ? page(rows(2, 4)) : page(first, "second")) });
  const list = new ConversationList("open", "mem_kari");
  await list.refresh();
  await list.more();
  first = [aRow({ id: "cnv_3", changed_at: now }), rows(0, 1)[0]!];
  await list.refresh();
  expect(ids(list)).toEqual(["cnv_3", "cnv_0", "cnv_1", "cnv_2"]);
});

test("a changed row moves to the top, or goes when it no longer belongs", async () => {
  serve({ "GET /conversations": () => page(rows(0, 3)) });
  const list = new ConversationList("unassigned", "mem_kari");
  await list.refresh();
  list.put({ ...rows(2, 3)[0]!, changed_at: now });
  expect(ids(list)).toEqual(["cnv_2", "cnv_0", "cnv_1"]);
  list.put({ ...rows(0, 1)[0]!, assignee: "mem_kari" });
  expect(ids(list)).toEqual(["cnv_2", "cnv_1"]);
});

test("a new row comes in, but not below what was fetched so far", async () => {
  serve({ "GET /conversations": () => page(rows(0, 2), "second") });
  const list = new ConversationList("open", "mem_kari");
  await list.refresh();
  list.put(aRow({ id: "cnv_new", changed_at: now }));
  list.put(aRow({ id: "cnv_old", changed_at: "2020-01-01T00:00:00.000000Z" }));
  expect(ids(list)).toEqual(["cnv_new", "cnv_0", "cnv_1"]);
});

test("what is on screen stays when the server cannot be reached", async () => {
  serve({ "GET /conversations": () => page(rows(0, 1)) });
  const list = new ConversationList("open", "mem_kari");
  await list.refresh();
  serve({ "GET /conversations": () => ({ status: 503, body: { type: "/problems/outside" } }) });
  await list.refresh();
  expect([list.state, ids(list)]).toEqual(["ready", ["cnv_0"]]);
});

test("of an erased customer every row forgets, however far down it is", async () => {
  serve({ "GET /conversations": () => page([aRow(), aRow({ id: "cnv_2", customer: { id: "cus_2", name: "Nia", erased: false } })]) });
  const list = new ConversationList("all", "mem_kari");
  await list.refresh();
  list.forget("cus_1");
  expect(list.rows.map(({ customer, subject, preview }) => [customer.erased, subject, preview.text])).toEqual([
    [true, "", ""],
    [false, "A larger jacket", "Can I swap it?"],
  ]);
});
