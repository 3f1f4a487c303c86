import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agent } from "./support/agent";
import type { List } from "./support/api";
import { launch, open } from "./support/browser";
import { everyWay, faults } from "./support/looks";
import { Server } from "./support/server";
import { hire } from "./support/team";
import { languages } from "./support/words";

type Goods = { product: string; available: number | null } | null;
type Order = { id: string; number: string; customer: string; lines: { sku: string | null; title: string; goods: Goods }[] };

let server: Server;
let browser: Browser;
/** An order that is on its way, of a tent that has run out. */
let order: Order;

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
  order = (await server.api.get<List<Order>>("/orders?q=2317")).items[0]!;
  const now = new Date().toISOString();
  const count = (variant: string, location: string, available: number) => ({ variant, location, available, changed_at: now });
  await server.api.post("/stock", { levels: [count(order.lines[0]!.sku!, "Lager Lillestrøm", 0), count(order.lines[0]!.sku!, "Butikken i Oslo", 0), count("STOVE", "Lager Lillestrøm", 4), count("STOVE", "Butikken i Oslo", 2)] });
  await server.api.post("/orders", {
    ...{ reference: "9002", number: "#9002", placed_at: now, changed_at: now, payment: "paid", fulfilment: "none", currency: "NOK" },
    ...{ lines: [{ reference: "1", sku: "STOVE", title: "Stove", variant: null, quantity: 14, total: 19_900, picture: null }], total: 19_900, parcels: [] },
  });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe("goods", () => {
  it.each(languages)("are told of beside each line, and before they are sent again, and look right, in %s", { timeout: 180_000 }, async (language) => {
    const { state } = await hire(server, { name: `Åse ${language}`, role: "lead", language });
    const agent = new Agent(await open(browser, { language, state }), language);
    const { page } = await agent.goes(server, `/orders/${order.id}`);
    const names = (await server.api.get<List<{ name: string }>>("/departments")).items.map(({ name }) => name);
    const found: string[] = [];
    const look = async (what: string) => found.push(...(await everyWay(page, what, () => faults(page, language, { names }))));
    const sheet = page.getByRole("complementary", { name: agent.t("order-number", { number: order.number }) });
    await sheet.getByText(agent.t("stock-none")).first().waitFor();
    await sheet.getByText("Butikken i Oslo").first().waitFor();
    await look("an order");

    await sheet.getByRole("button", { name: agent.t("order-actions-more") }).press("Enter");
    await page.getByRole("menuitem", { name: agent.t("deed-replacement-start") }).press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("spinbutton").first().fill("1");
    await expect.poll(() => dialog.getByRole("status").textContent()).toContain(order.lines[0]!.title);
    await look("sending again");
    await page.keyboard.press("Escape");

    await agent.goes(server, "/products");
    await page.getByLabel(agent.t("sort-products")).selectOption("best_selling");
    const first = page.getByRole("list", { name: agent.t("products") }).getByRole("link").first();
    await first.getByText(agent.t("sells-fast")).waitFor();
    await look("what sells best");
    await first.click();
    await page.getByText(agent.t("sells-fast-about")).waitFor();
    await look("what sells fast");
    expect(found).toEqual([]);
  });
});
