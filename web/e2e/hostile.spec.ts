import { randomUUID } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agent } from "./support/agent";
import type { List } from "./support/api";
import { launch, open } from "./support/browser";
import { scripts, tricks } from "./support/hostile";
import { png } from "./support/pictures";
import { Server } from "./support/server";
import { Shopper } from "./support/shopper";
import { setWidget } from "./support/site";
import { type Colleague, owner } from "./support/team";
import { Visitor } from "./support/visitor";

type Message = { kind: string; text: string; html: string | null };

let server: Server;
let browser: Browser;
let boss: Colleague;

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
  boss = await owner(server);
  await server.api.patch("/shop", { undo_send_seconds: 0 });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Nothing in the page has come alive: no element, attribute or address that only a payload would bring. */
const inert = async (page: Page, where: string) => {
  const alive = await page.evaluate(() => {
    const found: string[] = [];
    const walk = (root: Document | ShadowRoot) => {
      for (const element of root.querySelectorAll("*")) {
        if (element.shadowRoot) walk(element.shadowRoot);
        const names = element.getAttributeNames();
        const runs = names.some((it) => it.startsWith("on")) || ["href", "src", "action", "formaction", "xlink:href", "data"].some((it) => /^\W*(javascript|vbscript|data:text)/i.test(element.getAttribute(it) ?? ""));
        const foreign = /x\.example/.test(element.getAttribute("src") ?? "") || element.matches("iframe, object, embed, base, meta[http-equiv=refresh], marquee, math, xss, form[action], link[href*='x.example'], style:not([data-own])");
        if (runs || (foreign && root !== document) || (foreign && !element.closest("head"))) found.push(element.outerHTML.slice(0, 160));
      }
    };
    walk(document);
    return found;
  });
  expect(alive, where).toEqual([]);
};

/** Without what may be tidied away: control characters and room. */
const bare = (text: string) => text.replace(/\p{Cc}/gu, " ").replace(/\s+/g, " ").trim();

it("whatever comes alive is noticed", async () => {
  const { page, trap } = await open(browser);
  await page.goto(`${server.card.console}/reset`);
  await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", '<img src="data:," onerror="alert(1)"><p style="color: red">'));
  await expect.poll(() => trap.caught.join()).toMatch(/policy: script-src-attr inline.*policy: style-src-attr inline|policy: style-src-attr inline.*policy: script-src-attr inline/s);
  await expect(inert(page, "this page")).rejects.toThrow("this page");
  trap.caught.length = 0;
});

it("there are enough of them", () => expect(new Set(scripts).size).toBeGreaterThanOrEqual(40));

