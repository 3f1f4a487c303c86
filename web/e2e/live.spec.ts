import { randomUUID } from "node:crypto";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Agent } from "./support/agent";
import type { List } from "./support/api";
import { launch, network, open } from "./support/browser";
import { Server } from "./support/server";
import { Shopper } from "./support/shopper";
import { type Colleague, hire } from "./support/team";
import { Visitor } from "./support/visitor";

type Message = { id: string; seq: number; kind: string; text: string; state: string };

let server: Server;
let browser: Browser;
let amy: Colleague;
let bo: Colleague;
let told = 0;
/** The customer of this story. */
let name: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
  amy = await hire(server, { name: "Amy Walker", role: "lead" });
  bo = await hire(server, { name: "Bo Vest" });
});
beforeEach(async () => {
  name = `Mara ${++told}`;
  await server.api.patch("/shop", { undo_send_seconds: 1 });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const at = async (who: Colleague, path?: string) => new Agent(await open(browser, { state: who.state })).goes(server, path);
const department = "Size and fit";
const kept = async (talk: string) => (await server.api.get<List<Message>>(`/conversations/${talk}/messages?limit=100`)).items.filter(({ kind }) => kind !== "event");
const shown = (agent: Agent) => agent.messages.locator("article .text").allInnerTexts();
/** The console shows what is stored, each once and in its order; what is late arrives. */
const showsAll = (agent: Agent, talk: string) =>
  vi.waitFor(async () => expect(await shown(agent)).toEqual((await kept(talk)).map(({ text }) => text)), { timeout: 15_000, interval: 50 });
const talkOf = async (customer: string) => (await server.api.get<List<{ id: string; customer: { name: string } }>>("/conversations?view=all&limit=100")).items.find((it) => it.customer.name === customer)!.id;

describe("what one does, the other sees without loading anything again", () => {
  it("a new conversation, its next message, the assignment, a tag, the end", async () => {
    const [one, other] = await Promise.all([at(amy), at(bo)]);
    await Promise.all([one.list.waitFor(), other.list.waitFor()]);
    const loads: string[] = [];
    other.page.on("load", () => loads.push("again"));

    const mara = await Visitor.arrives(server);
    await mara.begins("Is the parka warm?", { name });
    await Promise.all([one.opens(name), other.opens(name)]);
    await mara.writes("For minus twenty, I mean.");
    await other.message("For minus twenty, I mean.").waitFor();

    await one.button("assign-now", { now: one.t("not-assigned") }).click();
    await one.page.getByRole("option", { name: bo.name }).click();
    await other.messages.getByText(other.t("event-assigned", { name: amy.name, to: bo.name })).waitFor();
    await other.row(name).getByText(other.t("assigned-to", { name: bo.name })).waitFor();

    await one.page.keyboard.press("#");
    await one.page.getByRole("option", { name: "gift" }).click();
    await one.page.keyboard.press("Escape");
    await other.messages.getByText(other.t("event-tagged", { name: amy.name, added: "gift" })).waitFor();
    await other.row(name).getByText("gift", { exact: true }).waitFor();

    await one.button("resolve").click();
    await other.button("reopen").waitFor();
    await other.row(name).waitFor({ state: "detached" });
    expect(loads).toEqual([]);
  });

  it("who is looking, and who is typing, on both sides", async () => {
    const shopper = await new Shopper(await open(browser)).begins(server, { department, name, text: "Hello?" });
    const [one, other] = await Promise.all([at(amy), at(bo)]);
    await other.opens(name);
    await one.opens(name);
    await other.page.getByText(other.t("is-looking", { names: amy.name, count: 1 })).waitFor();
    await one.editor.click();
    // it shows for five seconds: whoever looks afterwards may come too late
    await Promise.all([
      other.page.getByText(other.t("is-answering", { names: amy.name, count: 1 })).waitFor(),
      shopper.log.getByText(shopper.t("typing", { name: "Amy" })).waitFor(),
      one.page.keyboard.type("Good morning"),
    ]);
    await Promise.all([other.page.getByText(other.t("is-typing", { names: name, count: 1 })).waitFor(), shopper.field.pressSequentially("And also")]);
    await one.button("resolve").waitFor();
    await one.page.goto(`${server.card.console}/customers`);
    await other.page.getByText(other.t("is-answering", { names: amy.name, count: 1 })).waitFor({ state: "detached" });
    await other.page.getByText(other.t("is-looking", { names: amy.name, count: 1 })).waitFor({ state: "detached" });
  });
});

describe("nobody answers over another's head", () => {
  it("an answer given meanwhile is shown before one's own goes out", async () => {
    const mara = await Visitor.arrives(server);
    const { id } = await mara.begins("Which size?", { name });
    const window = await open(browser, { state: bo.state, allow: [/^answered 409: POST .*\/messages$/] });
    // Bo's window is behind: what the server says live does not reach it
    let deaf = false;
    await window.page.routeWebSocket(/\/api\/v1\/live/, (socket) => {
      const far = socket.connectToServer();
      far.onMessage((said) => void (deaf || socket.send(said)));
      socket.onMessage((said) => far.send(said));
    });
    const late = await new Agent(window).goes(server);
    await late.opens(name);
    await late.editor.click();
    await late.page.keyboard.type("Take a medium.");
    deaf = true;
    const one = await at(amy);
    await one.opens(name);
    await one.replies("You need a large.");
    await expect.poll(async () => (await kept(id)).find(({ text }) => text === "You need a large.")?.state).toMatch(/^(queued|sent|delivered|read)$/);

    await late.button("send").click();
    const asked = late.page.getByRole("dialog", { name: late.t("answered-meanwhile", { name: amy.name }) });
    await asked.getByText("You need a large.").waitFor();
    await asked.getByRole("button", { name: late.t("keep-writing") }).click();
    await late.editor.getByText("Take a medium.").waitFor();
    expect((await kept(id)).map(({ text }) => text)).not.toContain("Take a medium.");

    // where a click leaves the caret is the editor's own time; what is written instead is not
    await late.editor.fill("Take a medium. Or as Amy says.");
    await late.editor.getByText("Take a medium. Or as Amy says.").waitFor();
    await late.button("send").click();
    await late.message("Take a medium. Or as Amy says.").waitFor();
    await expect.poll(async () => (await kept(id)).filter(({ kind }) => kind === "reply").map(({ text }) => text)).toEqual(["You need a large.", "Take a medium. Or as Amy says."]);
  });
});

describe("second thoughts", () => {
  it("an answer taken back returns to the writer, and the shopper never sees it", async () => {
    // longer than it takes to change one's mind on a busy machine
    await server.api.patch("/shop", { undo_send_seconds: 15 });
    const window = await open(browser);
    const seen: string[] = [];
    window.page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => seen.push(String(payload))));
    const shopper = await new Shopper(window).begins(server, { department, name, text: "How much is it?" });
    const one = await at(amy);
    await one.opens(name);
    await one.replies("It costs nothing at all.");
    await one.toasts.getByRole("button", { name: one.t("undo"), exact: true }).click();
    await one.editor.getByText("It costs nothing at all.").waitFor();
    await one.message("It costs nothing at all.").waitFor({ state: "detached" });
    await one.editor.fill("It costs 99.");
    await one.editor.getByText("It costs 99.").waitFor();
    await one.button("send").click();
    await shopper.message("It costs 99.").waitFor({ timeout: 30_000 });
    expect(seen.filter((it) => it.includes("It costs 99."))).not.toEqual([]);
    expect(await shopper.message("It costs nothing at all.").count()).toBe(0);
    expect(seen.filter((it) => it.includes("nothing at all"))).toEqual([]);
    expect((await kept(await talkOf(name))).map(({ text }) => text)).not.toContain("It costs nothing at all.");
  });

  it("what is half written outlives the window, and is there in another", async () => {
    const mara = await Visitor.arrives(server);
    const { id } = await mara.begins("When do you open?", { name });
    const one = await at(amy, `/inbox/open/${id}`);
    await one.editor.click();
    // what was written so far may be saved before
    const saved = one.page.waitForResponse((it) => it.request().method() === "PUT" && it.url().endsWith("/draft") && !!it.request().postData()?.includes("We open at eight, and"));
    await one.page.keyboard.type("We open at eight, and");
    await saved;
    await one.page.reload();
    await one.editor.getByText("We open at eight, and").waitFor();
    const elsewhere = await at(amy, `/inbox/open/${id}`);
    await elsewhere.editor.getByText("We open at eight, and").waitFor();
    // a draft is its writer's own
    const colleague = await at(bo, `/inbox/open/${id}`);
    await colleague.editor.waitFor();
    expect(await colleague.page.getByText("We open at eight, and").count()).toBe(0);
  });
});

