import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agent } from "./support/agent";
import type { List } from "./support/api";
import { launch, open, phone, wide } from "./support/browser";
import { faults } from "./support/looks";
import { Server } from "./support/server";
import { hire } from "./support/team";
import { languages } from "./support/words";

/** Where a real Vendure is; scripts/with-vendure starts one. */
const vendure = process.env.OMBUD_TEST_VENDURE;

describe.skipIf(!vendure)("a shop system", () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start({ reaches: new URL(vendure!).host }), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it.each(languages)("is connected, tested, mended, paused and disconnected in the console, in %s", { timeout: 120_000 }, async (language) => {
    const { state } = await hire(server, { name: `Ada ${language}`, role: "admin", language });
    const window = await open(browser, { language, state });
    const agent = new Agent(window, language);
    const { page, t } = agent;
    const name = "Vendure";
    await agent.goes(server, "/settings/connections");
    await page.getByText(t("connections-empty"), { exact: true }).waitFor();

    await page.getByRole("button", { name: t("connection-make"), exact: true }).click();
    await page.getByRole("menuitem", { name, exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(t("connection-field-address"), { exact: true }).fill(vendure!);
    await dialog.getByLabel(t("connection-field-username"), { exact: true }).fill("superadmin");
    const password = dialog.getByLabel(t("connection-field-password"), { exact: true });
    await password.fill("wrong");
    await dialog.getByRole("button", { name: t("connection-test"), exact: true }).click();
    await dialog.getByText(t("connection-trouble-sign-in-refused")).waitFor();
    expect(await faults(page, language, { names: [name, "superadmin", "The provided credentials are invalid"] })).toEqual([]);
    await password.fill("superadmin");
    await dialog.getByRole("button", { name: t("connection-test"), exact: true }).click();
    await expect.poll(() => dialog.getByRole("status").textContent()).toContain("4");
    await dialog.getByRole("button", { name: t("connection-make"), exact: true }).click();
    const row = page.getByRole("listitem").filter({ hasText: vendure! });
    await row.getByText(t("connection-following"), { exact: true }).waitFor();
    const { items } = await server.api.get<List<{ title: string }>>("/products?q=TENT-3");
    expect(items.map(({ title }) => title)).toContain("Tent Vidde");

    const act = async (word: string) => {
      await row.getByRole("button", { name: t("actions-for", { name }) }).click();
      await page.getByRole("menuitem", { name: t(word), exact: true }).click();
    };
    await act("connection-pause");
    await row.getByText(t("connection-paused"), { exact: true }).waitFor();
    for (const size of [phone, wide]) {
      await page.setViewportSize(size);
      expect(await faults(page, language, { names: [name, vendure!] })).toEqual([]);
    }
    await act("connection-resume");
    await row.getByText(t("connection-following"), { exact: true }).waitFor();
    await act("edit");
    await password.fill("wrong");
    await dialog.getByRole("button", { name: t("save"), exact: true }).click();
    await row.getByText(t("connection-in-trouble"), { exact: true }).waitFor();
    await row.getByText(t("connection-trouble-sign-in-refused")).waitFor();

    // the copy stays, or goes as well
    const erases = language !== languages[0];
    const end = erases ? "connection-erase" : "connection-disconnect";
    await act(end);
    expect(await faults(page, language, { names: [name, vendure!] })).toEqual([]);
    await dialog.getByRole("button", { name: t(end), exact: true }).click();
    await page.getByText(t("connections-empty"), { exact: true }).waitFor();
    const left = await server.api.get<List<{ title: string }>>("/products?q=TENT-3");
    expect(left.items.map(({ title }) => title).includes("Tent Vidde")).toBe(!erases);
  });
});

describe("the form of a shop system", () => {
  let server: Server;
  let browser: Browser;
  let page404: HttpServer;

  beforeAll(async () => {
    // a host that is no shop
    page404 = createServer((_, answer) => answer.writeHead(404, { "content-type": "text/html" }).end("<title>Nothing here</title>"));
    await new Promise<void>((ready) => page404.listen(0, "127.0.0.1", ready));
    [server, browser] = await Promise.all([Server.start({ reaches: `127.0.0.1:${(page404.address() as AddressInfo).port}` }), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    page404.close();
  });

  it.each(languages)("says in the words of each system what it asks for, in %s", { timeout: 120_000 }, async (language) => {
    const { state } = await hire(server, { name: `Ada ${language}`, role: "admin", language });
    const agent = new Agent(await open(browser, { language, state }), language);
    const { page, t } = agent;
    const elsewhere = `http://127.0.0.1:${(page404.address() as AddressInfo).port}`;
    await agent.goes(server, "/settings/connections");
    for (const [name, address, secrets] of [
      ["WooCommerce", "connection-field-woocommerce-address", ["consumer-key", "consumer-secret"]],
      ["Shopify", "connection-field-shopify-address", ["client-secret", "access-token"]],
      ["Medusa", "connection-field-medusa-address", ["secret-key"]],
    ] as const) {
      await page.getByRole("button", { name: t("connection-make"), exact: true }).click();
      await page.getByRole("menuitem", { name, exact: true }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(t(address), { exact: true }).fill(elsewhere);
      for (const secret of secrets) await dialog.getByLabel(t(`connection-field-${secret}`), { exact: true }).fill("secret");
      for (const size of [phone, wide]) {
        await page.setViewportSize(size);
        expect(await faults(page, language, { names: [name] })).toEqual([]);
      }
      await dialog.getByRole("button", { name: t("connection-test"), exact: true }).click();
      await dialog.getByText(t("connection-trouble-not-understood")).waitFor();
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
    }
  });
});