describe("what customers write", () => {
  it("stays text in the list, in the conversation and beside it", async () => {
    const talks: { id: string; text: string }[] = [];
    for (const text of scripts) {
      const visitor = await Visitor.arrives(server);
      const page = { url: `https://shop.example/?q=${encodeURIComponent(text)}#${text}`.slice(0, 2000), title: text };
      const { id } = await visitor.begins(text, { name: bare(text).slice(0, 120), page });
      talks.push({ id, text });
    }
    const agent = new Agent(await open(browser, { state: boss.state }), "nb");
    await agent.goes(server, "/inbox/open");
    await agent.list.getByRole("link").first().waitFor();
    await inert(agent.page, "the list");
    for (const { id, text } of talks) {
      // as a click on a line does, without loading the console again
      await agent.page.evaluate((to) => {
        history.pushState(null, "", to);
        dispatchEvent(new PopStateEvent("popstate"));
      }, `/console/inbox/open/${id}`);
      await expect.poll(async () => bare((await agent.messages.locator("article.customer .text").first().textContent()) ?? "")).toBe(bare(text));
      await agent.page.getByRole("complementary", { name: agent.t("customer") }).waitFor();
      await inert(agent.page, text);
    }
    await agent.goes(server, "/customers");
    await agent.page.getByRole("region", { name: agent.t("customers") }).getByRole("link").first().waitFor();
    await inert(agent.page, "the customers");
    // what was written becomes findable a little later
    await expect.poll(async () => (await server.api.get<{ conversations: unknown[] }>(`/search?q=alert&limit=100`)).conversations.length).toBeGreaterThan(0);
    await agent.goes(server, `/search?q=${encodeURIComponent("alert")}`);
    await agent.page.getByRole("heading", { name: agent.t("conversations") }).waitFor();
    await inert(agent.page, "what was found");
    await agent.goes(server, `/search?q=${encodeURIComponent(scripts[3])}`);
    // found or not: it is said once the server has answered
    await agent.page.getByRole("status").getByText(/\d/).waitFor({ state: "attached" });
    await inert(agent.page, "the search itself");
  });

  it("stays text in their own chat, with what an agent sends", async () => {
    const key = (await server.api.get<{ key: string }>("/widget")).key;
    const visitor = await Visitor.arrives(server, { key });
    // so many at once are allowed to one visitor
    const own = scripts.slice(0, 18);
    const { id } = await visitor.begins(own[0]!, { name: "Mallory" });
    for (const text of own.slice(1)) await visitor.writes(text);
    for (const [at, text] of scripts.entries()) {
      const kind = at % 4 === 3 ? "note" : "reply";
      await server.api.post(`/conversations/${id}/messages`, { client_id: randomUUID(), kind, html: `<p>${at}: ${text}</p>`, files: [], mentions: [], seen_seq: 9999, hold_seconds: 0, then: "nothing" });
    }
    const kept: Message[] = [];
    for (let after = 0, more = true; more;) {
      const { items } = await server.api.get<List<Message & { seq: number }>>(`/conversations/${id}/messages?after=${after}&limit=100`);
      kept.push(...items);
      after = items.at(-1)?.seq ?? after;
      more = items.length === 100;
    }
    expect(kept.filter(({ kind }) => kind === "reply" || kind === "note").length).toBe(scripts.length);

    const record = { token: visitor.api.token, talk: id, agreed: true, name: "Mallory", email: "" };
    const origins = [{ origin: server.origin, localStorage: [{ name: `ombud:${key}`, value: JSON.stringify(record) }] }];
    const shopper = new Shopper(await open(browser, { state: { cookies: [], origins } }));
    await shopper.visits(server);
    await shopper.opens();
    await shopper.log.waitFor();
    await expect.poll(() => shopper.log.locator(".bubble.me").count()).toBe(own.length);
    expect((await shopper.log.locator(".bubble.me").allTextContents()).map(bare)).toEqual(own.map(bare));
    await expect.poll(async () => await shopper.log.locator(".bubble.agent").count()).toBe(kept.filter(({ kind }) => kind === "reply").length);
    await inert(shopper.page, "the chat");

    const agent = new Agent(await open(browser, { state: boss.state }), "nb");
    await agent.goes(server, `/inbox/all/${id}`);
    await agent.messages.waitFor();
    await inert(agent.page, "the newest messages");
    await agent.messages.evaluate((it) => it.scrollTo({ top: 0 }));
    await expect.poll(() => agent.messages.locator("article.customer").count()).toBe(own.length);
    await inert(agent.page, "all messages");
  });

  it("typed by hand it is the same: in the question before the chat, in the chat, in what an agent types", async () => {
    const text = '"><img src=x onerror=alert(1)> {{constructor.constructor("alert(2)")()}}';
    const shopper = await new Shopper(await open(browser)).begins(server, { department: "Size and fit", name: text, email: "x@example.org", text });
    await inert(shopper.page, "the chat");
    const agent = new Agent(await open(browser, { state: boss.state }), "nb");
    await agent.goes(server);
    await agent.opens(text);
    await agent.replies(`So: ${text}`);
    await shopper.message(`So: ${text}`).waitFor();
    await inert(shopper.page, "the answer");
    await agent.page.keyboard.press("Escape");
    await agent.page.keyboard.press("#");
    await agent.page.getByRole("combobox", { name: agent.t("tags") }).fill(text.slice(0, 40));
    await agent.page.getByRole("option", { name: agent.t("create-named", { name: text.slice(0, 40).trim() }) }).click();
    await agent.page.keyboard.press("Escape");
    await agent.row(text).getByText(text.slice(0, 40).trim(), { exact: true }).waitFor();
    await inert(agent.page, "the tag");
  });
});

