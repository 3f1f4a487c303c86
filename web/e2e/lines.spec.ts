import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agent } from "./support/agent";
import { launch, open, picture } from "./support/browser";
import { everyWay, faults, lines } from "./support/looks";
import { Server } from "./support/server";
import { hire } from "./support/team";
import { languages } from "./support/words";

const secret = "AAHk3r-Not_A_Real-Token0123456789";

/** Telegram, as far as it says who a bot is and takes an address: `core.telegram.org/bots/api`. */
const telegram = createServer((asked, answer) => {
  const [, id, method] = /^\/bot(\d+):AAHk3r-Not_A_Real-Token0123456789\/(getMe|setWebhook|deleteWebhook)$/.exec(asked.url ?? "") ?? [];
  const result = method === "getMe" ? { id: Number(id), is_bot: true, first_name: "Fjell", username: `fjell_${id}_bot` } : true;
  const said = id ? { ok: true, result } : { ok: false, error_code: 401, description: "Unauthorized" };
  answer.writeHead(id ? 200 : 401, { "content-type": "application/json" }).end(JSON.stringify(said));
});

describe("a bot at a partner", () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    await new Promise<void>((ready) => telegram.listen(0, "127.0.0.1", ready));
    const at = `127.0.0.1:${(telegram.address() as AddressInfo).port}`;
    [server, browser] = await Promise.all([Server.start({ reaches: at, partners: `telegram=http://${at}` }), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    telegram.close();
  });

  it.each([...languages.entries()])("is tested, connected, changed and disconnected in the console (%i: %s)", { timeout: 180_000 }, async (nth, language) => {
    const { state } = await hire(server, { name: `Ada ${language}`, role: "admin", language });
    const window = await open(browser, { language, state });
    const agent = new Agent(window, language);
    const { page, t } = agent;
    const bot = `@fjell_${nth + 1}_bot`;
    const found: string[] = [];
    const look = async (what: string) => {
      found.push(...(await everyWay(page, what, () => faults(page, language, { names: ["Fjell", "Messenger", "Instagram", "Telegram", "X", "WhatsApp", "SMS (Twilio)", bot, "401 Unauthorized"] }))));
    };
    await agent.goes(server, "/settings/lines");
    await page.getByText("@fjell_bot", { exact: false }).waitFor();
    await look("the demo's lines");
    await page.getByRole("button", { name: t("connection-make"), exact: true }).click();
    await page.getByRole("menuitem", { name: "Telegram", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(t("name"), { exact: true }).fill("Fjell");
    await dialog.getByLabel(t("line-telegram-token"), { exact: true }).fill(`${nth + 1}:AAHk3r-Not_A_Real-Token-of-anybody`);
    await dialog.getByRole("button", { name: t("connection-test"), exact: true }).click();
    await dialog.getByText(t("line-trouble-sign-in-refused"), { exact: false }).waitFor();
    await look("the form of a bot");
    await picture(window, `line-dialog-${language}`);
    await dialog.getByLabel(t("line-telegram-token"), { exact: true }).fill(`${nth + 1}:${secret}`);
    await dialog.getByRole("button", { name: t("connection-test"), exact: true }).click();
    await dialog.getByText(t("line-test-fine", { name: bot })).waitFor();
    await dialog.getByRole("button", { name: t("connection-make"), exact: true }).click();
    const row = page.getByRole("listitem").filter({ hasText: bot });
    await row.getByText(t("line-open"), { exact: true }).waitFor();
    await look("a bot");
    await picture(window, `lines-${language}`);

    await row.getByRole("button", { name: t("actions-for", { name: "Fjell" }) }).click();
    await page.getByRole("menuitem", { name: t("edit"), exact: true }).click();
    await dialog.getByLabel(t("name"), { exact: true }).fill("Fjell & Fjord");
    await dialog.getByRole("button", { name: t("save"), exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await row.getByText("Fjell & Fjord", { exact: true }).waitFor();

    await row.getByRole("button", { name: t("actions-for", { name: "Fjell & Fjord" }) }).click();
    await page.getByRole("menuitem", { name: t("connection-disconnect"), exact: true }).click();
    await dialog.getByRole("button", { name: t("connection-disconnect"), exact: true }).click();
    await row.waitFor({ state: "detached" });
    expect(lines(found)).toBe("");
  });
});
