import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Agent } from "./support/agent";
import { launch, network, open } from "./support/browser";
import { faults } from "./support/looks";
import { Server } from "./support/server";
import { type Colleague, hire } from "./support/team";
import { Visitor } from "./support/visitor";

let server: Server;
let browser: Browser;
let amy: Colleague;
let talk: string;

// parts of the console that are fetched when they are first needed
const editor = "**/assets/editor-*.js";
const settings = "**/assets/SettingsScreen-*.{js,css}";

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
  amy = await hire(server, { name: "Amy Walker", role: "admin" });
  talk = (await (await Visitor.arrives(server)).begins("Is it waterproof?", { name: "Nell" })).id;
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it("a page that could not be fetched without a network comes by itself when there is one again", async () => {
  const agent = new Agent(await open(browser, { state: amy.state, allow: network }));
  await agent.goes(server);
  await agent.list.waitFor();
  await agent.window.context.setOffline(true);
  await agent.page.getByRole("link", { name: agent.t("settings"), exact: true }).click();
  await agent.page.getByRole("alert").getByText(agent.t("part-cut")).waitFor();
  expect(await faults(agent.page, "en")).toEqual([]);
  await agent.window.context.setOffline(false);
  await agent.page.getByRole("heading", { name: agent.t("settings-account") }).waitFor();
  // with its styles, which failed as well: the list of pages stands beside the page
  await expect.poll(() => agent.page.locator("main nav").first().evaluate((it) => it.getBoundingClientRect().width)).toBeLessThan(300);
});

it("the text field that could not be fetched says so and comes on “try again”", async () => {
  const agent = new Agent(await open(browser, { state: amy.state, allow: network }));
  const cut = [editor, "**/console/"];
  for (const path of cut) await agent.page.route(path, (route) => route.abort("connectionreset"));
  await agent.goes(server, `/inbox/open/${talk}`);
  await agent.page.getByRole("alert").getByText(agent.t("editor-cut")).waitFor();
  expect(await faults(agent.page, "en")).toEqual([]);
  for (const path of cut) await agent.page.unroute(path);
  await agent.button("try-again").click();
  await agent.replies("It is.");
});

it("after an upgrade the page is loaded anew, and what was being written is still there", async () => {
  const agent = new Agent(await open(browser, { state: amy.state, allow: [/^answered 404: .*SettingsScreen/] }));
  await agent.page.route(settings, (route) => route.fulfill({ status: 404, body: "This file is of another version." }));
  await agent.goes(server, `/inbox/open/${talk}`);
  await agent.editor.click();
  await agent.page.keyboard.type("As long as you");
  await agent.page.getByRole("link", { name: agent.t("settings"), exact: true }).click();
  await agent.page.getByRole("alert").getByText(agent.t("part-replaced")).waitFor();
  expect(await faults(agent.page, "en")).toEqual([]);
  await agent.page.unroute(settings);
  await agent.button("reload").click();
  await agent.page.getByRole("heading", { name: agent.t("settings-account") }).waitFor();
  await agent.goes(server, `/inbox/open/${talk}`);
  await agent.editor.getByText("As long as you").waitFor();
});
