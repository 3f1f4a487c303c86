import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Agent } from "./support/agent";
import { launch, open } from "./support/browser";
import { everyWay, faults, lines } from "./support/looks";
import { Server } from "./support/server";
import { type Colleague, hire } from "./support/team";
import { Visitor } from "./support/visitor";
import { languages } from "./support/words";

type Credits = { balances: { available: { minor: number; currency: string } }[]; items: { kind: string }[] };

let server: Server;
let browser: Browser;
let lea: Colleague;
let told = 0;
let name: string;
let customer: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
  lea = await hire(server, { name: "Lea Moen", role: "lead" });
});
beforeEach(async () => {
  name = `Mara Lind ${++told}`;
  const { id } = await (await Visitor.arrives(server)).begins("Where is my parcel?", { name });
  customer = (await server.api.get<{ person: { id: string } }>(`/conversations/${id}`)).person.id;
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const credits = () => server.api.get<Credits>(`/customers/${customer}/credits`);
const section = ({ page, t }: Agent) => page.getByRole("article", { name }).locator("section").filter({ has: page.getByRole("heading", { name: t("credits"), exact: true }) });
const chooses = async (agent: Agent, key: "credit-give" | "gift-card-issue") => {
  await agent.button("credit-add").click();
  await agent.page.getByRole("menuitem", { name: agent.t(key) }).click();
  return agent.page.getByRole("dialog", { name: agent.t(key) });
};

describe("store credit", () => {
  it("is given with the keyboard, seen by a colleague at once, and taken back", async () => {
    const [agent, other] = await Promise.all([new Agent(await open(browser, { state: lea.state })).goes(server, `/customers/${customer}`), new Agent(await open(browser, { state: lea.state })).goes(server, `/customers/${customer}`)]);
    await section(agent).getByText(agent.t("credits-none")).waitFor();
    const dialog = await chooses(agent, "credit-give");
    await dialog.getByLabel(agent.t("currency")).selectOption("NOK");
    await dialog.getByLabel(agent.t("amount")).focus();
    await agent.page.keyboard.type("125.50");
    await dialog.getByLabel(agent.t("reason")).focus();
    await agent.page.keyboard.type("Late parcel");
    await agent.page.keyboard.press("Enter");
    await section(other).getByText("Late parcel").waitFor();
    expect(await section(other).locator("strong").textContent()).toContain("125.50");
    expect((await credits()).balances).toMatchObject([{ available: { minor: 12_550, currency: "NOK" } }]);

    await agent.toasts.getByRole("button", { name: agent.t("undo") }).click();
    await section(other).getByText(other.t("movement-taken-back")).waitFor();
    expect((await credits()).balances).toMatchObject([{ available: { minor: 0 } }]);
  });

  it("says at the field what cannot be given", async () => {
    const agent = await new Agent(await open(browser, { state: lea.state })).goes(server, `/customers/${customer}`);
    agent.window.trap.allow(/^answered 422: /);
    const dialog = await chooses(agent, "credit-give");
    await dialog.getByLabel(agent.t("amount")).fill("99999999999");
    await dialog.getByLabel(agent.t("reason")).fill("Too much");
    await dialog.getByRole("button", { name: agent.t("credit-give-yes") }).click();
    await expect.poll(() => dialog.getByLabel(agent.t("amount")).getAttribute("aria-invalid")).toBe("true");
    expect((await credits()).items).toEqual([]);
  });
});

describe("a gift card", () => {
  it("shows its code once, and is voided", async () => {
    const agent = await new Agent(await open(browser, { state: lea.state })).goes(server, `/customers/${customer}`);
    const dialog = await chooses(agent, "gift-card-issue");
    await dialog.getByLabel(agent.t("amount")).fill("200");
    await dialog.getByLabel(agent.t("reason")).fill("Birthday");
    await dialog.getByRole("button", { name: agent.t("gift-card-issue-yes") }).click();
    const shown = agent.page.getByRole("dialog", { name: agent.t("gift-card-issued") });
    const code = (await shown.getByRole("region", { name: agent.t("gift-card-code") }).textContent())!.trim();
    const found = await server.api.post<{ available: { minor: number } }>("/gift-cards/lookups", { code });
    expect(found.available.minor).toBe(20_000);
    await shown.getByRole("button", { name: agent.t("close") }).last().click();
    await shown.waitFor({ state: "detached" });
    expect(await agent.page.content()).not.toContain(code);

    await section(agent).getByRole("button", { name: new RegExp(code.replace(/\W/g, "").slice(-4)) }).click();
    const sure = agent.page.getByRole("dialog", { name: agent.t("gift-card-void") });
    await sure.getByLabel(agent.t("reason")).fill("Lost");
    await sure.getByRole("button", { name: agent.t("gift-card-void-yes") }).click();
    await section(agent).getByText(agent.t("gift-card-voided")).waitFor();
  });
});

describe("credit and gift cards look right", () => {
  it.each(languages)("in %s", { timeout: 120_000 }, async (language) => {
    const colleague = await hire(server, { name: "Ada Vik", role: "lead", language });
    const agent = new Agent(await open(browser, { language, state: colleague.state }), language);
    const amount = { minor: 25_000, currency: "NOK" };
    const keyed = (key: string) => ({ "Idempotency-Key": `${key}-${customer}` });
    await server.api.post(`/customers/${customer}/credits`, { amount, reason: "Lørdagsgodt" }, keyed("given"));
    await server.api.post("/gift-cards", { amount, reason: "Lørdagsgodt", customer }, keyed("card"));
    await agent.goes(server, `/customers/${customer}`);
    await section(agent).getByText("Lørdagsgodt").waitFor();
    const found: string[] = [];
    const look = async (what: string) => found.push(...(await everyWay(agent.page, what, () => faults(agent.page, language, { names: ["Lørdagsgodt"] }))));
    await look("page");
    const close = async () => {
      await agent.page.keyboard.press("Escape");
      await agent.page.locator("dialog").waitFor({ state: "detached" });
    };
    for (const key of ["credit-give", "gift-card-issue"] as const) {
      await (await chooses(agent, key)).waitFor();
      await look(key);
      await close();
    }
    await agent.button("credit-take-back").click();
    await agent.page.getByRole("dialog").waitFor();
    await look("take back");
    await close();
    expect(lines(found)).toBe("");
  });
});
