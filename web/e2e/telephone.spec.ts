import { execFileSync } from "node:child_process";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agent } from "./support/agent";
import { launch, open, picture } from "./support/browser";
import { axe, colours, everyWay, faults, lines } from "./support/looks";
import { Server } from "./support/server";
import { hire, owner } from "./support/team";
import { languages } from "./support/words";

const names = ["Kundetelefonen", "Jonas Berg", "voicemail.wav", "Hotline"];

/** The demo's telephone rings, and the console says who it is. */
describe("the telephone", () => {
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
    const { page } = await open(browser);
    await page.goto(`${server.origin}/demo/partners`);
    const keys = page.locator("#telephone");
    await keys.getByText("+47 22 00 44 00").waitFor();
    const presses = (deed: string) => keys.locator(`[data-deed=${deed}]`).click();
    return { presses };
  };

  it("rings, is picked up, and stands in the inbox with who and how long", { timeout: 180_000 }, async () => {
    const { presses } = await telephone();
    const window = await open(browser, { language: "nb", state: (await owner(server)).state });
    const agent = new Agent(window, "nb");
    const { page, t } = agent;
    const found: string[] = [];
    await agent.goes(server);
    await agent.list.waitFor();
    await presses("ring");
    const card = page.getByRole("region", { name: t("calls-now") }).getByRole("article", { name: "Jonas Berg" });
    await card.getByText(t("call-rings", { line: "Kundetelefonen" })).waitFor();
    await card.getByText("#2317", { exact: true }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.closest("section[aria-live]"))).toBeNull();
    // somebody who comes back sees it again
    await page.reload();
    await card.getByText("#2317", { exact: true }).waitFor();
    // nowhere else it rings, so its colours are measured here
    found.push(...(await everyWay(page, "it rings", async () => [...(await faults(page, "nb", { names })), ...(await axe(page, { only: colours }))])));
    await picture(window, "call-rings");

    await presses("pick_up");
    await card.getByText(t("call-yours"), { exact: true }).waitFor();
    await card.getByRole("link", { name: t("call-open-conversation") }).click();
    await agent.messages.getByText(t("call-talking"), { exact: false }).waitFor();
    await presses("hang_up");
    await card.waitFor({ state: "detached" });
    await agent.messages.getByText(t("call-talking"), { exact: false }).waitFor({ state: "detached" });
    await page.getByText(t("phone-no-text")).waitFor();
    await page.getByRole("region", { name: t("composer"), exact: true }).getByRole("textbox").click();
    await page.keyboard.type("Venter til fredag.");
    await page.getByRole("region", { name: t("composer"), exact: true }).getByRole("button", { name: t("add-note"), exact: true }).click();
    await agent.message("Venter til fredag.").waitFor();
    await picture(window, "call-answered");
    expect(lines(found)).toBe("");
  });

  it("rings out, and a voicemail can be heard", { timeout: 180_000 }, async () => {
    const { presses } = await telephone();
    const { state } = await hire(server, { name: "Ida waits", role: "agent", language: "en" });
    const window = await open(browser, { state });
    const agent = new Agent(window);
    const { page, t } = agent;
    await agent.goes(server);
    await presses("ring");
    const card = page.getByRole("region", { name: t("calls-now") }).getByRole("article", { name: "Jonas Berg" });
    await card.waitFor();
    await presses("hang_up");
    await card.waitFor({ state: "detached" });
    const row = agent.list.getByRole("link").filter({ hasText: t("call-missed") }).filter({ hasText: "Jonas Berg" });
    await row.first().waitFor();
    await presses("ring");
    await card.getByRole("button", { name: t("call-put-away") }).click();
    await card.waitFor({ state: "detached" });
    await presses("leave_voicemail");
    await agent.list.getByRole("link").filter({ hasText: t("call-voicemail") }).first().click();
    const sound = agent.messages.getByLabel(t("call-play", { name: "voicemail.wav" }));
    await sound.waitFor();
    const heard = await sound.evaluate(async (audio: HTMLAudioElement) => {
      audio.muted = true;
      await audio.play();
      return audio.duration;
    });
    expect(heard).toBeCloseTo(1, 1);
    await picture(window, "voicemail");
    const found = await everyWay(page, "a voicemail", () => faults(page, "en", { names }));
    expect(lines(found)).toBe("");
  });

  it.each(languages)("has a log of its calls (%s)", { timeout: 180_000 }, async (language) => {
    const { state } = await hire(server, { name: `Liv ${language}`, role: "agent", language });
    const window = await open(browser, { language, state });
    const agent = new Agent(window, language);
    const { page, t } = agent;
    await agent.goes(server);
    await agent.list.waitFor();
    // by the keyboard alone
    await page.keyboard.press("g");
    await page.keyboard.press("l");
    const log = page.getByRole("region", { name: t("calls-log"), exact: true });
    const row = (said: string) => log.getByRole("listitem").filter({ hasText: said });
    await row(t("call-answered")).filter({ hasText: "+4790044321" }).waitFor();
    await row(t("call-missed")).filter({ hasText: "Jonas Berg" }).first().waitFor();
    await log.getByLabel(t("calls-which")).selectOption({ label: t("calls-missed") });
    await row("+4790044321").waitFor({ state: "detached" });
    const found = await everyWay(page, "the call log", () => faults(page, language, { names }));
    await picture(window, `call-log-${language}`);
    await row("Jonas Berg").first().getByRole("link").first().press("Enter");
    await agent.messages.getByText(t("call-missed")).first().waitFor();
    expect(lines(found)).toBe("");
  });

  it.each(languages)("is set up in the console (%s)", { timeout: 180_000 }, async (language) => {
    const { state } = await hire(server, { name: `Ada ${language}`, role: "admin", language });
    const window = await open(browser, { language, state });
    const { page, t } = new Agent(window, language);
    const found: string[] = [];
    const look = async (what: string) => found.push(...(await everyWay(page, what, () => faults(page, language, { names }))));
    await page.goto(`${server.card.console}/settings/phone`);
    await page.getByText("Kundetelefonen").waitFor();
    await page.getByRole("button", { name: t("phone-add"), exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(t("name"), { exact: true }).fill("Hotline");
    await dialog.getByLabel(t("phone-number"), { exact: true }).fill("+47 22 00 44 01");
    await look("the form of a telephone line");
    await dialog.getByRole("button", { name: t("phone-add"), exact: true }).click();
    await dialog.getByText(/^whsec_/).waitFor();
    await look("its secret");
    await picture(window, `telephone-secret-${language}`);
    // what stands there to be tried works as it stands
    const example = await dialog.getByRole("region", { name: t("phone-example"), exact: true }).innerText();
    expect(execFileSync("sh", ["-c", example], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })).toContain("204 No Content");
    await dialog.getByRole("button", { name: t("secret-kept"), exact: true }).click();
    const row = page.getByRole("listitem").filter({ hasText: "Hotline" });
    await row.getByText(t("phone-open"), { exact: true }).waitFor();
    await look("the telephone lines");
    await row.getByRole("button", { name: t("actions-for", { name: "Hotline" }) }).click();
    await page.getByRole("menuitem", { name: t("connection-disconnect"), exact: true }).click();
    await dialog.getByRole("button", { name: t("connection-disconnect"), exact: true }).click();
    await row.waitFor({ state: "detached" });
    expect(lines(found)).toBe("");
  });
});
