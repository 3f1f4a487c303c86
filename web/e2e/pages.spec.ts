import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomUUID } from "node:crypto";
import type { List } from "./support/api";
import { launch, network, open } from "./support/browser";
import { axe, everyWay, faults, lines, sideways } from "./support/looks";
import { png } from "./support/pictures";
import { openAllDay, Server } from "./support/server";
import { Shopper } from "./support/shopper";
import { hire } from "./support/team";
import { type Language, languages } from "./support/words";

let server: Server;
let browser: Browser;
const departments = {} as Record<Language, string>;

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
  await server.api.patch("/shop", { undo_send_seconds: 0 });
  await hire(server, { name: "Amy Walker" });
  const { items } = await server.api.get<List<{ names: Record<Language, string> }>>("/departments");
  Object.assign(departments, items[0]!.names);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe("every screen of the chat, in light and dark, wide and on a phone", () => {
  it.each(languages)("in %s", { timeout: 240_000 }, async (language) => {
    const found: string[] = [];
    const shopper = new Shopper(await open(browser, { language, allow: network }), language);
    const { page } = shopper;
    // axe takes the page's skip link for none once links stand in the chat beside it; without the chat it is looked at
    let without: string[] = [];
    const look = async (where: string) => found.push(...(await everyWay(page, where, () => faults(page, language, { without }))));
    await shopper.visits(server);
    await look("the shop's page");
    without = [".skip"];
    await shopper.opens();
    await shopper.panel.getByRole("navigation", { name: shopper.t("choose") }).waitFor();
    await look("first page");
    await shopper.chooses(departments[language]);
    await shopper.button("go-on").click();
    await shopper.panel.getByText(shopper.t("consent-missing")).waitFor();
    await look("questions");
    await shopper.answers({ name: "Maximiliane Wolkenstein-Oberhuber", email: "max@example.org" });
    await look("empty chat");
    await shopper.panel.locator("input[type=file]").setInputFiles([
      { name: "a-rather-long-name-of-a-picture-that-does-not-fit-anywhere.png", mimeType: "image/png", buffer: png(300, 200) },
      { name: "empty.png", mimeType: "image/png", buffer: Buffer.alloc(0) },
    ]);
    await shopper.panel.getByText("a-rather-long-name").first().waitFor();
    await shopper.panel.getByRole("progressbar").waitFor({ state: "detached" });
    await look("files to send");
    await shopper.writes("Averyveryverylongwordwithoutanyplacetobreakitanywhereatall https://shop.example/a/long/address/that/goes/on/and/on/and/on?with=questions");
    await shopper.sent();
    const { items } = await server.api.get<List<{ id: string }>>("/conversations?view=open&limit=1");
    const html = '<p>Yes, <strong>it does</strong>.</p><ul><li>one</li></ul><p><a href="https://example.org">example</a></p>';
    await server.api.post(`/conversations/${items[0]!.id}/messages`, { client_id: randomUUID(), kind: "reply", html, files: [], mentions: [], seen_seq: 999, hold_seconds: 0, then: "nothing" });
    await shopper.log.getByText("it does").waitFor();
    await look("chat");
    await shopper.button("emoji").click();
    await shopper.panel.getByRole("group", { name: shopper.t("emoji") }).waitFor();
    await look("emoji");
    await page.keyboard.press("Escape");
    await shopper.button("menu").click();
    await shopper.button("forget").waitFor();
    await look("menu");
    await shopper.button("forget").click();
    await shopper.panel.getByText(shopper.t("forget-sure")).waitFor();
    await look("forget");
    await shopper.button("cancel").click();
    await server.api.put(`/conversations/${items[0]!.id}/resolution`);
    await shopper.panel.getByText(shopper.t("resolved")).waitFor();
    await look("closed conversation");
    await shopper.button("back").click();
    await shopper.panel.getByRole("navigation", { name: shopper.t("earlier") }).waitFor();
    await look("earlier conversations");
    expect(lines(found)).toBe("");
  });

  it.each(languages)("behind a closed door, in %s", { timeout: 120_000 }, async (language) => {
    const { items } = await server.api.get<List<{ id: string; name: string; time_zone: string; is_default: boolean }>>("/schedules");
    const far = ((new Date().getUTCDay() + 3) % 7) + 1;
    for (const { id, name, time_zone, is_default } of items) await server.api.put(`/schedules/${id}`, { name, time_zone, is_default, week: [{ day: far, from: "11:00", to: "12:00" }], holidays: [] });
    try {
      const found: string[] = [];
      const shopper = new Shopper(await open(browser, { language }), language);
      const look = async (where: string) => found.push(...(await everyWay(shopper.page, where, () => faults(shopper.page, language))));
      await shopper.visits(server);
      await shopper.opens();
      await shopper.panel.getByText(shopper.t("closed")).first().waitFor();
      await look("closed");
      await shopper.chooses(departments[language]);
      await shopper.panel.getByText(shopper.t("email-why")).waitFor();
      await shopper.panel.getByRole("checkbox").check();
      await shopper.button("go-on").click();
      await shopper.panel.getByText(shopper.t("email-missing")).waitFor();
      await look("leave a message");
      // behind a closed door an address makes the answer possible
      await shopper.answers({ name: `Late ${language}`, email: "late@example.org" });
      await shopper.writes("Are you there?");
      await shopper.sent();
      const away = (await server.api.get<{ settings: { away_message: Record<Language, string> } }>("/widget")).settings.away_message[language];
      await shopper.message(away).waitFor();
      const { items: talks } = await server.api.get<List<{ customer: { id: string; name: string } }>>("/conversations?view=open&limit=5");
      const { email } = await server.api.get<{ email: string }>(`/customers/${talks.find(({ customer }) => customer.name === `Late ${language}`)!.customer.id}`);
      expect(email).toBe("late@example.org");
      expect(lines(found)).toBe("");
    } finally {
      await openAllDay(server.api);
    }
  });

  it.each(languages)("when the server cannot be reached, in %s", async (language) => {
    const found: string[] = [];
    const shopper = new Shopper(await open(browser, { language, allow: network }), language);
    await shopper.visits(server);
    // the panel has come, its settings have not
    await shopper.page.route("**/api/v1/chat/config*", (route) => route.abort("connectionrefused"));
    await shopper.opens();
    const again = shopper.panel.locator("button.main");
    await again.waitFor();
    found.push(...(await everyWay(shopper.page, "unreachable", () => faults(shopper.page, language))));
    await shopper.page.unroute("**/api/v1/chat/config*");
    await again.click();
    await shopper.panel.getByRole("navigation", { name: shopper.t("choose") }).waitFor();
    expect(lines(found)).toBe("");
  });
});

