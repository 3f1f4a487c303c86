import { expect, test } from "vitest";
import type { ConsentView, NoteView, OrderView } from "../../shared/api";
import { aCustomer, aRow } from "../lib/testing";
import { timeline } from "./timeline";

const at = (day: number) => `2026-11-${String(day).padStart(2, "0")}T10:00:00.000000Z`;
const none = { items: [], next: null };
const note = (day: number) => ({ id: `nte_${day}`, author: "mem_kari", text: "", written_at: at(day), edited_at: null }) satisfies NoteView;
const order = (day: number) => ({ id: `ord_${day}`, placed_at: at(day) }) as OrderView;
const consent = (day: number) => ({ id: `con_${day}`, at: at(day) }) as ConsentView;
const customer = aCustomer({ created_at: at(1) });

test("all that happened is one list, the newest first, and ends where they were first seen", () => {
  const told = {
    notes: { items: [note(5), note(2)], next: null },
    orders: { items: [order(6), order(3)], next: null },
    consents: { standing: [], items: [consent(4)], next: null },
    conversations: { items: [aRow({ id: "cnv_1", created_at: at(7) })], next: null },
  };
  expect(timeline(told, customer).map(({ id }) => id)).toEqual(["cnv_1", "ord_6", "nte_5", "con_4", "ord_3", "nte_2", "cus_1"]);
});

test("beyond where one list was cut, nothing is told as if it were all", () => {
  const told = { notes: { items: [note(9), note(8)], next: "more" }, orders: { items: [order(8), order(3)], next: null }, consents: { standing: [], ...none }, conversations: none };
  expect(timeline(told, customer).map(({ id }) => id)).toEqual(["nte_9", "ord_8", "nte_8"]);
});
