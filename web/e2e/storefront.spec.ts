import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agent } from "./support/agent";
import type { List } from "./support/api";
import { launch, open, openFor, phone, wide } from "./support/browser";
import { faults } from "./support/looks";
import { repository, Server } from "./support/server";
import { Shopper } from "./support/shopper";
import { type Colleague, hire } from "./support/team";
import { type Language, languages } from "./support/words";

type Catalogue = { page: Record<Language, Record<string, string>>; products: { slug: string; texts: Record<Language, { name: string }> }[] };
const demo: Catalogue = JSON.parse(readFileSync(join(repository, "crates/app/demo/catalog.json"), "utf8"));

let server: Server;
let browser: Browser;
let departments: Record<Language, string>;
const team = {} as Record<Language, Colleague>;

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
  for (const language of languages) team[language] = await hire(server, { name: `Åse ${language}`, language });
  const { items } = await server.api.get<List<{ names: Record<Language, string> }>>("/departments");
  departments = items[0]!.names;
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe("a cart and what is wished for", () => {
  it.each(languages)("are filled on the shop's page and seen beside the chat at once, in %s", { timeout: 120_000 }, async (language) => {
    const [words, tent, name] = [demo.page[language], demo.products[0]!.texts[language].name, `Mara ${language}`];
    const shopper = new Shopper(await open(browser, { language }), language);
    await shopper.begins(server, { department: departments[language], name, email: "mara@example.org", text: "?" });
    const agent = new Agent(await open(browser, { language, state: team[language].state }), language);
    await agent.goes(server);
    await agent.opens(name);

    const shop = shopper.page.locator("main");
    const add = shop.getByRole("button", { name: words.add, exact: true });
    // the panel of the chat may lie over it
    await add.evaluate((button: HTMLElement) => button.click());
    await shop.locator("#cart li").waitFor();
    const wish = shop.getByRole("button", { name: words.wish });
    await wish.evaluate((button: HTMLElement) => button.click());
    expect(await wish.getAttribute("aria-pressed")).toBe("true");
    expect(await agent.page.getByText(agent.t("cart-total"), { exact: true }).count(), "nobody has agreed yet").toBe(0);
    await shop.getByRole("checkbox").evaluate((box: HTMLElement) => box.click());

    const panel = agent.page.getByRole("complementary", { name: agent.t("customer"), exact: true });
    await panel.getByText(agent.t("cart-total"), { exact: true }).waitFor();
    await panel.getByRole("link", { name: tent }).first().waitFor();
    // what was wished for before they agreed, too
    const wishes = panel.locator("summary", { hasText: agent.t("wishes") });
    await wishes.waitFor();
    await wish.evaluate((button: HTMLElement) => button.click());
    await wishes.waitFor({ state: "detached" });
    await add.evaluate((button: HTMLElement) => button.click());
    await panel.getByText(/^2 × /).waitFor();
    expect(await faults(shopper.page, language, { names: [departments[language], name] })).toEqual([]);
    expect(await faults(agent.page, language, { names: [departments[language], name] })).toEqual([]);

    const { items } = await server.api.get<List<{ id: string }>>(`/customers?q=${encodeURIComponent(name)}`);
    for (const size of [wide, phone]) {
      const window = await openFor(browser, { language, size, theme: size === phone ? "dark" : "light", state: team[language].state });
      const { page } = await new Agent(window, language).goes(server, `/customers/${items[0]!.id}`);
      await page.getByText(agent.t("cart-total"), { exact: true }).waitFor();
      expect(await faults(page, language, { names: [departments[language], name] })).toEqual([]);
      await window.context.close();
    }

    await shop.getByRole("checkbox").evaluate((box: HTMLElement) => box.click());
    await panel.getByText(agent.t("cart-total"), { exact: true }).waitFor({ state: "detached" });
  });
});
