import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Agent } from "./support/agent";
import { launch, open } from "./support/browser";
import { everyWay, faults, lines } from "./support/looks";
import { Server } from "./support/server";
import { type Colleague, hire } from "./support/team";
import { Visitor } from "./support/visitor";
import { type Language, languages } from "./support/words";

let server: Server;
let browser: Browser;
const leads = {} as Record<Language, Colleague>;
let agent: Colleague;

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
  for (const language of languages) leads[language] = await hire(server, { name: `Lead ${language}`, role: "admin", language });
  agent = await hire(server, { name: "Ines Holm" });
  await (await Visitor.arrives(server)).begins("Is the Vidde tent waterproof?", { name: "Mara Lind" });
  await server.restore();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const paused = (agent: Agent) => agent.page.getByRole("complementary").filter({ has: agent.page.getByRole("status") });

it.each(languages)("the console says at the top that nothing is sent since a restore, in %s", { timeout: 60_000 }, async (language) => {
  const lead = await new Agent(await open(browser, { language, state: leads[language].state }), language).goes(server);
  await lead.row("Mara Lind").waitFor();
  await paused(lead).waitFor();
  const found: string[] = [];
  const names = await named();
  const look = async (what: string) => found.push(...(await everyWay(lead.page, what, () => faults(lead.page, language, { names }))));
  await look("the bar");
  await lead.button("sending-resume").click();
  await lead.page.getByRole("dialog", { name: lead.t("sending-resume-title") }).waitFor();
  await look("the question");
  await lead.button("cancel").click();
  expect(lines(found)).toBe("");
  await paused(lead).waitFor();
});

/** What people have called their things reads the same in every language. */
const named = async () => (await server.api.get<{ items: { name: string }[] }>("/departments")).items.map(({ name }) => name);

it("who may lets go what waits, and everybody's bar goes", async () => {
  const [lead, ines] = await Promise.all([leads.en, agent].map(async ({ state }) => new Agent(await open(browser, { state })).goes(server)));
  await paused(ines!).waitFor();
  expect(await paused(ines!).getByRole("button").count()).toBe(0);
  await lead!.button("sending-resume").click();
  await lead!.page.getByRole("dialog").getByRole("button", { name: lead!.t("sending-resume") }).click();
  await lead!.toasts.getByText(lead!.t("sending-resumed")).waitFor();
  await Promise.all([lead, ines].map((it) => paused(it!).waitFor({ state: "detached" })));
});
