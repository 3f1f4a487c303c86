import { expect, test } from "vitest";
import { aConversation, aMessage, aReply, page, serve } from "../lib/testing";
import { Thread } from "./thread.svelte";

const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => aMessage({ seq: first + at }));
const loaded = async (messages: () => ReturnType<typeof aMessage>[]) => {
  const { asked } = serve({
    "GET /conversations/cnv_1": () => ({ body: aConversation() }),
    "GET /conversations/cnv_1/messages": ({ query }) => {
      const [before, after] = [query.get("before"), query.get("after")];
      if (before) return page(messages().filter(({ seq }) => seq < Number(before)).slice(-50));
      return page(after === null ? messages().slice(-50) : messages().filter(({ seq }) => seq > Number(after)).slice(0, 50));
    },
  });
  const thread = new Thread("cnv_1");
  await thread.load();
  return { thread, asked };
};
const seqs = (thread: Thread) => thread.messages.map(({ seq }) => seq);

test("it shows the newest messages, and older ones on the way up", async () => {
  const { thread } = await loaded(() => from(1, 70));
  expect([seqs(thread)[0], thread.hasOlder]).toEqual([21, true]);
  await thread.older();
  expect([seqs(thread)[0], thread.messages.length, thread.hasOlder]).toEqual([1, 70, false]);
});

test("after a cut it fetches everything behind the last message, however much that is", async () => {
  let count = 3;
  const { thread } = await loaded(() => from(1, count));
  count = 120;
  await thread.catchUp();
  expect(seqs(thread)).toEqual(from(1, 120).map(({ seq }) => seq));
});

test("a reply under way is asked about again until it is read", async () => {
  let state: "sent" | "delivered" = "sent";
  const { thread } = await loaded(() => [aMessage({ seq: 1 }), aReply({ seq: 2, state }), aMessage({ seq: 3 })]);
  state = "delivered";
  await thread.catchUp();
  expect(thread.messages[1]?.state).toBe("delivered");
});

test("a withdrawn message goes", async () => {
  let messages = [aMessage({ seq: 1 }), aReply({ seq: 2, state: "held" })];
  const { thread } = await loaded(() => messages);
  messages = messages.slice(0, 1);
  await thread.catchUp();
  expect(seqs(thread)).toEqual([1]);
});

test("the server's message takes the place of the one shown in advance", async () => {
  const { thread } = await loaded(() => from(1, 1));
  thread.put({ ...aReply({ id: "client-1", seq: Number.MAX_SAFE_INTEGER, client_id: "client-1" }), pending: true });
  expect(thread.lastSeq).toBe(1);
  thread.put(aReply({ seq: 2, client_id: "client-1" }));
  expect(thread.messages.map(({ id }) => id)).toEqual(["msg_1", "msg_2"]);
});

test("a conversation one may not see is gone, not broken", async () => {
  serve({});
  const thread = new Thread("cnv_1");
  await thread.load();
  expect(thread.state).toBe("gone");
});
