import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Agent } from "./support/agent";
import { launch, open, phone } from "./support/browser";
import { Server } from "./support/server";
import { type Colleague, owner } from "./support/team";

const crowd = 100_000;
/** As many as one screen shows, with some spare above and below. */
const mostRows = 30;
const mostElements = 1000;
const perPage = 50;

let server: Server;
let browser: Browser;
let boss: Colleague;

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
  await server.halt();
  execFileSync("python3", [join(import.meta.dirname, "support/crowd.py"), join(server.folder, "data/ombud.sqlite"), String(crowd)], { stdio: "inherit" });
  await server.run();
  boss = await owner(server);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** How long something took is said, not judged: that is the machine's. */
const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
  const began = performance.now();
  const result = await work();
  console.log(`${what}: ${Math.round(performance.now() - began)} ms`);
  return result;
};

/** What the page asks of the API from now on. */
const listen = (page: Page) => {
  const asked: string[] = [];
  page.on("request", (request) => request.url().includes("/api/v1/") && asked.push(`${request.method()} ${new URL(request.url()).pathname.slice("/api/v1".length)}`));
  return asked;
};
const lists = (asked: string[]) => asked.filter((path) => path === "GET /conversations").length;

const rowsShown = (agent: Agent) => agent.list.locator("li").count();
const elements = (page: Page) => page.evaluate(() => document.querySelectorAll("*").length);

/** To a view, by its tab or from the menu of all. */
const look = async (agent: Agent, name: string) => {
  const tab = agent.page.getByRole("navigation", { name: agent.t("views") }).getByRole("link", { name: agent.t(`view-${name}`) });
  if (await tab.isVisible()) await tab.click();
  else {
    await agent.button("all-views").click();
    await agent.page.getByRole("menuitemradio", { name: agent.t(`view-${name}`) }).or(agent.page.getByRole("menuitem", { name: agent.t(`view-${name}`) })).click();
  }
  await agent.page.getByRole("list", { name: agent.t(`view-${name}`), exact: true }).getByRole("link").first().waitFor();
};

it("the first screen needs one page of them", async () => {
  const agent = new Agent(await open(browser, { state: boss.state }), "nb");
  const asked = listen(agent.page);
  await timed("first row on screen", async () => {
    await agent.goes(server);
    await agent.list.getByRole("link").first().waitFor();
  });
  const paints = await agent.page.evaluate(() => performance.getEntriesByType("paint").map(({ name, startTime }) => `${name}: ${Math.round(startTime)} ms`));
  console.log(paints.join(", "), `${await elements(agent.page)} elements`);
  // once more when the socket has greeted: what was fetched before may be older than it
  expect(lists(asked)).toBeLessThanOrEqual(2);
  expect(await rowsShown(agent)).toBeLessThanOrEqual(mostRows);
  expect(await elements(agent.page)).toBeLessThan(mostElements);
  const { open: waiting } = await timed("to count them", () => server.api.get<{ open: number }>("/conversations/counts"));
  expect(waiting).toBeGreaterThan(crowd / 2);
});

it("another view is one page more, and one that was shown is there at once", async () => {
  const agent = new Agent(await open(browser, { state: boss.state }), "nb");
  await agent.goes(server);
  await agent.list.getByRole("link").first().waitFor();
  await agent.page.waitForLoadState("networkidle");
  const asked = listen(agent.page);
  for (const name of ["unassigned", "resolved", "all", "open"]) {
    asked.length = 0;
    await timed(`to ${name}`, () => look(agent, name));
    await expect.poll(() => asked.toSorted().join(), { message: name }).toBe("GET /conversations,GET /conversations/counts");
    expect(await rowsShown(agent)).toBeLessThanOrEqual(mostRows);
  }
});

it.each([["a desk", undefined], ["a phone", phone]])("scrolled far on %s, the screen is as light as at first", { timeout: 180_000 }, async (_, size) => {
  const agent = new Agent(await open(browser, { state: boss.state, size }), "nb");
  await agent.goes(server);
  await agent.list.getByRole("link").first().waitFor();
  const wanted = 2000;
  let most = 0;
  const asked = listen(agent.page);
  await timed(`${wanted} rows`, async () => {
    for (let fetched = perPage; fetched < wanted; ) {
      const last = agent.list.getByRole("listitem").last();
      await last.evaluate((it) => it.closest("ul")!.parentElement!.scrollTo({ top: it.closest("ul")!.scrollHeight }));
      await expect.poll(async () => Number(await last.getAttribute("aria-setsize")), { interval: 10 }).toBeGreaterThan(fetched);
      fetched = Number(await last.getAttribute("aria-setsize"));
      most = Math.max(most, await rowsShown(agent));
    }
  });
  const after = await elements(agent.page);
  console.log(`${after} elements, at most ${most} rows`);
  expect(most).toBeLessThanOrEqual(mostRows);
  expect(after).toBeLessThan(mostElements);
  expect(lists(asked)).toBeLessThanOrEqual(wanted / perPage + 2);
});
