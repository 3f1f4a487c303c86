import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agent } from "./support/agent";
import type { List } from "./support/api";
import { hasFocus, launch, open, tabTo } from "./support/browser";
import { everyWay, faults, lines } from "./support/looks";
import { Server } from "./support/server";
import { Shopper } from "./support/shopper";
import { type Colleague, hire } from "./support/team";
import { Visitor } from "./support/visitor";
import { languages } from "./support/words";

type Row = { id: string; number: number; customer: { id: string; name: string } };

let server: Server;
let browser: Browser;
let bo: Colleague;

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
  await server.api.patch("/shop", { undo_send_seconds: 0 });
  bo = await hire(server, { name: "Bo Vest" });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const rowOf = async (customer: string) => (await server.api.get<List<Row>>("/conversations?view=all&limit=100")).items.find((row) => row.customer.name === customer)!;
const at = async (who: Colleague, path = "/inbox/all") => new Agent(await open(browser, { state: who.state })).goes(server, path);
const begins = async (name: string, email: string, text: string) => {
  const visitor = await Visitor.arrives(server);
  await visitor.begins(text, { name, email });
  return rowOf(name);
};

describe("two customers who are one person", () => {
  it("are suggested, merged with the keyboard alone, and separated again; each browser sees its own chat", async () => {
    const shopper = await new Shopper(await open(browser)).begins(server, { department: "Size and fit", name: "Mara Lind", email: "mara@example.org", text: "Which size is mine?" });
    const other = await begins("M. Lind", "Mara@Example.org", "It is me again, from work");
    const agent = await at(bo);
    const { page } = agent;
    await agent.opens("Mara Lind");
    const card = page.getByRole("region", { name: agent.t("perhaps-same"), exact: true });
    await card.getByText(agent.t("alike-same-email", { shared: "mara@example.org" })).waitFor();

    await page.keyboard.press("Escape");
    const merge = card.getByRole("button", { name: agent.t("merge") });
    await tabTo(page, merge, "Shift+Tab");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: agent.t("merge-title") });
    await dialog.getByText("M. Lind", { exact: true }).waitFor();
    await tabTo(page, dialog.getByRole("button", { name: agent.t("merge-yes"), exact: true }));
    await page.keyboard.press("Enter");
    const merged = page.getByRole("region", { name: agent.t("merged-here"), exact: true });
    await merged.getByText("M. Lind").first().waitFor();
    await expect.poll(() => hasFocus(merged)).toBe(true);
    const panel = page.getByRole("complementary", { name: agent.t("customer") });
    await panel.getByRole("link").filter({ hasText: "It is me again, from work" }).waitFor();
    await agent.row("M. Lind").waitFor({ state: "detached" });

    // what a colleague has open of the other leads to the whole
    const colleague = await at(bo, `/customers/${other.customer.id}`);
    const { customer } = await rowOf("Mara Lind");
    await expect.poll(() => new URL(colleague.page.url()).pathname).toBe(`/console/customers/${customer.id}`);

    // the shopper hears the answer to their own question and nothing of the rest
    await agent.replies("Yours is 38.");
    await shopper.message("Yours is 38.").waitFor();
    expect(await shopper.page.getByText("It is me again").count()).toBe(0);

    await merged.getByRole("button", { name: agent.t("separate") }).click();
    await agent.toasts.getByText(agent.t("separated")).waitFor();
    await agent.row("M. Lind").waitFor();
    await card.getByText(agent.t("alike-same-email", { shared: "mara@example.org" })).waitFor();
    await card.getByRole("button", { name: agent.t("not-the-same") }).click();
    await agent.toasts.getByText(agent.t("told-apart")).waitFor();
    await card.waitFor({ state: "detached" });
  });

  it.each(languages)("look right in %s", { timeout: 120_000 }, async (language) => {
    const name = `Wolkenstein${"oberhuber".repeat(6)} ${language}`;
    const email = `${language}@example.org`;
    const [one, other] = [await begins(name, email, "Hello"), await begins(`Second ${name}`, email, "Hello again")];
    await begins(`Third ${name}`, email, "And again");
    await server.api.post(`/customers/${one.customer.id}/merges`, { other: other.customer.id });
    const { state } = await hire(server, { name: "Åse Bråten", language });
    const names = (await server.api.get<List<{ name: string }>>("/departments")).items.map((department) => department.name);
    const agent = new Agent(await open(browser, { language, state }), language);
    const found: string[] = [];
    for (const path of [`/inbox/all/${one.id}`, `/customers/${one.customer.id}`]) {
      const { page } = await agent.goes(server, path);
      const card = page.getByRole("region", { name: agent.t("perhaps-same"), exact: true });
      await card.getByText(agent.t("merged-here")).waitFor();
      const look = async (what: string) => found.push(...(await everyWay(page, what, () => faults(page, language, { names }))));
      await look(path);
      await card.getByRole("button", { name: agent.t("merge") }).click();
      await page.getByRole("dialog", { name: agent.t("merge-title") }).waitFor();
      await look(`${path}, the question`);
    }
    expect(lines(found)).toBe("");
  });
});
