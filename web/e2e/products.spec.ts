import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agent } from "./support/agent";
import type { List } from "./support/api";
import { launch, open, openFor, phone, wide } from "./support/browser";
import { faults, overhanging } from "./support/looks";
import { Server } from "./support/server";
import { Shopper } from "./support/shopper";
import { type Colleague, hire } from "./support/team";
import { type Language, languages } from "./support/words";

const tent: Record<Language, string> = { en: "Vidde tent", nb: "Teltet Vidde", tr: "Vidde çadır", zh: "荒原帐篷" };

let server: Server;
let browser: Browser;
const team = {} as Record<Language, Colleague>;
let departments: Record<Language, string>;

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
  await server.api.patch("/shop", { undo_send_seconds: 1 });
  for (const language of languages) team[language] = await hire(server, { name: `Åse ${language}`, language });
  const { items } = await server.api.get<List<{ names: Record<Language, string> }>>("/departments");
  departments = items[0]!.names;
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe("a product", () => {
  it.each(languages)("is found in the composer, shown to the shopper in their words, and looks right, in %s", { timeout: 120_000 }, async (language) => {
    const name = `Mara ${language}`;
    const shopper = new Shopper(await open(browser, { language }), language);
    const agent = new Agent(await open(browser, { language, state: team[language].state }), language);
    await shopper.begins(server, { department: departments[language], name, email: "mara@example.org", text: "?" });
    await agent.goes(server);
    await agent.opens(name);

    // what is offered comes after the list has opened, and all of it can be seen
    await agent.button("show-product").click();
    await agent.page.getByRole("option").nth(5).waitFor();
    expect(await overhanging(agent.page)).toEqual([]);
    await agent.page.keyboard.press("Escape");

    // by keyboard, and faster than the answer: Enter takes what was looked for, not what stood there before
    await agent.button("show-product").click();
    await agent.page.getByRole("combobox", { name: agent.t("search-products") }).fill("tent-2");
    await agent.page.keyboard.press("Enter");
    await agent.page.getByRole("list", { name: agent.t("products") }).getByText(tent[language]).waitFor();
    await agent.button("send").click();

    const card = shopper.log.locator(".card").filter({ hasText: tent[language] });
    await card.waitFor();
    expect(await card.getAttribute("href")).toContain("/demo/shop?product=tent");
    expect((await card.textContent())?.replaceAll("\u00a0", " ")).toMatch(/4[,. ]490/);
    await expect.poll(() => card.locator("img").evaluate((picture: HTMLImageElement) => picture.complete && picture.naturalWidth > 0)).toBe(true);
    await agent.messages.getByRole("link", { name: tent[language] }).waitFor();

    const names = [departments[language], name];
    expect(await faults(shopper.page, language, { names })).toEqual([]);
    expect(await faults(agent.page, language, { names })).toEqual([]);
  });

  it.each(languages)("has its own page, with stock and prices, in %s", { timeout: 120_000 }, async (language) => {
    const { items } = await server.api.get<List<{ id: string; title: string }>>("/products");
    const { id } = items.find(({ title }) => title === tent.nb)!;
    for (const size of [wide, phone]) {
      const window = await openFor(browser, { language, size, theme: size === phone ? "dark" : "light", state: team[language].state });
      const { page } = await new Agent(window, language).goes(server, `/products/${id}`);
      const sheet = page.getByRole("complementary", { name: tent[language] });
      await sheet.getByText("TENT-2").waitFor();
      expect(await sheet.textContent()).toContain("Lager Lillestrøm");
      expect(await faults(page, language, { names: [] })).toEqual([]);
      await window.context.close();
    }
  });

  it("that changes changes on every screen", async () => {
    const { page } = await new Agent(await open(browser, { state: team.en.state })).goes(server, "/products");
    const row = page.getByRole("link").filter({ hasText: tent.en });
    await row.getByText("16 in stock").waitFor();
    const count = (available: number) => server.api.post("/stock", { levels: [{ variant: "TENT-2", location: "Lager Lillestrøm", available, changed_at: new Date().toISOString() }] });
    await count(1);
    await row.getByText("Only 3 left").waitFor();
  });
});
