import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agent } from "./support/agent";
import { launch, open, picture } from "./support/browser";
import { everyWay, faults, lines } from "./support/looks";
import { Server } from "./support/server";
import { hire, owner } from "./support/team";
import { languages } from "./support/words";

const names = ["Telefon hos Twilio", "Kundetelefonen"];
/** Whoever calls; no more is known of them. */
const number = "+4791234567";

/** The demo's number at Twilio is called, and whoever picks up on their own telephone is seen to. */
describe("a number at Twilio", () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start(), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const telephone = async () => {
    const window = await open(browser);
    await window.page.goto(`${server.origin}/demo/partners`);
    const keys = window.page.locator("#voice");
    await keys.getByText("+4721000000").waitFor();
    return { window, keys, presses: (deed: string) => keys.locator(`[data-deed=${deed}]`).click() };
  };

  it("receives callers, rings the member's own telephone, and takes what is spoken", { timeout: 180_000 }, async () => {
    const window = await open(browser, { language: "nb", state: (await owner(server)).state });
    const agent = new Agent(window, "nb");
    const { page, t } = agent;
    await agent.goes(server);
    await agent.list.waitFor();
    const { keys, presses, window: caller } = await telephone();
    const card = page.getByRole("region", { name: t("calls-now") }).getByRole("article", { name: number });
    await presses("ring");
    await card.getByText(t("call-rings", { line: "Telefon hos Twilio" })).waitFor();
    await presses("pick_up");
    await card.getByText(t("call-yours"), { exact: true }).waitFor();
    await presses("hang_up");
    await card.waitFor({ state: "detached" });

    await presses("ring");
    await card.waitFor();
    // her telephone rings twice, and nobody picks up
    await presses("wait");
    await presses("wait");
    await keys.getByText("Ingen kan ta telefonen.").waitFor();
    await presses("wait");
    await presses("speak");
    await keys.getByText("Takk. Ha det bra.").waitFor();
    await picture(caller, "voice-caller");
    await agent.list.getByRole("link").filter({ hasText: t("call-voicemail") }).filter({ hasText: number }).first().click();
    await agent.messages.getByLabel(t("call-play", { name: "voicemail.wav" })).waitFor();
  });

  it.each(languages)("is set up in the console (%s)", { timeout: 180_000 }, async (language) => {
    const { state } = await hire(server, { name: `Ada ${language}`, role: "admin", language });
    const window = await open(browser, { language, state, allow: [/^answered 422: PUT .*own-phone$/] });
    const { page, t } = new Agent(window, language);
    const found: string[] = [];
    const look = async (what: string) => found.push(...(await everyWay(page, what, () => faults(page, language, { names }))));
    await page.goto(`${server.card.console}/settings/phone`);
    const row = page.getByRole("listitem").filter({ hasText: "Telefon hos Twilio" });
    await row.waitFor();
    await page.getByRole("button", { name: t("voice-add"), exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(t("voice-account"), { exact: true }).waitFor();
    await look("the form of a number at Twilio");
    await picture(window, `voice-form-${language}`);
    await dialog.getByRole("button", { name: t("cancel"), exact: true }).click();

    await row.getByRole("button", { name: t("actions-for", { name: "Telefon hos Twilio" }) }).click();
    await page.getByRole("menuitem", { name: t("edit"), exact: true }).click();
    await dialog.getByLabel(t("voice-greeting"), { exact: true }).fill("Hei!");
    await dialog.getByRole("button", { name: t("save"), exact: true }).click();
    await dialog.waitFor({ state: "detached" });

    await page.goto(`${server.card.console}/settings/account`);
    const own = page.getByLabel(t("own-phone-number"), { exact: true });
    await own.fill("+47 820 00 000");
    const form = page.locator("form").filter({ has: own });
    await form.getByRole("button", { name: t("save"), exact: true }).click();
    await form.getByRole("alert").or(form.locator("[aria-invalid=true]")).first().waitFor();
    await own.fill("+47 912 00 000");
    await form.getByRole("button", { name: t("save"), exact: true }).click();
    await form.locator("[aria-invalid=true]").waitFor({ state: "detached" });
    await look("a member's own telephone");
    await picture(window, `own-phone-${language}`);
    expect(lines(found)).toBe("");
  });
});
