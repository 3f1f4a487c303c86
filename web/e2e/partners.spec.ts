import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agent } from "./support/agent";
import type { List } from "./support/api";
import { launch, open, picture } from "./support/browser";
import { axe, everyWay, faults, lines, overhanging, sideways } from "./support/looks";
import { Server } from "./support/server";
import { hire } from "./support/team";
import { languages } from "./support/words";

/** What is written on a telephone of the demo, and answered in the console. */
describe("the demo's partners", () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start(), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it.each(languages)("whatsapp: a day after the customer wrote a template goes, and no free text, in %s", { timeout: 120_000 }, async (language) => {
    const { state } = await hire(server, { name: `Ida ${language}`, role: "agent", language });
    const customer = await open(browser);
    const window = await open(browser, { state, language, allow: [/^answered 409: POST /] });
    const agent = new Agent(window, language);
    const { page, t } = agent;
    const found: string[] = [];
    const look = async (what: string) => void found.push(...(await everyWay(page, what, () => faults(page, language, { names: ["WhatsApp"] }))));
    await customer.page.goto(`${server.origin}/demo/partners`);

    const asked = "Can I still change the size";
    const { items } = await server.api.get<List<{ id: string; channel: string }>>("/conversations?view=all&limit=100");
    await agent.goes(server, `/inbox/all/${items.find(({ channel }) => channel === "whatsapp")!.id}`);
    await agent.messages.getByText(asked, { exact: false }).waitFor();
    const notice = page.getByText(t("line-over-template", { channel: "WhatsApp" }), { exact: false });
    await notice.waitFor();
    await look("the window has closed");
    await agent.editor.click();
    await page.keyboard.type("Too late?");
    await agent.button("send").click();
    // the server says so too, and what was typed stays
    await page.getByRole("region", { name: t("toasts"), exact: true }).getByText("24", { exact: false }).waitFor();
    expect(await agent.editor.textContent()).toBe("Too late?");

    await page.getByRole("button", { name: t("template-choose"), exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("#1001", { exact: true }).waitFor();
    await look("the templates");
    await picture(window, `template-${language}`);
    const number = `#88${languages.indexOf(language)}`;
    await dialog.getByLabel(t("template-gap", { name: "2" }), { exact: true }).fill(number);
    await dialog.getByLabel("Track: https://tracking.example/…", { exact: true }).fill("X9");
    await dialog.getByRole("button", { name: t("template-send"), exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await agent.messages.getByText(`your order ${number} is late`, { exact: false }).waitFor();
    // whoever comes to it afterwards sees that it was one
    await page.reload();
    await agent.messages.getByText(`your order ${number} is late`, { exact: false }).waitFor();
    await agent.messages.getByText(t("template"), { exact: false }).first().waitFor();
    await look("a template that was sent");
    await customer.page.locator("#whatsapp").getByText(`your order ${number} is late`, { exact: false }).first().waitFor();
    expect(lines(found)).toBe("");
  });

  it.each(["email", "whatsapp", "messenger", "instagram", "x", "sms", "telegram"])("%s: a customer writes, an agent answers, the answer arrives", { timeout: 120_000 }, async (channel) => {
    const { state } = await hire(server, { name: `Ida ${channel}`, role: "agent", language: "en" });
    const customer = await open(browser);
    const window = await open(browser, { state });
    const agent = new Agent(window);
    await customer.page.goto(`${server.origin}/demo/partners`);
    const phone = customer.page.locator(`#${channel}`);
    const asked = `Where is my parcel? (${channel})`;
    await phone.getByRole("textbox").fill(asked);
    await phone.getByRole("button").click();
    await phone.getByText(asked, { exact: true }).waitFor();

    await agent.goes(server);
    const row = agent.page.getByRole("link").filter({ hasText: asked });
    await row.first().click();
    const answer = `It comes today, by ${channel}.`;
    await agent.message(asked).waitFor();
    await agent.replies(answer);
    await phone.getByText(answer, { exact: true }).waitFor();
    // as far as the partner tells, whoever looks at the telephone has read it
    const state_ = { telegram: "state-sent", email: "state-sent" }[channel] ?? "state-read";
    await agent.message(answer).getByTitle(agent.t(state_)).or(agent.message(answer).getByText(agent.t(state_))).first().waitFor();
    await picture(window, `partner-${channel}`);
    if (channel === "whatsapp") await picture(customer, "telephones");
  });

  it.each(languages)("a comment is answered publicly, and privately where it goes on, in %s", { timeout: 120_000 }, async (language) => {
    const { state } = await hire(server, { name: `Ida comments ${language}`, role: "agent", language });
    const customer = await open(browser);
    const window = await open(browser, { state, language, allow: [/^answered 409: POST /] });
    const agent = new Agent(window, language);
    const { page, t } = agent;
    const found: string[] = [];
    const look = async (what: string) => void found.push(...(await everyWay(page, what, () => faults(page, language, { names: ["Facebook", "Messenger", "Instagram", "X"] }))));
    const channel = { en: "messenger", nb: "instagram", tr: "x", zh: "messenger" }[language];
    await customer.page.goto(`${server.origin}/demo/partners`);
    const phone = customer.page.locator(`#${channel}`);
    const asked = `Is anybody there? (${language})`;
    await phone.getByRole("checkbox").check();
    await phone.getByRole("textbox").fill(asked);
    await phone.getByRole("button").click();
    await phone.getByText(asked, { exact: true }).waitFor();

    await agent.goes(server);
    await page.getByRole("link").filter({ hasText: asked }).first().click();
    await agent.message(asked).waitFor();
    await page.getByText(t("public-answer"), { exact: true }).waitFor();
    await page.getByText("Our two-person tent is back", { exact: false }).waitFor();
    await look("a comment");
    const publishes = async (text: string) => {
      await agent.editor.click();
      await page.keyboard.type(text);
      await agent.button("send-publicly").click();
    };
    const answer = `Write to hello@fjell.example, we are here. (${language})`;
    await publishes(answer);
    await agent.message(answer).waitFor();
    await phone.getByText(answer, { exact: true }).waitFor();
    await picture(window, `comment-${language}`);

    // an order's number is for one person only
    const { items } = await server.api.get<List<{ number: string }>>("/orders?limit=1");
    const guess = `Is it order ${items[0]!.number}? (${language})`;
    await publishes(guess);
    const asks = page.getByRole("dialog");
    await asks.getByText(items[0]!.number, { exact: false }).waitFor();
    await look("what only one should read");
    await asks.getByRole("button", { name: t("personal-private"), exact: true }).click();
    await asks.getByRole("textbox").waitFor();
    await look("an answer in private");
    await picture(window, `private-reply-${language}`);
    await asks.getByRole("button", { name: t("private-reply-send"), exact: true }).click();
    await asks.waitFor({ state: "detached" });
    await phone.getByText(guess, { exact: true }).waitFor();
    await agent.messages.getByText(t("event-went-private", { name: `Ida comments ${language}` }), { exact: false }).waitFor();

    await page.getByRole("button", { name: t("public-hide"), exact: true }).click();
    await page.getByText(t("public-hidden"), { exact: true }).waitFor();
    await look("a hidden comment");
    await page.getByRole("link", { name: t("public-private-open"), exact: true }).click();
    await agent.message(guess).waitFor();
    if (language === "en") await picture(customer, "telephones-public");
    expect(lines(found)).toBe("");
  });

  it("a partner that does not answer makes an answer wait, and says so", { timeout: 120_000 }, async () => {
    const { state } = await hire(server, { name: "Ida waits", role: "agent", language: "en" });
    const customer = await open(browser);
    const window = await open(browser, { state });
    const agent = new Agent(window);
    await customer.page.goto(`${server.origin}/demo/partners`);
    const phone = customer.page.locator("#telegram");
    await phone.getByRole("combobox").selectOption("down");
    await phone.getByRole("textbox").fill("Hello?");
    await phone.getByRole("button").click();
    await agent.goes(server);
    await agent.page.getByRole("link").filter({ hasText: "Hello?" }).first().click();
    await agent.replies("We are here.");
    await agent.message("We are here.").getByText("503", { exact: false }).waitFor();
    await phone.getByRole("combobox").selectOption("fine");
  });

  it.each(languages)("look as they should, in %s", { timeout: 60_000 }, async (language) => {
    const window = await open(browser, { language });
    const { page } = window;
    await page.goto(`${server.origin}/demo/partners?lang=${language}`);
    await page.locator(".to", { hasText: "@fjell_bot" }).waitFor();
    const look = async () => [...(await axe(page)), ...(await sideways(page)), ...(await overhanging(page))];
    expect(lines(await everyWay(page, "telephones", look))).toBe("");
  });
});
