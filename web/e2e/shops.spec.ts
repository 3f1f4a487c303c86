import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Agent } from "./support/agent";
import { Api, type List } from "./support/api";
import { launch, open } from "./support/browser";
import { Server } from "./support/server";
import { Site, type Widget, setWidget } from "./support/site";
import { Shopper } from "./support/shopper";
import { type Colleague, enter, hire, owner } from "./support/team";
import { Visitor } from "./support/visitor";

let server: Server;
let browser: Browser;
let boss: Colleague;
let api: Api;
const ways = ["unassigned", "mine", "mentions", "open", "snoozed", "resolved", "spam", "all"];

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
  boss = await owner(server);
  api = server.api;
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it("a second shop in the same house sees nothing of the first, and its chat leads to it alone", async () => {
  const firstKey = (await api.get<{ key: string }>("/widget")).key;
  const { items: talks } = await api.get<List<{ id: string; customer: { id: string; name: string }; subject: string }>>("/conversations?view=all&limit=100");
  expect(talks.length).toBeGreaterThan(5);

  // founded and entered from the console, by whoever owns the first
  const agent = new Agent(await open(browser, { state: boss.state, allow: [/^answered 404: GET /] }), "nb");
  await agent.goes(server);
  await agent.list.getByRole("link").first().waitFor();
  const second = await api.post<{ id: string }>("/shops", { name: "Fjellvev", language: "nb", time_zone: "Europe/Oslo" });
  await agent.page.reload();
  await agent.page.getByRole("button", { name: agent.t("own-menu", { name: boss.name, availability: agent.t("availability-away") }) }).or(agent.page.getByRole("button", { name: agent.t("own-menu", { name: boss.name, availability: agent.t("availability-online") }) })).click();
  await agent.page.getByRole("menuitem", { name: agent.t("switch-shop", { shop: "Fjellvev" }) }).click();
  await agent.page.getByRole("link", { name: "Fjellvev" }).waitFor();

  for (const view of ways) {
    await agent.goes(server, `/inbox/${view}`);
    await agent.page.getByText(agent.t(`empty-${view}`), { exact: true }).waitFor();
  }
  await agent.goes(server, "/customers");
  await agent.page.getByText(agent.t("no-customers"), { exact: true }).waitFor();
  for (const text of [talks[0]!.customer.name, talks[0]!.subject.split(" ")[0]!]) {
    await agent.goes(server, `/search?q=${encodeURIComponent(text)}`);
    await agent.page.getByText(agent.t("search-nothing", { text })).waitFor();
  }
  await agent.goes(server, `/inbox/all/${talks[0]!.id}`);
  await agent.page.getByText(agent.t("thread-gone"), { exact: true }).waitFor();
  for (const path of ["/conversations?view=all", "/customers", "/tags", "/macros", "/tokens", "/audit", "/invitations", "/widget/keys"]) {
    const seen = await agent.page.evaluate(async (path) => (await fetch(`/api/v1${path}`)).text(), path);
    for (const { id, customer } of talks) {
      expect(seen, path).not.toContain(id);
      expect(seen, path).not.toContain(customer.id);
    }
  }
  // a colleague of the first shop is none of the second
  const members = await agent.page.evaluate(async () => (await (await fetch("/api/v1/members")).json()) as { items: { name: string }[] });
  expect(members.items.map(({ name }) => name)).toEqual([boss.name]);

  // its own chat
  const session = (await agent.window.context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const inside = new Api(server.origin);
  const own = await inside.ask<Widget>("GET", "/widget", undefined, { cookie: session });
  expect(own.key).not.toBe(firstKey);
  const site = await Site.opens(server);
  try {
    await inside.ask("PUT", "/widget", { ...own.settings, origins: [site.origin], needs_consent: false, ask_name: "no", ask_email: "no", departments_choice: false }, { cookie: session, origin: server.origin });
    await setWidget(api, { origins: [] });
    site.key = own.key;
    site.page = () => ({ title: "Fjellvev" });
    const shopper = new Shopper(await open(browser));
    await shopper.page.goto(site.origin);
    await shopper.opens();
    await shopper.panel.getByRole("heading", { name: "Fjellvev" }).waitFor();
    await shopper.button("start").or(shopper.button("leave")).click();
    // by the clock the shop may be closed: then an address is asked for
    await shopper.button("go-on").or(shopper.field).first().waitFor();
    if (await shopper.button("go-on").isVisible()) await shopper.answers({ email: "me@example.org", consent: false });
    await shopper.writes("Do you weave blankets?");
    await shopper.sent();
    await agent.goes(server, "/inbox/open");
    await agent.list.getByText("Do you weave blankets?").first().waitFor();
    expect((await api.get<List<{ subject: string }>>("/conversations?view=all&limit=100")).items.map(({ subject }) => subject)).not.toContain("Do you weave blankets?");

    // and the other way round: a visitor of the first stays there
    const visitor = await Visitor.arrives(server, { key: firstKey });
    await visitor.begins("Only for the first", { name: "First" });
    await expect(visitor.api.get(`/chat/conversations/${talks[0]!.id}/messages`)).rejects.toMatchObject({ status: 404 });
    await agent.list.getByText("Do you weave blankets?").first().waitFor();
    expect(await agent.page.getByText("Only for the first").count()).toBe(0);
  } finally {
    await site.closes();
  }
  expect(second.id).toMatch(/^shp_/);
});

it("an owner who writes its name closes a shop, and goes on in another", async () => {
  const third = await api.post<{ id: string }>("/shops", { name: "Fjell & Fjære", language: "nb", time_zone: "Europe/Oslo" });
  const inside = await enter(server, boss, third.id);
  const agent = new Agent(await open(browser, { state: inside.state, allow: [/^answered 422: DELETE /, /^answered 401: /] }), "nb");
  const elsewhere = new Agent(await open(browser, { state: inside.state, allow: [/^answered 401: /] }), "nb");
  await elsewhere.goes(server);
  await elsewhere.list.waitFor();

  await agent.goes(server, "/settings/shop");
  await agent.button("shop-close-start").click();
  const dialog = agent.page.getByRole("dialog", { name: agent.t("shop-close-title", { shop: "Fjell & Fjære" }) });
  const field = dialog.getByRole("textbox", { name: agent.t("shop-close-name", { shop: "Fjell & Fjære" }) });
  await expect.poll(() => field.evaluate((it) => it === document.activeElement)).toBe(true);
  await field.fill("Fjell");
  await agent.page.keyboard.press("Enter");
  await expect.poll(() => field.getAttribute("aria-invalid")).toBe("true");
  await dialog.getByText("Fjell & Fjære").first().waitFor();
  await field.fill("Fjell & Fjære");
  await dialog.getByRole("button", { name: agent.t("shop-close-yes") }).click();
  await agent.page.getByRole("heading", { level: 1, name: agent.t("shop-closed-title", { shop: "Fjell & Fjære" }) }).waitFor();
  const { name } = await api.get<{ name: string }>("/shop");
  await agent.page.getByText(name, { exact: false }).first().waitFor();
  // whoever looked on is out at once
  await elsewhere.page.getByRole("heading", { name: elsewhere.t("sign-in") }).waitFor();

  await agent.button("sign-in").click();
  await agent.page.getByRole("textbox", { name: agent.t("email") }).fill(boss.email);
  await agent.page.getByLabel(agent.t("password"), { exact: true }).fill(boss.password);
  await agent.button("sign-in").click();
  await agent.list.waitFor();
  await agent.goes(server, "/settings/shops");
  const shops = agent.page.getByRole("list", { name: agent.t("settings-shops") });
  await shops.getByText(name, { exact: true }).waitFor();
  expect(await shops.getByText("Fjell & Fjære").count()).toBe(0);
});

it("who may not close a shop is not offered to", async () => {
  const admin = await hire(server, { name: "Ada Vik", role: "admin" });
  const agent = new Agent(await open(browser, { state: admin.state }));
  await agent.goes(server, "/settings/shop");
  await agent.page.getByRole("heading", { name: agent.t("block-list") }).waitFor();
  expect(await agent.button("shop-close-start").count()).toBe(0);
});
