import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agent } from "./support/agent";
import type { List } from "./support/api";
import { launch, open, picture } from "./support/browser";
import { everyWay, faults, lines } from "./support/looks";
import { imap, password, sends, smtp } from "./support/post";
import { Server } from "./support/server";
import { hire } from "./support/team";
import { languages } from "./support/words";

const letter = (from: string, to: string, id: string) => `From: Mara Lind <${from}>
To: ${to}
Message-ID: <${id}@example.org>
Subject: Telt
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<p style="color: teal">Hei, <b>teltet</b> mangler plugger.</p><img src="https://pixel.example/1.gif" alt=""><blockquote type="cite">Takk for kjøpet</blockquote>`;

describe.skipIf(!imap || !smtp)("a mailbox", () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    const providers = ["google", "microsoft"].map((name) => `${name}-imap=imap://${imap},${name}-smtp=smtp://${smtp}`).join(",");
    [server, browser] = await Promise.all([Server.start({ reaches: `${imap}, ${smtp}`, partners: providers }), launch()]);
    // the demo's own: a shop begins without one
    for (const { id } of (await server.api.get<List<{ id: string }>>("/mailboxes")).items) await server.api.delete(`/mailboxes/${id}`);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it.each(languages)("is connected, read, answered from and disconnected in the console, in %s", { timeout: 180_000 }, async (language) => {
    const { state } = await hire(server, { name: `Ada ${language}`, role: "admin", language });
    const window = await open(browser, { language, state });
    const agent = new Agent(window, language);
    const { page, t } = agent;
    const run = Date.now();
    const [address, mara, name] = [`support-${language}-${run}@fjell.example`, `mara-${language}-${run}@example.org`, "Fjell"];
    const atWork = `Mara ${language} at work`;
    const found: string[] = [];
    const names = [name, address, mara, "Mara Lind", atWork, "Telt", "Pay", "Authentication failed"];
    const look = async (what: string) => {
      found.push(...(await everyWay(page, what, () => faults(page, language, { names, without: ["iframe"] }))));
    };
    await agent.goes(server, "/settings/mailboxes");
    await page.getByText(t("mailboxes-empty"), { exact: true }).waitFor();
    await look("no mailbox");
    await page.getByRole("button", { name: t("mailbox-new"), exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(t("name"), { exact: true }).fill(name);
    await dialog.getByLabel(t("mailbox-address"), { exact: true }).fill(address);
    await dialog.getByLabel(t("mailbox-trusted"), { exact: true }).fill("mx.fjell.example");
    for (const [n, host] of [imap!, smtp!].entries()) {
      const [where, port] = host.split(":") as [string, string];
      await dialog.getByLabel(t(n === 0 ? "mailbox-incoming" : "mailbox-outgoing"), { exact: true }).fill(where);
      await dialog.getByLabel(t("mailbox-port"), { exact: true }).nth(n).fill(port);
      await dialog.getByLabel(t("mailbox-security"), { exact: true }).nth(n).selectOption("none");
      await dialog.getByLabel(t("mailbox-user"), { exact: true }).nth(n).fill(address);
      await dialog.getByLabel(t("mailbox-password"), { exact: true }).nth(n).fill(n === 0 ? "wrong" : password);
    }
    await dialog.getByRole("button", { name: t("connection-test"), exact: true }).click();
    await dialog.getByText(t("mailbox-trouble-sign-in-refused")).waitFor();
    await dialog.getByText(t("mailbox-test-fine")).waitFor();
    await look("the form of a mailbox");
    await dialog.getByLabel(t("mailbox-password"), { exact: true }).first().fill(password);
    await dialog.getByRole("button", { name: t("connection-make"), exact: true }).click();
    const row = page.getByRole("listitem").filter({ hasText: address });
    await row.getByText(t("connection-following"), { exact: true }).waitFor();

    // what is not to be believed is listed, and what is becomes a conversation
    await sends(mara, address, `Authentication-Results: mx.fjell.example; dmarc=fail header.from=bank.example\nFrom: ${language}@bank.example\nSubject: Pay\n\nPay now`);
    await sends(mara, address, letter(mara, address, `${language}-${run}`));
    await page.getByText("bank.example", { exact: false }).waitFor({ timeout: 30_000 });
    await look("a mailbox with a letter put aside");
    await picture(window, `mailboxes-${language}`);
    // it is read before anybody decides
    const aside = page.getByRole("listitem").filter({ hasText: "bank.example" });
    await aside.getByRole("button", { name: t("letter-aside-read"), exact: true }).click();
    await dialog.getByText("Pay now", { exact: true }).waitFor();
    await look("a letter put aside");
    await picture(window, `letter-aside-${language}`);
    await dialog.getByRole("button", { name: t(language === "en" ? "letter-let-in" : "letter-leave-out"), exact: true }).click();
    await aside.waitFor({ state: "detached" });

    await agent.goes(server, "/inbox/all");
    await page.getByRole("link", { name: "Mara Lind" }).first().waitFor();
    const letIn = page.getByRole("link").filter({ hasText: "Pay now" }).filter({ hasText: `${language}@bank.example` });
    if (language === "en") await letIn.first().waitFor();
    else expect(await letIn.count()).toBe(0);
    await page.getByRole("link", { name: "Mara Lind" }).first().click();
    const said = page.getByRole("article").filter({ hasText: "mangler plugger" });
    await said.getByRole("button", { name: t("letter-whole") }).click();
    await dialog.getByText(t("letter-unproved")).waitFor();
    await dialog.getByText(mara, { exact: false }).first().waitFor();
    await dialog.frameLocator("iframe").getByText("Takk for kjøpet").waitFor();
    await look("a letter");
    await picture(window, `letter-${language}`);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });

    // somebody who had no part in it answers: that is asked about, and joined with one click
    const id = `${language}-${run}@example.org`;
    const work = `mara-${language}-${run}@work.example`;
    await sends(work, address, `From: ${atWork} <${work}>\nTo: ${address}\nMessage-ID: <work-${id}>\nIn-Reply-To: <${id}>\nSubject: Re: Telt\n\nDet er meg.`);
    await page.getByRole("link", { name: atWork }).first().waitFor({ timeout: 30_000 });
    await agent.goes(server, "/inbox/doubtful");
    await page.getByRole("link", { name: atWork }).first().click();
    const doubt = page.getByRole("complementary", { name: t("doubt"), exact: true });
    await doubt.waitFor();
    await look("a letter that may belong elsewhere");
    await picture(window, `doubt-${language}`);
    await doubt.getByRole("button").last().click();
    await page.getByRole("article").filter({ hasText: "mangler plugger" }).waitFor();
    await page.getByRole("article").filter({ hasText: "Det er meg." }).waitFor();
    await doubt.waitFor({ state: "detached" });

    // its letters can be signed, once the domain tells of the key
    await agent.goes(server, "/settings/mailboxes");
    await row.getByRole("button", { name: t("actions-for", { name }) }).click();
    await page.getByRole("menuitem", { name: t("signing"), exact: true }).click();
    await dialog.getByText("._domainkey.fjell.example", { exact: false }).waitFor({ timeout: 30_000 });
    await row.getByText(t("signing-waits"), { exact: true }).waitFor();
    await look("the key letters are signed with");
    await picture(window, `signing-${language}`);
    await dialog.getByRole("button", { name: t("signing-end"), exact: true }).click();
    await dialog.waitFor({ state: "detached" });

    await row.getByRole("button", { name: t("actions-for", { name }) }).click();
    await page.getByRole("menuitem", { name: t("connection-disconnect"), exact: true }).click();
    await dialog.getByRole("button", { name: t("connection-disconnect"), exact: true }).click();
    await page.getByText(t("mailboxes-empty"), { exact: true }).waitFor();
    expect(lines(found)).toBe("");
  });

  it.each(languages)("is opened by signing in where it is kept, in %s", { timeout: 180_000 }, async (language) => {
    const { state } = await hire(server, { name: `Bo ${language}`, role: "admin", language });
    // who says no at the provider is told so
    const window = await open(browser, { language, state, allow: [/^answered 409: POST .*\/completions$/] });
    const agent = new Agent(window, language);
    const { page, t } = agent;
    const run = Date.now();
    const [address, mara] = [`desk-${language}-${run}@fjell.example`, `mara-${language}-${run}@example.org`];
    const found: string[] = [];
    const names = ["Lyngvidde", address, "Google", "Microsoft", "not-a-real-client"];
    const look = async (what: string) => {
      found.push(...(await everyWay(page, what, () => faults(page, language, { names }))));
    };
    const dialog = page.getByRole("dialog");
    const button = (name: string, within = dialog) => within.getByRole("button", { name, exact: true });
    const provider = "Microsoft";
    await agent.goes(server, "/settings/mailboxes");
    await button(t("mailbox-new"), page.getByRole("main")).click();
    await button(t("mailbox-sign-in", { provider })).click();
    await dialog.getByText("/console/settings/mailboxes", { exact: false }).waitFor();
    await look("the steps at the provider");
    await picture(window, `mail-client-${language}`);
    await dialog.getByLabel(t("mail-client-id"), { exact: true }).fill("not-a-real-client");
    await dialog.getByLabel(t("mail-client-secret"), { exact: true }).fill("not-a-real-client-secret");
    await button(t("mail-client-continue")).click();

    // the provider's own page; who says no comes back to words
    await button("Deny", page.locator("body")).click();
    await page.getByText("access_denied", { exact: false }).waitFor();
    expect(new URL(page.url()).search).toBe("");
    await button(t("mailbox-new"), page.getByRole("main")).click();
    await look("signing in, or passwords");
    await picture(window, `mailbox-new-${language}`);
    await button(t("mailbox-sign-in", { provider })).click();
    await page.getByLabel("E-mail").fill(address);
    await button("Allow", page.locator("body")).click();
    await page.getByText(t("mailbox-sign-in-done", { address }), { exact: true }).waitFor();
    const row = page.getByRole("listitem").filter({ hasText: address });
    await row.getByText(t("mailbox-signed-in-as", { provider, account: address }), { exact: true }).waitFor();
    await row.getByText(t("connection-following"), { exact: true }).waitFor();
    await look("a mailbox that was signed in to");
    await picture(window, `mailbox-signed-in-${language}`);
    await sends(mara, address, letter(mara, address, `signed-in-${language}-${run}`));
    await expect.poll(async () => (await server.api.get<List<{ id: string }>>("/conversations?view=all&limit=100")).items.length, { timeout: 30_000 }).toBeGreaterThan(0);

    // servers and passwords are nothing whoever signed in has to know
    await row.getByRole("button", { name: t("actions-for", { name: "Lyngvidde" }) }).click();
    await page.getByRole("menuitem", { name: t("edit"), exact: true }).click();
    expect(await dialog.getByLabel(t("mailbox-password"), { exact: true }).count()).toBe(0);
    await button(t("connection-test")).click();
    await dialog.getByText(t("mailbox-test-fine")).first().waitFor();
    await look("the form of a mailbox that was signed in to");
    await page.keyboard.press("Escape");

    await row.getByRole("button", { name: t("actions-for", { name: "Lyngvidde" }) }).click();
    await page.getByRole("menuitem", { name: t("connection-disconnect"), exact: true }).click();
    await button(t("connection-disconnect")).click();
    await row.waitFor({ state: "detached" });
    await page.getByRole("button", { name: t("actions-for", { name: provider }) }).click();
    await page.getByRole("menuitem", { name: t("mail-client-forget"), exact: true }).click();
    await button(t("mail-client-forget")).click();
    await page.getByRole("button", { name: t("actions-for", { name: provider }) }).waitFor({ state: "detached" });
    expect(lines(found)).toBe("");
  });
});
