import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agent } from "./support/agent";
import { launch, open, openFor, phone, tabTo, wide } from "./support/browser";
import { faults } from "./support/looks";
import { Server } from "./support/server";
import { Shopper } from "./support/shopper";
import { Site, setWidget, signed } from "./support/site";
import { type Colleague, hire } from "./support/team";
import { chat, desk, type Language, languages } from "./support/words";

/** Of the demo shop's own texts. */
const returns: Record<Language, string> = { en: "30 days", nb: "30 dager", tr: "30 gün", zh: "30 天" };

let server: Server;
let browser: Browser;
const team = {} as Record<Language, Colleague>;

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
  for (const language of languages) team[language] = await hire(server, { name: `Åse ${language}`, role: "admin", language });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe("the bot", () => {
  it.each(languages)("answers a tap at once, says what it is, and hands over to a person, in %s", { timeout: 120_000 }, async (language) => {
    const name = `Mara ${language}`;
    const shopper = new Shopper(await open(browser, { language, size: phone }), language);
    await (await shopper.visits(server)).opens();
    const replies = shopper.panel.getByRole("navigation", { name: shopper.t("quick") });
    await replies.waitFor();
    expect(await faults(shopper.page, language, { names: await replies.getByRole("button").allTextContents() })).toEqual([]);

    // by keyboard alone
    await tabTo(shopper.page, replies.getByRole("button", { name: desk[language]("quick-reply-return-policy") }));
    await shopper.page.keyboard.press("Enter");
    const answer = shopper.log.locator(".bubble").filter({ hasText: returns[language] });
    await answer.waitFor();
    await shopper.log.getByText(shopper.t("bot")).waitFor();
    const names = await shopper.log.locator(".bubble, nav button").allTextContents();
    expect(await faults(shopper.page, language, { names })).toEqual([]);
    const text = (await answer.textContent())!;
    await tabTo(shopper.page, shopper.button("person"));
    await shopper.page.keyboard.press("Enter");
    await shopper.answers({ name, email: "mara@example.org" });
    await shopper.sent();

    const agent = new Agent(await open(browser, { language, state: team[language].state }), language);
    await agent.goes(server);
    await agent.opens(name);
    await agent.message(text).waitFor();
    await agent.message(text).getByText(agent.t("bot-answer")).waitFor();
    await agent.message(shopper.t("person")).waitFor();
    // the list shows the walks in the other languages as well
    const asked = languages.map((each) => chat[each]("person"));
    expect(await faults(agent.page, language, { names: [name, ...names, ...asked] })).toEqual([]);
  });

  it("is asked one thing after another, and left when that helps", { timeout: 60_000 }, async () => {
    const shopper = new Shopper(await open(browser, { language: "en" }));
    await (await shopper.visits(server)).opens();
    const tap = (key: string) => shopper.panel.getByRole("button", { name: desk.en(key) }).click();
    await tap("quick-reply-shipping");
    await shopper.log.getByText("free from 990 kr").waitFor();
    await tap("quick-reply-opening-hours");
    await shopper.log.getByText(`${desk.en("day-1")}: `).waitFor();
    await shopper.button("helped").click();
    await shopper.panel.getByText(shopper.t("glad")).waitFor();
    await shopper.choices.waitFor();
    // nobody at the shop has anything of it
    const agent = new Agent(await open(browser, { state: team.en.state }));
    await agent.goes(server, "/inbox/open");
    await agent.list.getByRole("link").first().waitFor();
    expect(await agent.list.textContent()).not.toContain(desk.en("quick-reply-shipping"));
  });

  it.each(languages)("tells only who knows an order where it is, and brings a person when it is late, in %s", { timeout: 120_000 }, async (language) => {
    const name = `Jonas ${language}`;
    const shopper = new Shopper(await open(browser, { language, size: language === "tr" ? wide : phone, theme: "dark" }), language);
    await (await shopper.visits(server)).opens();
    await shopper.panel.getByRole("button", { name: desk[language]("quick-reply-track-order") }).click();
    const knows = async (postcode: string) => {
      await shopper.panel.getByLabel(shopper.t("number")).fill("2317");
      await shopper.panel.getByLabel(shopper.t("email")).fill("jonas.berg@example.org");
      await shopper.panel.getByLabel(shopper.t("postcode")).fill(postcode);
      await shopper.button("track").click();
    };
    const names = await shopper.log.locator(".bubble.shop, nav button").allTextContents();
    expect(await faults(shopper.page, language, { names: [...names, desk[language]("quick-reply-track-order")] })).toEqual([]);
    shopper.window.trap.allow(/^answered 422/);
    await knows("9999");
    await shopper.panel.getByRole("alert").waitFor();
    // four walks, and five guesses at an order
    if (language !== "en") return;
    await knows("0155");
    await shopper.log.getByText("#2317").waitFor();
    await shopper.log.getByText(desk.en("told-person")).waitFor();
    await shopper.button("person").click();
    await shopper.answers({ name, email: "jonas.berg@example.org" });
    await shopper.sent();
    const agent = new Agent(await open(browser, { state: team.en.state }));
    await agent.goes(server);
    await agent.opens(name);
    await agent.messages.getByRole("link", { name: "#2317" }).waitFor();
  });
});

describe("whom the shop has signed in", () => {
  it("sees their own orders with one tap, and a late one is with a person before they have asked", { timeout: 60_000 }, async () => {
    const site = await Site.opens(server);
    await setWidget(server.api, { origins: [site.origin], needs_consent: false });
    const { secret } = await server.api.post<{ secret: string }>("/widget/keys");
    // the demo shop knows Jonas by this account, and his tent is late
    site.page = () => ({ script: `ombud("identify", ${JSON.stringify(signed(secret, site.key, { sub: "late-parcel" }))});` });
    const shopper = new Shopper(await open(browser));
    await shopper.page.goto(site.origin);
    await shopper.opens();
    await shopper.panel.getByRole("button", { name: desk.en("quick-reply-track-order") }).click();
    await shopper.log.getByText("#2317").waitFor();
    await shopper.log.getByText("#1984").waitFor();
    await shopper.sent();
    await shopper.field.waitFor();

    const agent = new Agent(await open(browser, { state: team.en.state }));
    await agent.goes(server, "/inbox/unassigned");
    await agent.list.getByRole("link").filter({ hasText: "Jonas Berg" }).filter({ hasText: desk.en("quick-reply-track-order") }).click();
    await agent.messages.getByRole("link", { name: "#2317" }).waitFor();
    await setWidget(server.api, { needs_consent: true });
    await site.closes();
  });
});

describe("what the bot answers", () => {
  it.each(languages)("is written in the settings, seen while it is written, in %s", { timeout: 120_000 }, async (language) => {
    for (const size of [wide, phone]) {
      const window = await openFor(browser, { language, size, theme: size === phone ? "dark" : "light", state: team[language].state });
      const agent = new Agent(window, language);
      const { page } = await agent.goes(server, "/settings/quick-replies");
      const text = page.getByRole("textbox").first();
      await text.waitFor();
      const before = await text.inputValue();
      await text.fill("{{ shop.name }}: 365!");
      await page.getByRole("complementary", { name: agent.t("preview") }).getByText(": 365!").waitFor();
      await text.fill(before);
      const names = await page.locator("option, .bubble, textarea").allTextContents();
      expect(await faults(page, language, { names })).toEqual([]);
      await window.context.close();
    }
  });
});