describe("what the team names its things", () => {
  it("tags, saved replies, departments, the greeting and the shop stay text on both sides", async () => {
    const refused: string[] = [];
    const may = (what: Promise<unknown>) => what.catch((error: { status?: number }) => (error.status === 422 || error.status === 409 ? refused.push(`${error}`) : Promise.reject(error)));
    const visitor = await Visitor.arrives(server);
    const { id } = await visitor.begins("Hello", { name: "Tagged" });
    for (const text of scripts) {
      const short = bare(text).slice(0, 40);
      await may(server.api.post("/tags", { name: short, color: "red" }));
      await may(server.api.post("/macros", { name: bare(text).slice(0, 80), folder: short, texts: { nb: text, en: text }, tags: [], shared: true }));
    }
    expect(refused.length, refused.join("\n")).toBeLessThan(scripts.length);
    const { items: tags } = await server.api.get<List<{ id: string }>>("/tags");
    await server.api.put(`/conversations/${id}/tags`, { tags: tags.slice(0, 20).map((it) => it.id) });
    await server.api.post("/departments", { name: scripts[5], names: { en: scripts[5], nb: scripts[5] }, about: { en: scripts[7], nb: scripts[7] }, shown_in_chat: true });
    await setWidget(server.api, { greeting: { en: scripts[3], nb: scripts[4] } });
    const { name } = await server.api.get<{ name: string }>("/shop");
    await server.api.patch("/shop", { name: "Shop <img src=x onerror=alert(1)>" });

    const agent = new Agent(await open(browser, { state: boss.state }), "nb");
    await agent.goes(server, `/inbox/all/${id}`);
    await agent.editor.waitFor();
    await inert(agent.page, "the tags");
    await agent.page.keyboard.press("#");
    await agent.page.getByRole("option").first().waitFor();
    await inert(agent.page, "the choice of tags");
    await agent.page.keyboard.press("Escape");
    await agent.button("macros").click();
    await agent.page.getByRole("option").first().waitFor();
    await inert(agent.page, "the choice of saved replies");
    await agent.page.getByRole("option").filter({ hasText: "<img src=x onerror=alert(3)>" }).first().click();
    await agent.editor.getByText("<img src=x onerror=alert(3)>").waitFor();
    await inert(agent.page, "a saved reply in the composer");

    const shopper = new Shopper(await open(browser));
    await shopper.visits(server);
    await shopper.opens();
    await shopper.panel.getByText(scripts[3]!, { exact: true }).waitFor();
    await shopper.panel.getByText(scripts[5]!, { exact: true }).waitFor();
    await inert(shopper.page, "the chat's first page");
    await server.api.patch("/shop", { name });
  });
});

describe("what reads as something it is not", () => {
  it("names and file names keep to their place, and an unseen name is none", async () => {
    const visitor = await Visitor.arrives(server);
    const file = await visitor.api.ask<{ id: string; name: string }>("POST", `/chat/files?name=${encodeURIComponent(`${tricks.override}.png`)}`, new Uint8Array(png()));
    expect(file.name).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    const { id } = await visitor.begins(tricks.override, { name: tricks.isolate, files: [file.id] });
    await visitor.writes(tricks.combining);
    await visitor.writes(tricks.family);
    const unseen = await Visitor.arrives(server);
    const nobody = await unseen.begins("Who am I?", { name: "\u200b\u200d\u2060" }).catch((refused) => expect(refused.status).toBe(422));

    const agent = new Agent(await open(browser, { state: boss.state }), "nb");
    await agent.goes(server, `/inbox/all/${id}`);
    await agent.messages.waitFor();
    // whatever people call themselves is kept apart from the words around it
    const loose = await agent.page.evaluate(() => {
      const found: string[] = [];
      const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
        const parent = node.parentElement!;
        if (/[\u202a-\u202e\u2066-\u2069]/.test((node as Text).data) && !parent.closest("bdi, [dir=auto], script") && parent.childNodes.length > 1) found.push(parent.outerHTML.slice(0, 200));
      }
      return found;
    });
    expect(loose).toEqual([]);
    await agent.messages.getByText(tricks.family).waitFor();
    if (nobody) {
      const { display_name } = (await server.api.get<{ person: { display_name: string } }>(`/conversations/${nobody.id}`)).person;
      expect(display_name.replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, "")).not.toBe("");
    }
  });
});
