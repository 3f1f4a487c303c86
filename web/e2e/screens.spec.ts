import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomUUID } from "node:crypto";
import { Api, type List } from "./support/api";
import { launch, open } from "./support/browser";
import { everyWay, faults, lines } from "./support/looks";
import { png } from "./support/pictures";
import { Server } from "./support/server";
import { type Colleague, enter, hire, owner } from "./support/team";
import { Visitor } from "./support/visitor";
import { desk, type Language, languages } from "./support/words";

let server: Server;
let browser: Browser;
let talk: string;
let customer: string;
let product: string;
let order: string;
const team = {} as Record<Language, Colleague>;
/** What people have called their things reads the same in every language. */
let names: string[];

const people: Record<Language, string> = { en: "Amy Walker", nb: "Åse Bråten", tr: "Işıl Çağlar", zh: "王芳" };

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
  await server.api.patch("/shop", { undo_send_seconds: 0 });
  for (const language of languages) team[language] = await hire(server, { name: people[language], role: "admin", language });
  ({ talk, customer, product, order } = await tell());
  const called = await Promise.all(["/departments", "/tags", "/customer-tags", "/roles", "/schedules", "/macros?limit=100"].map((path) => server.api.get<List<{ name: string }>>(path)));
  names = called.flatMap(({ items }) => items.map(({ name }) => name));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** A conversation with something of everything. */
async function tell() {
  const visitor = await Visitor.arrives(server);
  const files = [];
  for (const name of ["seam.png", "a-rather-long-name-of-a-picture-that-does-not-fit-anywhere-at-all.png"]) files.push(await visitor.api.ask<{ id: string }>("POST", `/chat/files?name=${name}`, new Uint8Array(png(300, 200))));
  const page = { url: "https://shop.example/tents/vidde-3?colour=green", title: "Vidde 3, a tent" };
  const { id } = await visitor.begins("Averyveryverylongwordwithoutanyplacetobreakitanywhereatallnotevenonce, and https://shop.example/a/long/address/that/goes/on/and/on/and/on?with=questions&more=of-them", { name: "Maximiliane Wolkenstein-Oberhuber von und zu Niederwald", email: "maximiliane.wolkenstein-oberhuber@a-long-domain.example", page, files: files.map(({ id }) => id) });
  const say = (kind: string, html: string) => server.api.post(`/conversations/${id}/messages`, { client_id: randomUUID(), kind, html, files: [], mentions: [], seen_seq: 9999, hold_seconds: 0, then: "nothing" });
  await say("reply", "<p>Yes, <strong>it does</strong>: <em>fourteen</em> pegs.</p><ul><li>one</li><li>two</li></ul><p><a href=\"https://example.org\">Read on</a></p>");
  await say("note", "<p>Promised a new pole.</p>");
  const { items: tags } = await server.api.get<List<{ id: string }>>("/tags");
  await server.api.put(`/conversations/${id}/tags`, { tags: tags.slice(0, 4).map((it) => it.id) });
  await server.api.put(`/conversations/${id}/priority`, { priority: "urgent" });
  await server.api.put(`/conversations/${id}/assignment`, { member: team.en.id, department: null });
  const { person } = await server.api.get<{ person: { id: string } }>(`/conversations/${id}`);
  await tellOf(`/customers/${person.id}`);
  const { items: sold } = await server.api.get<List<{ id: string }>>("/orders");
  const { items: goods } = await server.api.get<List<{ id: string }>>("/products");
  return { talk: id, customer: person.id, product: goods[0]!.id, order: sold[0]!.id };
}

/** Something of everything that can be known about somebody. */
async function tellOf(customer: string) {
  await server.api.patch(customer, { phone: "+47 900 00 000", birthday: { month: 2, day: 29, year: null }, preferred_channel: "sms", country: "NO" });
  await server.api.post(`${customer}/notes`, { text: "Wide feet, narrow patience." });
  const { id: tag } = await server.api.post<{ id: string }>("/customer-tags", { name: "Averylongtagwithoutanyplacetobreakitany" });
  await server.api.put(`${customer}/tags`, { tags: [tag] });
  await server.api.post("/customer-attributes", { key: "size", label: "Size of her favourite shell jacket, worn over wool", kind: "choice", choices: ["S", "M"] });
  await server.api.patch(`${customer}/attributes`, { values: { size: "M" } });
  const evidence = { wording: "Yes, do write to me.", language: "en", page: "https://shop.example/a/long/address/of/a/checkout/page?with=questions", network: "2001:db8::7" };
  await server.api.post(`${customer}/consents`, { channel: "email", purpose: "marketing", given: true, source: "checkout", ...evidence });
  await server.api.post(`${customer}/consents`, { channel: "phone", purpose: "feedback", given: false, source: "told" });
}

const paths = () => ["/inbox/open", `/inbox/open/${talk}`, "/inbox/mentions", "/inbox/resolved", "/search", "/search?q=tent", "/search?q=zzzzzz", "/calls", "/customers", `/customers/${customer}`, "/orders", `/orders/${order}`, "/products", `/products/${product}`, "/reports", "/settings"];

