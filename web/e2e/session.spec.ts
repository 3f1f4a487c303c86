import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Agent } from "./support/agent";
import type { List } from "./support/api";
import { launch, open } from "./support/browser";
import { Server } from "./support/server";
import { hire, mailedLink } from "./support/team";

let server: Server;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Another page at once: the part behind # alone would not load one. */
const follow = async (page: Page, link: string) => {
  await page.goto("about:blank");
  await page.goto(link);
};

it("who has forgotten the password gets a link, sets a new one and signs in with it", async () => {
  const tove = await hire(server, { name: "Tove Berg", language: "nb" });
  const agent = new Agent(await open(browser, { language: "nb", allow: [/^answered 401: POST .*\/session$/, /^answered 4\d\d: PUT .*\/password-resets$/] }), "nb");
  const { page } = agent;
  await agent.goes(server);
  await page.getByRole("textbox", { name: agent.t("email") }).fill(tove.email);
  await agent.button("forgot-password").click();
  // what was typed is there already
  await expect.poll(() => page.getByRole("textbox", { name: agent.t("email") }).inputValue()).toBe(tove.email);
  await agent.button("forgot-send").click();
  await page.getByRole("status").getByText(agent.t("forgot-asked", { email: tove.email })).waitFor();

  const link = await mailedLink(server, tove.email, "reset");
  await follow(page, link);
  // the secret does not stay where a shoulder or a history could read it
  await expect.poll(() => page.url()).not.toContain("#");
  const field = page.getByLabel(agent.t("password-new"), { exact: true });
  await field.fill("kort");
  await agent.button("password-change").click();
  await expect.poll(() => field.getAttribute("aria-invalid")).toBe("true");
  await field.fill("ni telt ved et annet vann");
  await agent.button("password-change").click();
  await page.getByRole("heading", { name: agent.t("reset-done") }).waitFor();
  await page.getByRole("link", { name: agent.t("sign-in") }).click();

  await page.getByRole("textbox", { name: agent.t("email") }).fill(tove.email);
  await page.getByLabel(agent.t("password"), { exact: true }).fill(tove.password);
  await agent.button("sign-in").click();
  await page.getByRole("alert").getByText(agent.t("sign-in-refused")).waitFor();
  await page.getByLabel(agent.t("password"), { exact: true }).fill("ni telt ved et annet vann");
  await agent.button("sign-in").click();
  await agent.list.waitFor();

  // the link is used up
  const stranger = new Agent(await open(browser, { language: "nb", allow: [/^answered 4\d\d: PUT .*\/password-resets$/] }), "nb");
  await follow(stranger.page, link);
  await stranger.page.getByLabel(stranger.t("password-new"), { exact: true }).fill("ti telt ved et annet vann");
  await stranger.button("password-change").click();
  await stranger.page.getByRole("alert").getByText(stranger.t("link-over")).waitFor();
});

it("a new password signs out whoever was signed in with the old one", async () => {
  const odd = await hire(server, { name: "Odd Lie" });
  const inside = new Agent(await open(browser, { state: odd.state, allow: [/^answered 401: /] }));
  await inside.goes(server);
  await inside.list.waitFor();
  await server.api.post("/password-resets", { email: odd.email });
  const outside = new Agent(await open(browser));
  await follow(outside.page, await mailedLink(server, odd.email, "reset"));
  await outside.page.getByLabel(outside.t("password-new"), { exact: true }).fill("a lake by nine tents");
  await outside.button("password-change").click();
  await outside.page.getByRole("heading", { name: outside.t("reset-done") }).waitFor();
  await inside.page.getByRole("heading", { name: inside.t("sign-in") }).waitFor();
});

it("who is invited follows the link, chooses a password and is in", async () => {
  const { items: roles } = await server.api.get<List<{ id: string; key: string }>>("/roles");
  const email = "liv@example.com";
  await server.api.post("/invitations", { email, name: "Liv", role: roles.find(({ key }) => key === "agent")?.id });
  const agent = new Agent(await open(browser, { language: "tr" }), "tr");
  await follow(agent.page, await mailedLink(server, email, "invitation"));
  await agent.page.getByRole("textbox", { name: agent.t("your-name") }).fill("Liv Moe");
  await agent.page.getByLabel(agent.t("password"), { exact: true }).fill("nine tents by the lake");
  await agent.button("invitation-accept").click();
  await agent.list.waitFor();
  const { items } = await server.api.get<List<{ name: string; email: string }>>("/members");
  expect(items.find((member) => member.email === email)?.name).toBe("Liv Moe");
});
