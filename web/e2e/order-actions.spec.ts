import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agent } from "./support/agent";
import type { List } from "./support/api";
import { launch, open } from "./support/browser";
import { everyWay, faults, lines } from "./support/looks";
import { Server } from "./support/server";
import { hire } from "./support/team";
import { languages } from "./support/words";

let server: Server;
let browser: Browser;
/** An order that was paid and is on its way, late. */
let order: { id: string; number: string; currency: string };

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
  const { items } = await server.api.get<List<{ id: string; number: string; total: { currency: string } }>>("/orders?q=2317");
  order = { ...items[0]!, currency: items[0]!.total.currency };
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** What agents may give back, in the order's currency. */
async function limit(minor: number) {
  const { items } = await server.api.get<List<{ id: string; key: string | null }>>("/roles");
  const role = items.find(({ key }) => key === "agent")!.id;
  await server.api.ask("PUT", "/refund-limits", { items: [{ role, currency: order.currency, at_once: minor, in_a_day: 100 * minor }] });
}

const sheet = (agent: Agent) => agent.page.getByRole("complementary", { name: agent.t("order-number", { number: order.number }) });

/** Fills in what is given back, with the keyboard alone. */
async function asks(agent: Agent, amount: string) {
  const { page } = agent;
  await sheet(agent).getByRole("button", { name: agent.t("deed-refund-start") }).press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(agent.t("amount"), { exact: true }).fill(amount);
  await dialog.getByLabel(agent.t("cause")).selectOption("carrier");
  await dialog.getByLabel(agent.t("reason"), { exact: true }).fill("Three days late");
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
}

/** Orders of which nothing is packed, the newest first. */
const unpacked = async () => (await server.api.get<List<{ id: string; number: string; status: string }>>("/orders?limit=50")).items.filter(({ status }) => status === "unfulfilled");

/** Asks for one of the things that are not money. */
async function begins(agent: Agent, what: string) {
  const start = sheet(agent).getByRole("button", { name: agent.t("order-actions-more") });
  await start.press("Enter");
  await agent.page.getByRole("menuitem", { name: agent.t(what) }).press("Enter");
  return agent.page.getByRole("dialog");
}

describe("an order that is on its way", () => {
  it("is sent again in part, by the keyboard alone, and the new order is there", async () => {
    const { state } = await hire(server, { name: "Ola Dahl", role: "lead" });
    const agent = await new Agent(await open(browser, { state, allow: [/^answered 422: POST /] })).goes(server, `/orders/${order.id}`);
    const dialog = await begins(agent, "deed-replacement-start");
    await dialog.getByLabel(agent.t("cause")).selectOption("carrier");
    await dialog.getByLabel(agent.t("reason"), { exact: true }).fill("Lost on the way");
    await agent.page.keyboard.press("Enter");
    await dialog.locator("[aria-invalid=true]").first().waitFor();
    await dialog.getByRole("spinbutton").first().fill("1");
    await dialog.getByRole("button", { name: agent.t("deed-replacement-yes") }).press("Enter");
    await dialog.waitFor({ state: "detached" });
    const first = sheet(agent).getByRole("list", { name: agent.t("order-actions") }).getByRole("listitem").first();
    await first.getByText(agent.t("action-made")).waitFor();
    await first.getByText(`${order.number}-R`).waitFor();
    const { items } = await server.api.get<List<{ number: string; total: { minor: number } }>>("/orders?q=2317");
    expect(items.find(({ number }) => number === `${order.number}-R`)?.total.minor).toBe(0);
  });

  it("can be given back and sent again, and no more", async () => {
    const { can } = await server.api.get<{ can: string[] }>(`/orders/${order.id}/actions`);
    expect(can).toEqual(["refund", "replacement", "discount_code", "duplicate"]);
  });
});

