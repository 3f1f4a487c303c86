import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { Agent } from "./support/agent";
import { launch, open, picture } from "./support/browser";
import { everyWay, faults, lines } from "./support/looks";
import { png } from "./support/pictures";
import { Server } from "./support/server";
import { hire } from "./support/team";
import { contact, languages } from "./support/words";

// nothing listens there: what is taken in waits to be answered
const nowhere = { host: "127.0.0.1", port: 9, security: "none", user: "support@fjell.example" };
const mailbox = { name: "Fjell", address: "support@fjell.example", department: null, signature: "", incoming: nowhere, incoming_password: "x", outgoing: nowhere, outgoing_password: "x", trusted: null };
const questions = { en: "What is it about?", nb: "Hva handler det om?", tr: "Hangi konuda?", zh: "是什么事？" };

describe("the contact form", () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start({ reaches: "127.0.0.1:9" }), launch()]);
    await server.api.post("/mailboxes", mailbox);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it.each(languages)("is set up, filled in and answered, in %s", { timeout: 180_000 }, async (language) => {
    const { state } = await hire(server, { name: `Ada ${language}`, role: "admin", language });
    const window = await open(browser, { language, state });
    const agent = new Agent(window, language);
    const { page, t } = agent;
    const say = contact[language];
    const found: string[] = [];
    const names = ["Fjell", "Fjell (support@fjell.example)", "Mara Lind", "Text", questions[language], "A tent", "Website"];
    const look = async (what: string) => void found.push(...(await everyWay(page, what, () => faults(page, language, { names, without: ["iframe"] }))));

    const { settings } = await server.api.get<{ settings: object }>("/contact-form");
    await server.api.put("/contact-form", { ...settings, questions: [] });
    await agent.goes(server, "/settings/contact");
    await page.getByLabel(t("contact-enabled"), { exact: true }).setChecked(true);
    await page.getByLabel(t("contact-mailbox"), { exact: true }).selectOption({ label: "Fjell (support@fjell.example)" });
    await page.getByRole("button", { name: t("question-add"), exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: t("question-label") }).fill(questions[language]);
    await dialog.getByLabel(t("question-kind"), { exact: true }).selectOption("choice");
    await dialog.getByRole("textbox", { name: t("question-options") }).fill("A tent\nA stove");
    await dialog.getByLabel(t("question-must"), { exact: true }).setChecked(true);
    await look("a question");
    await picture(window, `contact-question-${language}`);
    await dialog.getByRole("button", { name: t("take-over"), exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: t("save"), exact: true }).click();
    // the preview is in the language of the shop
    await page.frameLocator("iframe").getByRole("button", { name: contact.nb("send") }).waitFor();
    await look("the form's settings");
    await picture(window, `contact-settings-${language}`);
    const address = await page.getByRole("link", { name: t("contact-open") }).getAttribute("href");

    const visitor = await open(browser, { language, allow: [/^answered 422/] });
    await visitor.page.goto(address!.replace(/lang=.*/, `lang=${language}`));
    const opened = Date.now();
    const gaze = async (what: string) => void found.push(...(await everyWay(visitor.page, what, () => faults(visitor.page, language, { names: [...names, "English", "Norsk", "Türkçe", "中文"] }))));
    await gaze("the form");
    await picture(visitor, `contact-form-${language}`);
    // what the browser lets pass, and the server does not
    await visitor.page.locator("form").evaluate((form) => form.setAttribute("novalidate", ""));
    await visitor.page.getByLabel(say("message"), { exact: true }).fill("The tent leaks");
    await visitor.page.getByRole("button", { name: say("send") }).click();
    await visitor.page.getByRole("alert").waitFor();
    await gaze("the form with what is wrong");
    await picture(visitor, `contact-wrong-${language}`);
    await visitor.page.getByLabel(say("name")).fill("Mara Lind");
    await visitor.page.getByLabel(say("email"), { exact: true }).fill(`mara-${language}@example.org`);
    await visitor.page.getByLabel(questions[language], { exact: true }).selectOption("A tent");
    await visitor.page.getByLabel(say("files")).setInputFiles({ name: "seam.png", mimeType: "image/png", buffer: png(40, 30) });
    await visitor.page.getByRole("checkbox").check();
    // what is written faster than anybody reads is taken for a program's
    await visitor.page.waitForFunction((since) => Date.now() - since > 3_000, opened);
    await visitor.page.getByRole("button", { name: say("send") }).click();
    await visitor.page.getByRole("link", { name: say("write-again") }).waitFor();
    await gaze("the thanks");
    await picture(visitor, `contact-thanks-${language}`);

    await agent.goes(server, "/inbox/open");
    await agent.row("Mara Lind").first().click();
    await page.getByRole("article").filter({ hasText: "The tent leaks" }).getByRole("img").waitFor();
    await page.getByText("A tent", { exact: true }).waitFor();
    expect(await page.getByRole("button", { name: t("letter-whole") }).count()).toBe(0);
    await picture(window, `contact-conversation-${language}`);
    expect(lines(found)).toBe("");
  });

  it("stands in a page of the shop, as high as it is, and in no other page", { timeout: 90_000 }, async () => {
    const form = await server.api.get<{ key: string; settings: object }>("/contact-form");
    const { id } = (await server.api.get<{ items: { id: string }[] }>("/mailboxes")).items[0]!;
    await server.api.put("/contact-form", { ...form.settings, enabled: true, mailbox: id, questions: [] });
    const tag = `<!doctype html><html lang="tr"><title>Shop</title><h1>Shop</h1><script async src="${server.origin}/contact.js" data-shop="${form.key}" data-title="Bize yazın"></script>`;
    const shop = createServer((_, answer) => void answer.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(tag));
    await new Promise<void>((ready) => shop.listen(0, "127.0.0.1", ready));
    onTestFinished(() => void shop.close());
    // another host than the desk's
    const origin = `http://localhost:${(shop.address() as AddressInfo).port}`;
    const stranger = await open(browser, { allow: [/frame-ancestors/, /chrome-error/, /ERR_BLOCKED_BY_RESPONSE/, /favicon/] });
    await stranger.page.goto(origin);
    await expect.poll(() => stranger.page.frames().map((it) => it.url())).toContain("chrome-error://chromewebdata/");

    const { settings } = await server.api.get<{ settings: { origins: string[] } }>("/widget");
    await server.api.put("/widget", { ...settings, origins: [...settings.origins, origin] });
    const { page } = await open(browser, { allow: [/favicon/] });
    const frame = page.frameLocator('iframe[title="Bize yazın"]');
    await page.goto(origin);
    await frame.getByRole("button", { name: contact.tr("send") }).waitFor();
    const body = await frame.locator("body").evaluate((it) => Math.ceil(it.getBoundingClientRect().height));
    await expect.poll(async () => (await page.locator("iframe").boundingBox())!.height).toBe(body);
  });
});
