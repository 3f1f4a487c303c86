import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cardOf } from "../commerce/product";
import { directory } from "../lib/directory.svelte";
import { session } from "../lib/session.svelte";
import { aConversation, aMessage, aProduct, aReply, aSession, page, serve } from "../lib/testing";
import { toasts } from "../lib/toasts.svelte";
import { Composer } from "./composer.svelte";
import { Thread } from "./thread.svelte";

const path = "/conversations/cnv_1";
const card = (product: string) => cardOf(aProduct({ id: product }));
const drafts = { [`PUT ${path}/draft`]: () => ({ status: 204 }), [`DELETE ${path}/draft`]: () => ({ status: 204 }) };

beforeEach(() => {
  vi.useFakeTimers();
  session.view = aSession();
  toasts.all = [];
});
afterEach(() => vi.useRealTimers());

const writing = async (routes: Parameters<typeof serve>[0], messages = [aMessage({ seq: 4 })]) => {
  const server: Parameters<typeof serve>[0] = { ...drafts, [`GET ${path}`]: () => ({ body: aConversation() }), [`GET ${path}/messages`]: ({ query }) => page(messages.filter(({ seq }) => seq > Number(query.get("after") ?? 0))), ...routes };
  const heard = serve(server);
  const thread = new Thread("cnv_1");
  await thread.load();
  return { thread, composer: new Composer(thread), messages, server, ...heard };
};

test("what is written is kept on the server once the fingers rest", async () => {
  const { composer, asked, bodies } = await writing({});
  composer.write("<p>Hel</p>");
  composer.write("<p>Hello</p>");
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked.filter((name) => name === `PUT ${path}/draft`)).toHaveLength(1);
  expect(bodies.at(-1)).toEqual({ html: "<p>Hello</p>", kind: "reply" });
});

test("a message is on screen before the server has it, with what was seen when it was written", async () => {
  const { composer, thread, bodies } = await writing({ [`POST ${path}/messages`]: ({ body }) => ({ status: 201, body: aReply({ seq: 5, client_id: (body as { client_id: string }).client_id }) }) });
  composer.write("<p>Hello</p>");
  const sent = composer.send();
  expect(thread.messages.at(-1)).toMatchObject({ text: "Hello", pending: true });
  expect(composer.empty).toBe(true);
  await sent;
  expect(thread.messages.map(({ seq }) => seq)).toEqual([4, 5]);
  expect(bodies).toContainEqual(expect.objectContaining({ kind: "reply", html: "<p>Hello</p>", seen_seq: 4, hold_seconds: 5 }));
});

test("a message that cannot be sent comes back to be written on", async () => {
  const { composer, thread } = await writing({ [`POST ${path}/messages`]: () => ({ status: 503, body: { type: "/problems/outside", detail: "Later." } }) });
  composer.write("<p>Hello</p>");
  await composer.send();
  expect(composer.html).toBe("<p>Hello</p>");
  expect(thread.messages).toHaveLength(1);
  expect(toasts.all[0]?.text).toBe("Later.");
});

test("a held message can be taken back, and its text returns", async () => {
  const held = { seq: 5, state: "held", sends_at: new Date(Date.now() + 5000).toISOString() } as const;
  const { composer, thread } = await writing({ [`POST ${path}/messages`]: ({ body }) => ({ status: 201, body: aReply({ ...held, client_id: (body as { client_id: string }).client_id }) }), [`DELETE ${path}/messages/msg_5`]: () => ({ body: { html: "<p>Hello</p>" } }) });
  composer.write("<p>Hello</p>");
  await composer.send();
  toasts.all[0]?.action?.run();
  await vi.advanceTimersByTimeAsync(0);
  expect(composer.html).toBe("<p>Hello</p>");
  expect(thread.messages).toHaveLength(1);
});

