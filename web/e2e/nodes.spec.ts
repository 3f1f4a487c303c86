import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Agent } from "./support/agent";
import type { List } from "./support/api";
import { launch, network, open } from "./support/browser";
import { Nodes } from "./support/nodes";
import { postgres } from "./support/server";
import { Shopper } from "./support/shopper";
import { type Colleague, hire } from "./support/team";

const consoles = "/api/v1/live";
const chats = "/api/v1/chat/live";
const name = "Mara Quill";
/** A socket is open again after so long, at another node. */
const soon = 5_000;

describe.skipIf(!postgres || !process.env.OMBUD_TEST_NATS)("a shopper and an agent, on three nodes", () => {
  let nodes: Nodes;
  let browser: Browser;
  let amy: Colleague;
  let shopper: Shopper;
  let agent: Agent;
  const said: string[] = [];

  beforeAll(async () => {
    [nodes, browser] = await Promise.all([Nodes.start(), launch()]);
    await nodes.api.patch("/shop", { undo_send_seconds: 1 });
    amy = await hire(nodes, { name: "Amy Walker" });
  });
  afterAll(async () => {
    await browser?.close();
    await nodes?.stop();
  });

  /** There and back; each sees it without loading anything again. */
  async function exchange(question: string, answer: string) {
    await shopper.writes(question);
    await agent.message(question).waitFor();
    await agent.replies(answer);
    await shopper.message(answer).waitFor();
    said.push(question, answer);
  }

  /** Each once, in order, on both sides and in what is stored. */
  async function nothingIsMissing() {
    const { items } = await nodes.api.get<List<{ id: string; customer: { name: string } }>>("/conversations?view=all&limit=100");
    const talk = items.find(({ customer }) => customer.name === name)!;
    const kept = await nodes.api.get<List<{ text: string; kind: string }>>(`/conversations/${talk.id}/messages?limit=100`);
    const written = kept.items.filter(({ kind }) => kind === "customer" || kind === "reply").map(({ text }) => text);
    expect(written).toEqual(said);
    const ours = (all: string[]) => all.filter((text) => said.includes(text));
    await expect.poll(async () => ours(await agent.messages.locator("article .text").allInnerTexts())).toEqual(said);
    await expect.poll(async () => ours(await shopper.log.locator(".bubble").allInnerTexts())).toEqual(said);
  }

  /** Until a socket that was cut is open again. */
  async function returns(path: string, before: number) {
    const began = Date.now();
    await vi.waitFor(
      () => {
        const socket = [...nodes.balancer.sockets.values()].find((it) => it.path === path);
        if (!socket || socket.port === before) throw new Error(`${path} is not open again`);
      },
      { timeout: soon, interval: 10 },
    );
    return Date.now() - began;
  }

  it("go on while the node that serves them is killed, and NATS", async () => {
    const loads: string[] = [];
    shopper = new Shopper(await open(browser, { allow: network }));
    agent = new Agent(await open(browser, { state: amy.state, allow: network }));
    await agent.goes(nodes);
    await agent.list.waitFor();
    await shopper.begins(nodes, { department: "Size and fit", name, text: "Does the tent stand a storm?" });
    said.push("Does the tent stand a storm?");
    await agent.opens(name);
    for (const { page } of [shopper, agent]) page.on("load", () => loads.push(page.url()));
    await exchange("In the mountains, I mean.", "It does: fourteen pegs.");

    for (const path of [chats, consoles, chats]) {
      const node = await nodes.serving(path);
      await node.kill();
      await returns(path, node.port);
      await exchange(`${said.length} And the poles?`, `${said.length} Aluminium.`);
      await node.run();
    }
    await nothingIsMissing();

    await nodes.nats.kill();
    // what is not rung is looked for
    await exchange("Which colour is it?", "Red, or green.");
    await nodes.nats.run(false);
    await exchange("Green, please.", "Good choice.");
    const node = await nodes.serving(consoles);
    await node.kill();
    await returns(consoles, node.port);
    await exchange("Thank you!", "You are welcome.");
    await nothingIsMissing();
    expect(loads).toEqual([]);
  });
});