describe("the pages around", () => {
  // drawn by a library of others, in one theme, which takes its time: once is enough, and its inside is theirs
  it("draw the reference", { timeout: 120_000 }, async () => {
    const { page } = await open(browser);
    await page.goto(`${server.origin}/api/`);
    await page.locator("redoc h1").first().waitFor({ timeout: 30_000 });
    expect(lines(await everyWay(page, "reference", () => axe(page, { without: ["redoc"] }), { dark: false }))).toBe("");
  });

  it.each(languages)("in the reader's language: %s", { timeout: 120_000 }, async (language) => {
    const { page } = await open(browser, { language, allow: [/redoc/i, /ERR_FAILED/] });
    await page.route("**/redoc*.js", (route) => route.abort());
    const found: string[] = [];
    const speaks = () => page.locator("html").getAttribute("lang");
    for (const path of ["/", "/demo/mail", "/api/"]) {
      await page.goto(server.origin + path);
      expect(await speaks()).toBe(language);
      await page.getByRole("navigation").first().waitFor();
      found.push(...(await everyWay(page, path, async () => [...(await axe(page)), ...(await sideways(page))])));
    }
    expect(lines(found)).toBe("");
    // who chooses another language keeps it on the way
    const other = language === "tr" ? "nb" : "tr";
    await page.goto(`${server.origin}/`);
    await page.locator(`nav a[hreflang=${other}]`).click();
    await page.locator(`html[lang=${other}]`).waitFor();
    await page.locator('main a[href^="/demo/mail"]').click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await speaks()).toBe(other);
  });
});
