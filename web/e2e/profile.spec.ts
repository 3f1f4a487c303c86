import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Agent } from "./support/agent";
import type { List } from "./support/api";
import { launch, open, tabTo } from "./support/browser";
import { everyWay, faults, lines } from "./support/looks";
import { Server } from "./support/server";
import { type Colleague, hire } from "./support/team";
import { Visitor } from "./support/visitor";
import { languages } from "./support/words";

type Customer = { id: string; display_name: string; tags: string[]; addresses: { address: string; verified: boolean }[]; birthday: unknown };

let server: Server;
let browser: Browser;
let bo: Colleague;
let lea: Colleague;
let told = 0;
/** The customer of this story. */
let name: string;
let customer: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
  bo = await hire(server, { name: "Bo Vest" });
  lea = await hire(server, { name: "Lea Moen", role: "lead" });
  for (const name of ["Regular", "Wholesale"]) await server.api.post("/customer-tags", { name });
});
beforeEach(async () => {
  name = `Mara Lind ${++told}`;
  customer = await arrives(name);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Somebody writes in the chat; their id. */
async function arrives(name: string) {
  const { id } = await (await Visitor.arrives(server)).begins("Is the parka warm?", { name });
  return (await server.api.get<{ person: Customer }>(`/conversations/${id}`)).person.id;
}
const known = (id = customer) => server.api.get<Customer>(`/customers/${id}`);
const at = async (who: Colleague, path = `/customers/${customer}`) => new Agent(await open(browser, { state: who.state })).goes(server, path);
/** The part of the page under this heading. */
const part = (page: Page, heading: string): Locator => page.getByRole("article", { name }).locator("section").filter({ has: page.getByRole("heading", { name: heading, exact: true }) });

describe("a customer's page", () => {
  it("takes down addresses as claims, and says at the field what cannot be one", async () => {
    const agent = await at(bo);
    agent.window.trap.allow(/^answered 422: /);
    const addresses = part(agent.page, agent.t("addresses"));
    await agent.button("address-add").click();
    const dialog = agent.page.getByRole("dialog", { name: agent.t("address-add") });
    await dialog.getByLabel(agent.t("address-kind")).selectOption("phone");
    const field = dialog.getByLabel(agent.t("address"), { exact: true });
    await field.fill("22 22 22 22");
    await dialog.getByRole("button", { name: agent.t("add") }).click();
    await dialog.getByText("Write the telephone number with its country code").waitFor();
    await field.fill("+47 22 22 22 22");
    await dialog.getByRole("button", { name: agent.t("add") }).click();
    await addresses.getByRole("link", { name: "+47 22 22 22 22" }).waitFor();
    await addresses.getByText(agent.t("claimed")).waitFor();

    await agent.button("address-remove", { address: "+47 22 22 22 22" }).click();
    await addresses.getByText(agent.t("no-contact")).waitFor();
    await expect.poll(async () => (await known()).addresses).toEqual([]);
  });

  it("keeps notes with their author; a colleague reads along, and changes only their own", async () => {
    const [agent, other] = await Promise.all([at(bo), at(lea)]);
    const notes = (one: Agent) => part(one.page, one.t("notes-about"));
    await notes(agent).getByRole("textbox").fill("Wide feet.");
    await agent.page.keyboard.press("Control+Enter");
    const theirs = notes(other).getByRole("article").filter({ hasText: "Wide feet." });
    await theirs.getByText(bo.name).waitFor();
    await part(other.page, other.t("timeline")).getByText("Wide feet.").waitFor();
    expect(await theirs.getByRole("button", { name: other.t("note-edit") }).count()).toBe(0);

    await agent.button("note-edit").click();
    await agent.page.getByRole("textbox", { name: agent.t("note-edit") }).fill("Very wide feet.");
    await agent.button("save").click();
    await notes(other).getByText("Very wide feet.").waitFor();

    await other.button("note-delete").click();
    await other.page.getByRole("dialog").getByRole("button", { name: other.t("delete") }).click();
    await notes(agent).getByText(agent.t("no-notes")).waitFor();
  });

  it("says in words what they allow, and shows what proves it", async () => {
    const agent = await at(bo);
    const consents = part(agent.page, agent.t("consents"));
    // what they ticked before the chat
    await consents.getByText(`${agent.t("purpose-conversation")} · ${agent.t("channel-webchat")}`).first().waitFor();
    await agent.button("consent-record").click();
    const dialog = agent.page.getByRole("dialog", { name: agent.t("consent-record") });
    await dialog.getByLabel(agent.t("consent-wording")).fill("May we write to you about new tents?");
    await dialog.getByRole("button", { name: agent.t("save") }).click();
    await dialog.waitFor({ state: "detached" });
    await consents.getByText(`${agent.t("purpose-marketing")} · ${agent.t("channel-email")}`).first().waitFor();
    await consents.locator("summary").click();
    await consents.getByText("May we write to you about new tents?").waitFor();
    await consents.getByText(bo.name).waitFor();
    await part(agent.page, agent.t("timeline")).getByText(agent.t("consent-given"), { exact: true }).first().waitFor();
  });

  it("asks for a birthday without its year, and for what the shop wants to know", async () => {
    const lead = await at(lea, "/settings/customer-fields");
    await lead.button("field-new").click();
    const made = lead.page.getByRole("dialog", { name: lead.t("field-new") });
    await made.getByLabel(lead.t("field-label")).fill("Fit");
    await made.getByLabel(lead.t("field-kind"), { exact: true }).selectOption("choice");
    await made.getByLabel(lead.t("field-choices")).fill("Slim\nWide");
    await made.getByRole("button", { name: lead.t("save") }).click();
    await made.waitFor({ state: "detached" });

    const agent = await at(bo);
    await agent.button("edit-customer").click();
    await agent.page.getByLabel(agent.t("birthday-day")).fill("17");
    await agent.page.getByLabel(agent.t("birthday-month")).selectOption("5");
    await agent.button("save").click();
    await agent.page.getByText("17 May", { exact: true }).waitFor();
    expect((await known()).birthday).toEqual({ month: 5, day: 17, year: null });

    await agent.button("attributes-edit").click();
    await agent.page.getByRole("dialog").getByLabel("Fit").selectOption("Wide");
    await agent.button("save").click();
    await part(agent.page, agent.t("attributes")).getByText("Wide").waitFor();
  });
});

describe("the list of customers", () => {
  it("tags many with the keyboard, and takes it back for those it was new for", async () => {
    const other = await arrives(`Nia Moe ${told}`);
    const tags = (await server.api.get<List<{ id: string; name: string }>>("/customer-tags")).items;
    const regular = tags.find(({ name }) => name === "Regular")!.id;
    await server.api.put(`/customers/${other}/tags`, { tags: [regular] });
    const agent = await at(bo, "/customers");
    const { page } = agent;
    const box = (name: string) => page.getByRole("checkbox", { name: agent.t("bulk-choose", { name }), exact: true });
    for (const one of [name, `Nia Moe ${told}`]) {
      await box(one).focus();
      await page.keyboard.press("Space");
    }
    await page.getByText(agent.t("bulk-chosen", { count: 2 }), { exact: true }).waitFor();
    await tabTo(page, agent.button("bulk-tag"), "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("combobox", { name: agent.t("bulk-tag") }).waitFor();
    await page.keyboard.type("regu");
    await page.keyboard.press("Enter");
    await agent.toasts.getByText(agent.t("bulk-tagged", { name: "Regular", count: 1 })).waitFor();
    expect((await known()).tags).toEqual([regular]);

    await agent.toasts.getByRole("button", { name: agent.t("undo") }).click();
    await expect.poll(async () => (await known()).tags).toEqual([]);
    expect((await known(other)).tags).toEqual([regular]);
  });

  it("is narrowed, and says when nobody is left", async () => {
    const agent = await at(bo, "/customers");
    const { page } = agent;
    const list = page.getByRole("list", { name: agent.t("customers") });
    await list.getByText(name, { exact: true }).waitFor();
    await page.getByLabel(agent.t("filter-blocked")).selectOption("true");
    await page.getByText(agent.t("no-customer-found")).waitFor();
    await server.api.put(`/customers/${customer}/block`);
    await list.getByText(name, { exact: true }).waitFor();
    await agent.button("filters-clear").click();
    await expect.poll(() => list.getByRole("link").count()).toBeGreaterThan(3);
  });
});

describe("what lies over a customer's page", () => {
  it.each(languages)("in %s", { timeout: 120_000 }, async (language) => {
    const colleague = await hire(server, { name: "Ada Vik", role: "lead", language });
    const agent = new Agent(await open(browser, { language, state: colleague.state }), language);
    await agent.goes(server, `/customers/${customer}`);
    const found: string[] = [];
    const look = async (what: string) => found.push(...(await everyWay(agent.page, what, () => faults(agent.page, language, { names: ["Regular", "Wholesale"] }))));
    for (const key of ["address-add", "consent-record", "customer-tag-add", "edit-customer"]) {
      await agent.button(key).click();
      await agent.page.getByRole("dialog").waitFor();
      await look(key);
      await agent.page.keyboard.press("Escape");
      await agent.page.locator("dialog").waitFor({ state: "detached" });
    }
    await agent.goes(server, "/customers");
    await agent.page.getByRole("checkbox", { name: agent.t("bulk-choose", { name }), exact: true }).check();
    await look("bulk");
    expect(lines(found)).toBe("");
  });
});