describe("a cut connection loses nothing and doubles nothing", () => {
  it("what the shopper types offline waits and is delivered once", async () => {
    const shopper = await new Shopper(await open(browser, { allow: network })).begins(server, { department, name, text: "One" });
    const one = await at(amy);
    await one.opens(name);
    await shopper.window.context.setOffline(true);
    await shopper.writes("Two, from a tunnel");
    await shopper.writes("Three, still in it");
    await one.replies("Are you there?");
    expect((await kept(await talkOf(name))).map(({ text }) => text)).not.toContain("Two, from a tunnel");
    await shopper.window.context.setOffline(false);
    await one.message("Three, still in it").waitFor();
    await shopper.message("Are you there?").waitFor();
    await shopper.sent();
    await showsAll(one, await talkOf(name));
    for (const text of ["One", "Two, from a tunnel", "Three, still in it", "Are you there?"]) {
      await expect.poll(() => shopper.message(text).count(), { message: text }).toBe(1);
      expect((await shown(one)).filter((it) => it === text), text).toHaveLength(1);
    }
  });

  it("an answer from the server that got lost is no reason to say it twice", async () => {
    const shopper = await new Shopper(await open(browser, { allow: [...network, /ERR_FAILED/] })).begins(server, { department, name, text: "One" });
    let lost = 0;
    await shopper.page.route("**/api/v1/chat/conversations/*/messages", async (route) => {
      if (route.request().method() !== "POST" || lost++ > 0) return route.continue();
      await route.fetch();
      await route.abort("failed");
    });
    await shopper.writes("Two");
    await expect.poll(() => lost, { timeout: 10_000 }).toBeGreaterThan(1);
    await shopper.sent();
    await expect.poll(() => shopper.message("Two").count()).toBe(1);
    expect((await kept(await talkOf(name))).filter(({ text }) => text === "Two")).toHaveLength(1);
  });

  it("the console catches up with everything that happened while it was away", async () => {
    const mara = await Visitor.arrives(server);
    const { id } = await mara.begins("One", { name });
    const one = new Agent(await open(browser, { state: amy.state, allow: network }));
    let cut: (() => Promise<void>) | undefined;
    let away = false;
    await one.page.routeWebSocket(/\/api\/v1\/live/, (socket) => {
      if (away) return void socket.close();
      const far = socket.connectToServer();
      // what the page says while the line is being cut reaches nobody
      socket.onMessage((said) => void (away || far.send(said)));
      cut = async () => {
        await far.close();
        await socket.close();
      };
    });
    await one.goes(server);
    await one.opens(name);
    await expect.poll(() => cut).toBeDefined();
    away = true;
    await cut!();
    await one.page.getByText(one.t("connection-cut")).waitFor();
    for (const text of ["Two", "Three", "Four"]) await mara.writes(text);
    const note = { client_id: randomUUID(), kind: "note", html: "<p>Look this up</p>", files: [], mentions: [], seen_seq: 99, hold_seconds: 0, then: "nothing" };
    await server.api.post(`/conversations/${id}/messages`, note);
    const another = await Visitor.arrives(server);
    await another.begins("Me too", { name: `${name} the second` });
    away = false;
    await one.page.getByText(one.t("connection-cut")).waitFor({ state: "detached" });
    await one.row(`${name} the second`).waitFor();
    await one.message("Look this up").waitFor();
    await showsAll(one, id);
  });

  it("a server that is killed comes back, and both sides go on where they were", async () => {
    const shopper = await new Shopper(await open(browser, { allow: [...network, /answered 5/] })).begins(server, { department, name, text: "One" });
    const one = new Agent(await open(browser, { state: amy.state, allow: [...network, /answered 5/] }));
    await one.goes(server);
    await one.opens(name);
    await one.editor.waitFor();
    await server.halt("SIGKILL");
    await one.page.getByText(one.t("connection-cut")).waitFor();
    await shopper.writes("Two, to nobody");
    await shopper.writes("Three, to nobody");
    await server.run();
    await one.message("Three, to nobody").waitFor({ timeout: 30_000 });
    await one.replies("Here we are again.");
    await shopper.message("Here we are again.").waitFor({ timeout: 30_000 });
    const texts = (await kept(await talkOf(name))).map(({ text }) => text);
    expect(texts.filter((text) => /^One$|nobody|again/.test(text))).toEqual(["One", "Two, to nobody", "Three, to nobody", "Here we are again."]);
    await showsAll(one, await talkOf(name));
    for (const text of texts) await expect.poll(() => shopper.message(text).count(), { message: text }).toBe(1);
  });
});
