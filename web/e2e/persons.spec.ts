import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Agent } from "./support/agent";
import type { List } from "./support/api";
import { hasFocus, launch, open, phone, tabTo } from "./support/browser";
import { everyWay, faults, lines } from "./support/looks";
import { png } from "./support/pictures";
import { Server } from "./support/server";
import { Shopper } from "./support/shopper";
import { type Colleague, hire } from "./support/team";
import { Visitor } from "./support/visitor";
import { languages } from "./support/words";
import { unzip } from "./support/zip";

type Row = { id: string; number: number; customer: { id: string; name: string; erased: boolean } };

let server: Server;
let browser: Browser;
let ada: Colleague;
let bo: Colleague;
let told = 0;
/** The customer of this story, and what they said. */
let name: string;
let secret: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
  await server.api.patch("/shop", { undo_send_seconds: 0 });
  ada = await hire(server, { name: "Ada Vik", role: "admin" });
  bo = await hire(server, { name: "Bo Vest" });
});
beforeEach(() => {
  name = `Mara Lind ${++told}`;
  secret = `My daughter’s size is ${127 + told}`;
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const department = "Size and fit";
const at = async (who: Colleague, path = "/inbox/all") => new Agent(await open(browser, { state: who.state })).goes(server, path);
const rows = async () => (await server.api.get<List<Row>>("/conversations?view=all&limit=100")).items;
const rowOf = async (customer: string) => (await rows()).find((row) => row.customer.name === customer)!;
const erase = (customer: string) => server.api.put(`/customers/${customer}/erasure`);
const focused = (wanted: Locator) => expect.poll(() => hasFocus(wanted)).toBe(true);
/** What of them a page still says. */
const left = async (page: Page) => {
  const all = await page.content();
  return [name, secret].filter((text) => all.includes(text));
};
const forgotten = (page: Page) => expect.poll(() => left(page)).toEqual([]);

describe("a customer who asks what the shop knows", () => {
  it("is handed a ZIP with all of it, and nothing of anybody else", async () => {
    const other = await Visitor.arrives(server);
    await other.begins("Somebody else’s words", { name: "Nia Moe" });
    const picture = png();
    const shopper = await new Shopper(await open(browser)).visits(server);
    await shopper.opens();
    await shopper.chooses(department);
    await shopper.answers({ name, email: "mara@example.org" });
    await shopper.attaches({ name: "seam.png", mimeType: "image/png", buffer: picture });
    await shopper.writes(secret);
    await shopper.sent();
    const { number, customer } = await rowOf(name);

    const agent = await at(ada);
    await agent.opens(name);
    await agent.replies("We keep that in mind.");
    const button = agent.button("export-data");
    const [download] = await Promise.all([agent.page.waitForEvent("download"), button.click()]);
    await agent.toasts.getByText(agent.t("exported")).waitFor();
    await button.waitFor();

    expect(download.suggestedFilename()).toBe(`${customer.id}.zip`);
    const files = unzip(await download.path());
    const read = (path: string) => JSON.parse(files.get(path)!.toString());
    expect(read("customer.json")).toMatchObject({ id: customer.id, name, addresses: [{ kind: "email", address: "mara@example.org" }] });
    const conversation = read(`conversations/${number}.json`);
    expect(conversation.messages.map((message: { text: string }) => message.text)).toEqual(expect.arrayContaining([secret, "We keep that in mind."]));
    const [kept] = conversation.messages.flatMap((message: { files: string[] }) => message.files);
    expect(files.get(kept)).toEqual(picture);
    for (const content of files.values()) expect(content.includes("Somebody else’s words")).toBe(false);
    await agent.goes(server, "/settings/audit");
    await agent.page.getByText(agent.t("audit-customer-exported", { actor: ada.name })).first().waitFor();
  });

  it("waits for another try when it breaks off: nothing half is kept", async () => {
    const visitor = await Visitor.arrives(server);
    await visitor.begins(secret, { name });
    const agent = await at(ada);
    agent.window.trap.allow(/ERR_/, /^answered 403: /);
    await agent.opens(name);
    let downloads = 0;
    agent.page.on("download", () => downloads++);
    await agent.page.route("**/export", (route) => route.abort("connectionreset"), { times: 1 });
    await agent.button("export-data").click();
    await agent.toasts.getByText(agent.t("problem-offline")).waitFor();
    await agent.page.route("**/export", (route) => route.fulfill({ status: 403, contentType: "application/problem+json", json: { type: "/problems/forbidden", status: 403, detail: "Your role does not allow this." } }), { times: 1 });
    await agent.button("export-data").click();
    await agent.toasts.getByText("Your role does not allow this.").waitFor();
    expect(downloads).toBe(0);
  });
});

describe("a customer who asks to be forgotten", () => {
  it("is erased with the keyboard alone; the other consoles see it, and the shopper is a stranger", async () => {
    const shopper = await new Shopper(await open(browser, { allow: [/^answered 401: .*\/chat\//] })).begins(server, { department, name, email: "mara@example.org", text: secret });
    const { customer } = await rowOf(name);
    const [agent, other, list] = await Promise.all([at(ada), at(bo), at(bo, "/customers")]);
    await Promise.all([agent.opens(name), other.opens(name)]);
    await agent.replies("We keep that in mind.");
    await shopper.message("We keep that in mind.").waitFor();
    await other.message("We keep that in mind.").waitFor();
    await other.editor.click();
    await other.page.keyboard.type(`Dear ${name}`);
    const someone = list.page.getByRole("list", { name: list.t("customers") }).getByRole("link").first();
    await someone.getByText(name).waitFor();

    const { page } = agent;
    const button = agent.button("erase");
    await page.keyboard.press("Escape");
    await tabTo(page, button, "Shift+Tab");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: agent.t("erase-title", { name }) });
    const box = dialog.getByRole("checkbox", { name: agent.t("erase-sure") });
    await focused(box);
    // not before it is said that this is meant
    await tabTo(page, dialog.getByRole("button", { name: agent.t("erase-yes") }));
    await page.keyboard.press("Enter");
    await dialog.getByText(agent.t("erase-unsure")).waitFor();
    await focused(box);
    // nor by leaving
    await page.keyboard.press("Escape");
    // closed, it is hidden at once; asked again before it is gone, the console would take that for the same question
    await expect.poll(() => page.locator("dialog").count()).toBe(0);
    await focused(button);
    expect((await rowOf(name)).customer.erased).toBe(false);

    await page.keyboard.press("Enter");
    await focused(box);
    await page.keyboard.press("Space");
    await tabTo(page, dialog.getByRole("button", { name: agent.t("erase-yes") }));
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    await agent.toasts.getByText(agent.t("erased"), { exact: true }).waitFor();
    await focused(page.getByText(agent.t("erased-about")));

    for (const one of [agent, other]) {
      await one.page.getByRole("region", { name: one.t("erased-customer") }).getByText(one.t("composer-erased")).waitFor();
      await one.messages.getByRole("article").getByText(one.t("erased-customer")).waitFor();
      await one.row(one.t("erased-customer")).first().waitFor();
      await one.page.getByRole("complementary", { name: one.t("customer") }).getByRole("heading", { name: one.t("erased-customer") }).waitFor();
      await forgotten(one.page);
      expect([await one.editor.count(), await one.button("reopen").count(), await one.button("erase").count()]).toEqual([0, 0, 0]);
    }
    await someone.getByText(list.t("erased-customer")).waitFor();
    await forgotten(list.page);
    await agent.goes(server, "/settings/audit");
    await page.getByText(agent.t("audit-customer-erased", { actor: ada.name })).first().waitFor();

    // their browser is told nothing of the past any more, and what it writes is a stranger's
    await shopper.visits(server);
    await shopper.opens();
    await shopper.choices.waitFor();
    expect(await left(shopper.page)).toEqual([]);
    await shopper.chooses(department);
    await shopper.answers({ name: "Somebody new" });
    await shopper.writes("Is the parka warm?");
    await shopper.sent();
    expect((await rowOf("Somebody new")).customer.id).not.toBe(customer.id);
    await other.row("Somebody new").waitFor();
  });

  it("is a stranger even in a chat that was open all the time", async () => {
    const shopper = await new Shopper(await open(browser, { allow: [/^answered 401: .*\/chat\//] })).begins(server, { department, name, text: secret });
    const { id, customer } = await rowOf(name);
    await erase(customer.id);
    await shopper.writes("Are you still there?");
    await shopper.sent();
    const talks = await rows();
    const begun = talks.find(({ customer }) => customer.name === name)!;
    expect([begun.id === id, begun.customer.id === customer.id]).toEqual([false, false]);
    expect(await shopper.log.getByText(secret).count()).toBe(0);
  });

  it("gets no answer from a console that has not heard of it yet: it is said why", async () => {
    const visitor = await Visitor.arrives(server);
    await visitor.begins(secret, { name });
    const agent = new Agent(await open(browser, { state: bo.state, allow: [/^answered 409: /] }));
    // a socket that never says anything
    await agent.page.routeWebSocket("**/api/v1/live", () => {});
    await agent.goes(server, "/inbox/all");
    await agent.opens(name);
    await agent.editor.click();
    await agent.page.keyboard.type("It is on its way.");
    await erase((await rowOf(name)).customer.id);
    await agent.button("send").click();
    await agent.toasts.getByText("The customer of this conversation was erased.").waitFor();
    await agent.page.getByText(agent.t("composer-erased")).waitFor();
    expect(await agent.editor.count()).toBe(0);
  });
});

it("who may neither take out nor erase is not offered to", async () => {
  const visitor = await Visitor.arrives(server);
  await visitor.begins(secret, { name });
  const agent = await at(bo);
  await agent.opens(name);
  await agent.button("block").waitFor();
  expect([await agent.button("export-data").count(), await agent.button("erase").count()]).toEqual([0, 0]);
});

describe("what an erased customer left, and the question before", () => {
  it.each(languages)("in %s", { timeout: 120_000 }, async (language) => {
    name = `Wolkenstein${"oberhuber".repeat(9)} ${told}`;
    const visitor = await Visitor.arrives(server);
    const { id } = await visitor.begins(secret, { name });
    const { customer } = await rowOf(name);
    const boss = await hire(server, { name: "Åse Bråten", role: "admin", language });
    const agent = new Agent(await open(browser, { language, state: boss.state }), language);
    const { page } = agent;
    const found: string[] = [];
    const look = async (where: string) => found.push(...(await everyWay(page, where, () => faults(page, language, { names }))));
    const { items } = await server.api.get<List<{ name: string }>>("/departments");
    const names = items.map((it) => it.name);

    await agent.goes(server, `/inbox/all/${id}`);
    await agent.button("erase").click();
    await agent.page.getByRole("dialog").getByRole("button", { name: agent.t("erase-yes") }).click();
    await page.getByText(agent.t("erase-unsure")).waitFor();
    await look("the question");
    await page.getByRole("checkbox", { name: agent.t("erase-sure") }).check();
    await page.getByRole("button", { name: agent.t("erase-yes") }).click();
    await page.getByText(agent.t("composer-erased")).waitFor();
    await look("the conversation");
    await page.setViewportSize(phone);
    await agent.button("show-customer").click();
    await page.getByRole("heading", { name: agent.t("erased-customer") }).waitFor();
    await look("their side");
    await agent.goes(server, `/customers/${customer.id}`);
    await page.getByText(agent.t("erased-about")).waitFor();
    await look("their page");
    expect(lines(found)).toBe("");
    expect(await left(page)).toEqual([]);
  });
});