describe("money given back for an order", () => {
  it("is given back at once below the limit, and above it when a colleague agrees; both see it without loading anything", async () => {
    await limit(50_000);
    const ines = await hire(server, { name: "Ines Moe" });
    const lead = await hire(server, { name: "Liv Lien", role: "lead" });
    const agent = await new Agent(await open(browser, { state: ines.state })).goes(server, `/orders/${order.id}`);
    await asks(agent, "100");
    const done = sheet(agent).getByRole("list", { name: agent.t("order-actions") }).getByRole("listitem");
    await done.first().getByText(agent.t("action-made")).waitFor();
    await sheet(agent).getByText(agent.t("order-partially-refunded")).or(sheet(agent).getByText(/100\.00.*refunded/)).first().waitFor();

    const boss = await new Agent(await open(browser, { state: lead.state })).goes(server, "/orders");
    await asks(agent, "501");
    await done.first().getByText(agent.t("action-waiting")).waitFor();
    expect(await done.first().getByRole("button").count(), "nobody agrees with themselves").toBe(0);
    const waiting = boss.page.getByRole("region", { name: boss.t("approvals") });
    await waiting.getByText("Three days late").waitFor();
    await waiting.getByRole("button", { name: boss.t("action-agree") }).click();
    await waiting.waitFor({ state: "detached" });
    await done.first().getByText(agent.t("action-made")).waitFor();
  });

  it("is never more than what the lines come to, and says what will be left", async () => {
    const { state } = await hire(server, { name: "Ada Vik", role: "lead" });
    const agent = await new Agent(await open(browser, { state, allow: [/^answered 422: POST /] })).goes(server, `/orders/${order.id}`);
    await sheet(agent).getByRole("button", { name: agent.t("deed-refund-start") }).click();
    const dialog = agent.page.getByRole("dialog");
    const [amount, quantity] = [dialog.getByLabel(agent.t("amount"), { exact: true }), dialog.getByRole("spinbutton").first()];
    await quantity.fill("1");
    await expect.poll(() => amount.inputValue()).toMatch(/^[1-9]/);
    await dialog.getByRole("status").waitFor();
    await dialog.getByRole("button", { name: agent.t("refund-all") }).click();
    const { left } = await server.api.get<{ left: { minor: number } }>(`/orders/${order.id}/actions`);
    await expect.poll(async () => Math.round(Number((await amount.inputValue()).replace(",", ".")) * 100)).toBe(left.minor);
    await amount.fill(String(left.minor));
    await dialog.getByLabel(agent.t("cause")).selectOption("product");
    await dialog.getByLabel(agent.t("reason"), { exact: true }).fill("Too much");
    await agent.page.keyboard.press("Enter");
    await dialog.locator("[aria-invalid=true]").waitFor();
  });

  it.each(languages)("looks right in %s", { timeout: 120_000 }, async (language) => {
    const unsent = (await unpacked())[0]!;
    await limit(100);
    const asker = await hire(server, { name: `Ines ${language}` });
    const mine = await new Agent(await open(browser, { state: asker.state })).goes(server, `/orders/${order.id}`);
    await asks(mine, "5");
    const { state } = await hire(server, { name: "Åse Bråten", role: "admin", language });
    const names = (await server.api.get<List<{ name: string }>>("/departments")).items.map(({ name }) => name);
    const agent = new Agent(await open(browser, { language, state }), language);
    const { page } = await agent.goes(server, "/orders");
    const found: string[] = [];
    const look = async (what: string) => found.push(...(await everyWay(page, what, () => faults(page, language, { names }))));
    await page.getByRole("region", { name: agent.t("approvals") }).waitFor();
    await look("what waits");
    await agent.goes(server, `/orders/${order.id}`);
    await sheet(agent).getByRole("list", { name: agent.t("order-actions") }).waitFor();
    await look("an order");
    await sheet(agent).getByRole("button", { name: agent.t("deed-refund-start") }).click();
    await page.getByRole("dialog").getByRole("button", { name: agent.t("refund-all") }).click();
    await page.getByRole("dialog").getByRole("status").waitFor();
    await look("the question");
    await page.keyboard.press("Escape");
    await begins(agent, "deed-replacement-start");
    await look("what is sent again");
    await page.keyboard.press("Escape");
    await agent.goes(server, `/orders/${unsent.id}`);
    const menu = page.getByRole("button", { name: agent.t("order-actions-more") });
    for (const what of ["deed-redirection-start", "deed-packing_note-start", "deed-discount_code-start", "deed-cancellation-start"] as const) {
      await menu.click();
      await page.getByRole("menuitem", { name: agent.t(what) }).click();
      await page.getByRole("dialog").waitFor();
      await look(what);
      await page.keyboard.press("Escape");
    }
    await agent.goes(server, "/settings/refund-limits");
    await page.getByRole("button", { name: agent.t("refund-limit-add") }).click();
    await page.getByRole("dialog").waitFor();
    await look("a limit");
    expect(lines(found)).toBe("");
  });
});

describe("an order that is not packed", () => {
  it("is sent elsewhere, written about, and cancelled, once", async () => {
    const { state } = await hire(server, { name: "Eva Sand" });
    const unsent = (await unpacked())[0]!;
    const agent = await new Agent(await open(browser, { state })).goes(server, `/orders/${unsent.id}`);
    const { page } = agent;
    const shown = page.getByRole("complementary", { name: agent.t("order-number", { number: unsent.number }) });
    const done = shown.getByRole("listitem").filter({ hasText: agent.t("action-made") });
    const choose = async (what: string) => {
      await shown.getByRole("button", { name: agent.t("order-actions-more") }).click();
      await page.getByRole("menuitem", { name: agent.t(what) }).click();
      return page.getByRole("dialog");
    };
    const moving = await choose("deed-redirection-start");
    for (const [field, text] of [["destination-street", "Nygata 5"], ["destination-city", "Bergen"]] as const) await moving.getByLabel(agent.t(field)).fill(text);
    await moving.getByLabel(agent.t("destination-country")).selectOption("NO");
    await moving.getByRole("button", { name: agent.t("deed-redirection-yes") }).click();
    await done.filter({ hasText: "Nygata 5, Bergen, Norway" }).waitFor();
    const noting = await choose("deed-packing_note-start");
    await noting.getByLabel(agent.t("packing-note")).fill("No invoice, it is a present");
    await noting.getByRole("button", { name: agent.t("deed-packing_note-yes") }).click();
    await done.filter({ hasText: "No invoice" }).waitFor();
    const ending = await choose("deed-cancellation-start");
    await ending.getByLabel(agent.t("cause")).selectOption("customer");
    await ending.getByLabel(agent.t("reason"), { exact: true }).fill("Ordered twice");
    await ending.getByRole("button", { name: agent.t("deed-cancellation-yes") }).click();
    await done.filter({ hasText: agent.t("deed-cancellation") }).waitFor();
    await shown.getByText(agent.t("order-cancelled")).first().waitFor();
    // a code for the next order, and the same order once more, are all that is left
    await shown.getByRole("button", { name: agent.t("order-actions-more") }).click();
    await expect.poll(() => page.getByRole("menuitem").count()).toBe(2);
    await page.getByRole("menuitem", { name: agent.t("deed-discount_code-start") }).click();
    const giving = page.getByRole("dialog");
    await giving.getByLabel(agent.t("discount-off")).selectOption("15");
    await giving.getByLabel(agent.t("cause")).selectOption("warehouse");
    await giving.getByLabel(agent.t("reason"), { exact: true }).fill("It was sold out");
    await giving.getByRole("button", { name: agent.t("deed-discount_code-yes") }).click();
    await done.filter({ hasText: agent.t("deed-discount_code") }).getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/).waitFor();
  });
});