test("products go along by their ids, each once and not too many, and come back with a message taken back", async () => {
  const held = { seq: 5, state: "held", sends_at: new Date(Date.now() + 5000).toISOString() } as const;
  const { composer, bodies } = await writing({ [`POST ${path}/messages`]: ({ body }) => ({ status: 201, body: aReply({ ...held, client_id: (body as { client_id: string }).client_id, products: [card("prd_1")] }) }), [`DELETE ${path}/messages/msg_5`]: () => ({ body: { html: "" } }) });
  for (const id of ["prd_1", "prd_1", "prd_2"]) composer.show(aProduct({ id }));
  composer.hide("prd_2");
  expect(composer.empty).toBe(false);
  await composer.send();
  expect(bodies).toContainEqual(expect.objectContaining({ html: "", products: ["prd_1"] }));
  expect(composer.empty).toBe(true);
  toasts.all[0]?.action?.run();
  await vi.advanceTimersByTimeAsync(0);
  for (let n = 2; n < 8; n++) composer.show(aProduct({ id: `prd_${n}` }));
  expect(composer.products.map(({ product }) => product)).toEqual(["prd_1", "prd_2", "prd_3", "prd_4", "prd_5"]);
  expect(toasts.all.at(-1)?.text).toBe("At most 5 products fit into one message.");
});

test("somebody answered meanwhile: nothing is sent until one decides", async () => {
  const seen: number[] = [];
  const { composer, thread, messages } = await writing({
    [`POST ${path}/messages`]: ({ body }) => {
      const { seen_seq, client_id } = body as { seen_seq: number; client_id: string };
      seen.push(seen_seq);
      if (seen_seq < 5) return { status: 409, body: { type: "/problems/answered_meanwhile", detail: "Mats answered." } };
      return { status: 201, body: aReply({ seq: 6, client_id }) };
    },
  });
  messages.push(aReply({ seq: 5, author: { kind: "member", id: "mem_mats", name: "Mats" } }));
  composer.write("<p>Mine</p>");
  await composer.send({ after: "resolve" });
  expect(composer.held?.after).toBe("resolve");
  expect([composer.html, thread.lastSeq]).toEqual(["<p>Mine</p>", 5]);
  await composer.sendAnyway();
  expect(seen).toEqual([4, 5]);
  expect(thread.messages.map(({ seq }) => seq)).toEqual([4, 5, 6]);
});

test("a note names only colleagues who are still named in it", async () => {
  directory.members = [{ id: "mem_mats", name: "Mats Berg" }, { id: "mem_ines", name: "Ines" }] as typeof directory.members;
  const { composer, bodies } = await writing({ [`POST ${path}/messages`]: () => ({ status: 201, body: aMessage({ seq: 5, kind: "note" }) }) });
  composer.choose("note");
  composer.mention("mem_mats");
  composer.mention("mem_ines");
  composer.write("<p>@Mats Berg please look</p>");
  await composer.send();
  expect(bodies).toContainEqual(expect.objectContaining({ kind: "note", mentions: ["mem_mats"], hold_seconds: 0 }));
});

test("a draft from elsewhere does not overwrite what is being written here", async () => {
  const { composer } = await writing({});
  composer.takeUp({ html: "<p>From the phone</p>", kind: "note", at: "" });
  expect([composer.html, composer.kind]).toEqual(["<p>From the phone</p>", "note"]);
  composer.write("<p>Mine</p>");
  composer.takeUp({ html: "<p>From the phone</p>", kind: "note", at: "" });
  expect(composer.html).toBe("<p>Mine</p>");
});

const erased = { status: 409, body: { type: "/problems/customer_erased", detail: "The customer of this conversation was erased." } };

test("the customer was erased meanwhile: it is said why, and the conversation knows", async () => {
  const { composer, thread, server } = await writing({ [`POST ${path}/messages`]: () => erased });
  composer.write("<p>Hello</p>");
  server[`GET ${path}`] = () => ({ body: aConversation({ customer: { id: "cus_1", name: "#0QX7", erased: true } }) });
  await composer.send();
  expect(toasts.all[0]?.text).toBe("The customer of this conversation was erased.");
  expect(thread.erased).toBe(true);
});

test("a draft to an erased customer is not tried again", async () => {
  const { composer, asked } = await writing({ [`PUT ${path}/draft`]: () => erased });
  composer.write("<p>Hello</p>");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked.filter((name) => name === `PUT ${path}/draft`)).toHaveLength(1);
});
