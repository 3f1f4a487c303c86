import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agent } from "./support/agent";
import type { List } from "./support/api";
import { launch, open } from "./support/browser";
import { axe, everyWay, faults, lines } from "./support/looks";
import { Server } from "./support/server";
import { type Colleague, hire } from "./support/team";
import { Visitor } from "./support/visitor";
import { languages } from "./support/words";

type Row = { id: string; customer: { id: string; name: string } };

let server: Server;
let browser: Browser;
let bo: Colleague;
/** Of the demo's stories: his tent is late. */
let jonas: Row;

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
  bo = await hire(server, { name: "Bo Vest" });
  jonas = (await server.api.get<List<Row>>("/conversations?view=all&limit=100")).items.find(({ customer }) => customer.name === "Jonas Berg")!;
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

const pegs = (changed_at: string, state: string) => ({
  reference: "9001",
  number: "#9001",
  buyer: { account: "late-parcel" },
  placed_at: hoursAgo(60),
  changed_at,
  payment: "paid",
  fulfilment: "all",
  currency: "NOK",
  lines: [{ reference: "1", sku: null, title: "Twelve pegs", variant: null, quantity: 1, total: 19_900, picture: null }],
  total: 19_900,
  parcels: [{ reference: "p", carrier: "Bring", tracking: "3707", tracking_url: "https://carrier.example/3707", state, at: changed_at, promised_at: null }],
});

describe("a customer's orders", () => {
  it("stand beside the conversation, the late one open, and change as the shop tells of them", async () => {
    const { page } = await new Agent(await open(browser, { state: bo.state })).goes(server, `/inbox/all/${jonas.id}`);
    const order = (number: string) => page.getByRole("complementary").locator("details").filter({ hasText: number });
    await order("#2317").waitFor();
    expect(await order("#2317").textContent()).toContain("Late");
    expect(await order("#2317").getByText("Teltet Vidde").isVisible()).toBe(true);
    expect(await order("#1984").getByText("Hodelykta Glød").isVisible()).toBe(false);

    await server.api.post("/orders", pegs(hoursAgo(48), "in_transit"));
    await order("#9001").getByText("On its way").waitFor();
    await server.api.post("/orders", pegs(hoursAgo(2), "delivered"));
    await order("#9001").getByText("Delivered").waitFor();

    await order("#9001").locator("summary").press("Enter");
    expect(await order("#9001").getByRole("link").getAttribute("href")).toBe("https://carrier.example/3707");
  });

  it("are led to by what a customer calls them, whoever's they are", async () => {
    const { id } = await (await Visitor.arrives(server)).begins("Hi, #2317 is for my brother, and I paid 4490. Where is parcel 70438102237190?", { name: "Per Berg" });
    const { page } = await new Agent(await open(browser, { state: bo.state })).goes(server, `/inbox/all/${id}`);
    const said = page.getByRole("article").filter({ hasText: "for my brother" });
    await said.getByRole("link", { name: "70438102237190" }).waitFor();
    expect(await said.getByRole("link").allTextContents()).toEqual(["#2317", "70438102237190"]);
    expect(await axe(page)).toEqual([]);
    await said.getByRole("link", { name: "#2317" }).click();
    await page.getByRole("complementary").getByRole("link", { name: "Jonas Berg" }).waitFor();
  });

  it("are listed where something is wrong", async () => {
    const { page } = await new Agent(await open(browser, { state: bo.state })).goes(server, "/orders");
    await page.getByRole("link", { name: "#1984" }).waitFor();
    await page.getByLabel("All orders").selectOption({ label: "Where something is wrong" });
    await page.getByRole("link", { name: "#1984" }).waitFor({ state: "detached" });
    expect(await page.getByRole("link", { name: "#2317" }).textContent()).toContain("Late");
    expect(await axe(page)).toEqual([]);
  });

  it("whose payment a bank asks back are listed, and nobody gives it back unwarned", async () => {
    const { page } = await new Agent(await open(browser, { state: bo.state })).goes(server, "/orders");
    await page.getByLabel("All orders").selectOption({ label: "Whose payment a bank asks back" });
    await page.getByRole("link", { name: "#1984" }).waitFor({ state: "detached" });
    await page.getByRole("link", { name: "#2188" }).click();
    const sheet = page.getByRole("complementary", { name: "Order #2188" });
    await sheet.getByText(/Answer it in the shop by/).waitFor();
    await sheet.getByRole("button", { name: "Give money back…" }).click();
    await page.getByRole("dialog").getByText(/A refund now may pay the customer twice/).waitFor();
    expect(await axe(page)).toEqual([]);
  });

  it.each(languages)("look right in %s", { timeout: 120_000 }, async (language) => {
    const { id } = jonas.customer;
    const { state } = await hire(server, { name: "Åse Bråten", language });
    const names = (await server.api.get<List<{ name: string }>>("/departments")).items.map((department) => department.name);
    const agent = new Agent(await open(browser, { language, state }), language);
    const found: string[] = [];
    for (const path of [`/inbox/all/${jonas.id}`, `/customers/${id}`]) {
      const { page } = await agent.goes(server, path);
      await page.locator("details").filter({ hasText: "#2317" }).waitFor();
      found.push(...(await everyWay(page, path, () => faults(page, language, { names }))));
    }
    expect(lines(found)).toBe("");
  });
});

describe("all orders", () => {
  it("are listed, found by number and by tracking number, and lead to the customer", async () => {
    const agent = await new Agent(await open(browser, { state: bo.state })).goes(server, "/orders");
    const { page } = agent;
    const row = (number: string) => page.getByRole("region", { name: agent.t("orders") }).getByRole("link").filter({ hasText: number });
    await row("#2317").getByText(agent.t("order-late")).waitFor();
    await page.getByRole("searchbox", { name: agent.t("search-orders") }).fill("70438102237190");
    await row("#1984").waitFor({ state: "detached" });
    await row("#2317").click();
    const sheet = page.getByRole("complementary", { name: agent.t("order-number", { number: "#2317" }) });
    await sheet.getByText("Teltet Vidde").waitFor();
    await sheet.getByRole("link", { name: "Jonas Berg" }).click();
    await page.getByRole("article", { name: "Jonas Berg" }).waitFor();
  });
});
