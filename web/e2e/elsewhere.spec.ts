import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agent } from "./support/agent";
import type { List } from "./support/api";
import { launch, open, picture } from "./support/browser";
import { everyWay, faults, lines } from "./support/looks";
import { Server } from "./support/server";
import { hire } from "./support/team";
import { Visitor } from "./support/visitor";
import { languages } from "./support/words";

/** What was asked in the chat, and is answered where the customer is now. */
describe("answering another way", () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start(), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it.each(languages)("goes on there, and each conversation leads to the other, in %s", { timeout: 120_000 }, async (language) => {
    const nth = languages.indexOf(language);
    const asked = `Does the tent fit in my bag? (${language})`;
    const visitor = await Visitor.arrives(server);
    await visitor.begins(asked, { name: `Nia ${language}` });
    const { items } = await server.api.get<List<{ id: string; number: number; customer: { id: string } }>>("/conversations?view=all&limit=1");
    const talk = items[0]!;
    await server.api.post(`/customers/${talk.customer.id}/addresses`, { kind: "phone", address: `+474000000${nth}` });

    const { state } = await hire(server, { name: `Ida ${language}`, role: "agent", language });
    const window = await open(browser, { state, language });
    const agent = new Agent(window, language);
    const { page, t } = agent;
    const found: string[] = [];
    const look = async (what: string) => void found.push(...(await everyWay(page, what, () => faults(page, language, { names: ["SMS", "WhatsApp", "Messenger", "Instagram", "X", "Telegram"] }))));
    await agent.goes(server, `/inbox/all/${talk.id}`);
    await agent.message(asked).waitFor();
    const answer = `Yes, when rolled. (${language})`;
    await agent.editor.click();
    await page.keyboard.type(answer);
    await agent.button("elsewhere").click();

    const dialog = page.getByRole("dialog");
    const text = dialog.getByLabel(t("elsewhere-text"), { exact: true });
    await text.waitFor();
    // what was begun here goes along, and where nothing can be written that is said
    expect(await text.inputValue()).toBe(answer);
    await dialog.getByText(t("closed-unheard"), { exact: false }).first().waitFor();
    expect(await dialog.getByRole("radio", { name: "Telegram", exact: false }).isDisabled()).toBe(true);
    await dialog.getByRole("radio", { name: t("channel-sms"), exact: false }).check();
    await dialog.getByText(t("elsewhere-unproved"), { exact: true }).waitFor();
    await look("where they can be answered");
    await picture(window, `elsewhere-${language}`);
    await dialog.getByRole("button", { name: t("elsewhere-send", { channel: t("channel-sms") }), exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    expect((await agent.editor.textContent())?.trim()).toBe("");

    await agent.messages.getByRole("link", { name: t("event-went-on", { name: `Ida ${language}`, channel: t("channel-sms") }), exact: false }).click();
    await agent.message(answer).waitFor();
    await look("where it goes on");
    await picture(window, `elsewhere-there-${language}`);
    const back = page.getByRole("link", { name: t("follows", { number: String(talk.number), channel: t("channel-webchat") }), exact: true });
    await back.click();
    await agent.message(asked).waitFor();
    expect(lines(found)).toBe("");
  });
});
