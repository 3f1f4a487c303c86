import { readFileSync } from "node:fs";
import type { Browser, Download, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agent } from "./support/agent";
import { launch, open } from "./support/browser";
import { everyWay, faults, lines } from "./support/looks";
import { Server } from "./support/server";
import { type Colleague, hire } from "./support/team";
import { languages } from "./support/words";

let server: Server;
let browser: Browser;
let ada: Colleague;
let bo: Colleague;

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
  ada = await hire(server, { name: "Ada Berg", role: "admin" });
  bo = await hire(server, { name: "Bo Vest" });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const at = async (who: Colleague, path: string) => new Agent(await open(browser, { state: who.state })).goes(server, path);
const file = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
/** As a file is dropped onto the page. */
const drops = (page: Page, name: string, text: string) =>
  page.evaluate(
    ([name, text]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], name, { type: "text/csv" }));
      for (const kind of ["dragover", "drop"]) document.querySelector("main section")!.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
    },
    [name, text] as const,
  );
const figure = (agent: Agent, name: string) => agent.page.locator("dl div").filter({ hasText: agent.t(`import-count-${name}`) }).locator("dd").first();
const text = async (taken: Download) => readFileSync(await taken.path(), "utf8");

describe("customers from a file", () => {
  it("come in by hand: dropped, mapped, tried, run; and the list goes out again", async () => {
    const agent = await at(ada, "/customers");
    const { page } = agent;
    await agent.button("import-customers").click();
    await page.getByRole("heading", { name: agent.t("import-drop") }).waitFor();
    await drops(page, "list.csv", "E-mail;Full name;Born\nnora@example.org;Nora Dal;17.05.1990\nper@example.org;Per Li;\n");
    await page.getByRole("heading", { name: "list.csv" }).waitFor();
    expect(await page.getByLabel(agent.t("import-meaning-of", { heading: "Full name" })).inputValue()).toBe("name");
    await page.getByText("Nora Dal · Per Li").waitFor();
    await page.getByLabel(agent.t("import-meaning-of", { heading: "Born" })).selectOption("birthday");

    await agent.button("import-try").click();
    await page.getByRole("heading", { name: agent.t("import-tried") }).waitFor();
    await expect.poll(() => figure(agent, "new").textContent()).toBe("2");
    await agent.button("import-run").click();
    await page.getByRole("heading", { name: agent.t("import-ran") }).waitFor();

    await agent.button("back").click();
    await agent.button("back").click();
    await page.getByRole("searchbox").fill("Nora");
    await page.getByText("Nora Dal").waitFor();
    await page.getByText("Per Li").waitFor({ state: "detached" });
    const [taken] = await Promise.all([page.waitForEvent("download"), agent.button("export-customers").click()]);
    const rows = (await text(taken)).trim().split(/\r?\n/);
    expect(rows).toHaveLength(2);
    expect(rows[1]).toContain("nora@example.org,,,,1990-05-17");
  });

  it("say what is wrong with a row, hand it out, and with a mapping, at its column", async () => {
    const agent = await at(ada, "/customers/imports");
    const { page } = agent;
    agent.window.trap.allow(/^answered 422: /);
    await page.getByLabel(agent.t("import-choose")).first().setInputFiles(file("wrong.csv", "E-mail,News\nnobody,yes\n=1@example.org,perhaps\nsara@example.org,yes\n"));
    await page.getByRole("heading", { name: "wrong.csv" }).waitFor();
    await page.getByLabel(agent.t("import-meaning-of", { heading: "News" })).selectOption("consent");
    await agent.button("import-try").click();
    await page.getByText("This must not be empty.").waitFor();
    await page.getByLabel(agent.t("import-origin")).fill("Form on our page");
    await agent.button("import-try").click();
    await expect.poll(() => figure(agent, "refused").textContent()).toBe("2");
    const [taken] = await Promise.all([page.waitForEvent("download"), agent.button("import-errors").click()]);
    const rows = (await text(taken)).trim().split(/\r?\n/);
    expect(rows[0]).toContain("row,column,reason,E-mail,News");
    expect(rows[2]).toContain("'=1@example.org");
    await agent.button("import-delete").click();
    await page.getByRole("heading", { name: agent.t("import-drop") }).waitFor();
  });

  it("are for those who may", async () => {
    const agent = await at(bo, "/customers/imports");
    await agent.page.getByRole("searchbox").waitFor();
    expect(await agent.button("import-customers").count()).toBe(0);
    expect(await agent.button("export-customers").count()).toBe(0);
  });

  it.each(languages)("look right in %s, dark and light, on the phone and on the desk", { timeout: 120_000 }, async (language) => {
    const { state } = await hire(server, { name: "Åse Bråten", role: "admin", language });
    const agent = new Agent(await open(browser, { state, language }), language);
    await agent.goes(server, "/customers/imports");
    const { page } = agent;
    await page.getByRole("heading", { name: agent.t("import-drop") }).waitFor();
    const found: string[] = [];
    const names = ["E-mail", "News"];
    const look = async (what: string) => found.push(...(await everyWay(page, what, () => faults(page, language, { names }))));
    await look("the place to drop a file");
    await page.getByLabel(agent.t("import-choose")).first().setInputFiles(file("looks.csv", "E-mail,News\nnobody,yes\nsara@example.org,yes\n"));
    await page.getByRole("heading", { name: "looks.csv" }).waitFor();
    await page.getByLabel(agent.t("import-meaning-of", { heading: "News" })).selectOption("consent");
    await page.getByLabel(agent.t("import-origin")).fill("Form");
    await agent.button("import-try").click();
    await page.getByRole("heading", { name: agent.t("import-tried") }).waitFor();
    await look("what would happen");
    await agent.button("import-delete").click();
    await page.getByRole("heading", { name: agent.t("import-drop") }).waitFor();
    expect(lines(found)).toBe("");
  });
});