/** The screen is there with all it has fetched. */
async function ready(page: Page, language: Language) {
  await page.getByRole("heading", { level: 1 }).first().waitFor({ state: "attached" });
  await page.waitForLoadState("networkidle");
  await page.waitForFunction((loading) => !document.querySelector(`[role=status][aria-label="${loading}"]`), desk[language]("loading"));
}

/** What is wrong with the screen that stands there, in every way. */
const look = (page: Page, language: Language, where: string) => everyWay(page, where, () => faults(page, language, { names }));

describe("every screen of the console, in light and dark, wide and on a phone", () => {
  it.each(languages)("in %s", { timeout: 240_000 }, async (language) => {
    const { page } = await open(browser, { language, state: team[language].state, allow: [/^answered 404: GET /] });
    const found: string[] = [];
    const seen = async (path: string) => {
      await ready(page, language);
      found.push(...(await look(page, language, path.replace(talk, "…").replace(customer, "…").replace(product, "…").replace(order, "…"))));
    };
    for (const path of paths()) {
      await page.goto(server.card.console + path);
      await seen(path);
    }
    // the settings say themselves which pages they have
    const sections = page.locator('nav a[href^="/console/settings/"]');
    const addresses = await sections.evaluateAll((all) => all.map((it) => it.getAttribute("href")!));
    expect(addresses.length).toBeGreaterThan(8);
    for (const address of addresses) {
      await page.locator(`nav a[href="${address}"]`).click();
      await page.waitForURL(`**${address}`);
      await seen(address);
    }
    expect(lines(found)).toBe("");
  });

  it.each(languages)("what lies over a screen, in %s", { timeout: 120_000 }, async (language) => {
    const { page } = await open(browser, { language, state: team[language].state });
    const t = desk[language];
    const found: string[] = [];
    await page.goto(`${server.card.console}/inbox/open/${talk}`);
    await page.getByRole("textbox", { name: t("write-reply") }).waitFor();
    for (const [key, name] of [["Control+k", "command-palette"], ["?", "keyboard-shortcuts"], ["a", "assign-to"], ["s", "snooze-until"], ["p", "priority"], ["#", "tags"]] as const) {
      await page.keyboard.press(key);
      await page.getByRole("dialog", { name: t(name), exact: true }).waitFor();
      found.push(...(await look(page, language, name)));
      await page.keyboard.press("Escape");
      await page.locator("dialog").waitFor({ state: "detached" });
    }
    for (const name of ["emoji", "edit-customer"] as const) {
      await page.getByRole("button", { name: t(name), exact: true }).click();
      await page.getByRole("dialog").or(page.locator(":popover-open")).first().waitFor();
      found.push(...(await look(page, language, name)));
      await page.keyboard.press("Escape");
    }
    await page.getByRole("button", { name: t("more"), exact: true }).click();
    await page.getByRole("menuitem", { name: t("tags") }).waitFor();
    found.push(...(await look(page, language, "more")));
    expect(lines(found)).toBe("");
  });
});

describe("whoever is not signed in", () => {
  it.each(languages)("meets screens in %s", async (language) => {
    const { page } = await open(browser, { language, allow: [/^answered 4\d\d: /] });
    const found: string[] = [];
    for (const path of ["/inbox", "/reset#a-link-of-long-ago", "/reset", "/invitation#a-link-of-long-ago", "/invitation"]) {
      // the part behind # alone would not load another page
      await page.goto("about:blank");
      await page.goto(server.card.console + path);
      await ready(page, language);
      found.push(...(await look(page, language, path)));
    }
    expect(lines(found)).toBe("");
  });
});

describe("closing a shop", () => {
  it.each(languages)("in %s", { timeout: 120_000 }, async (language) => {
    const t = desk[language];
    const name = `Fjell ${people[language]}`;
    const { id } = await server.api.post<{ id: string }>("/shops", { name, language, time_zone: "Europe/Oslo" });
    const boss = await enter(server, await owner(server), id);
    await new Api(server.origin).ask("PATCH", "/person", { language }, { cookie: boss.cookie, origin: server.origin });
    const { page } = await open(browser, { language, state: boss.state, allow: [/^answered 422: DELETE /, /^answered 401: /] });
    const found: string[] = [];
    await page.goto(`${server.card.console}/settings/shop`);
    await page.getByRole("button", { name: t("shop-close-start") }).click();
    const field = page.getByRole("dialog").getByRole("textbox");
    await field.waitFor();
    found.push(...(await look(page, language, "asked")));
    await field.fill("Fjell");
    await page.keyboard.press("Enter");
    await page.locator("[aria-invalid=true]").waitFor();
    found.push(...(await look(page, language, "wrong name")));
    await field.fill(name);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: t("shop-closed-title", { shop: name }) }).waitFor();
    found.push(...(await look(page, language, "closed")));
    expect(lines(found)).toBe("");
  });
});
