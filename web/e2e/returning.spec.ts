import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launch, open } from "./support/browser";
import { Server } from "./support/server";
import { Shopper } from "./support/shopper";
import { Visitor } from "./support/visitor";

let server: Server;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe("who comes back and opens the chat before what was said is there", () => {
  const said = "Where is my parcel?";
  let shopper: Shopper;
  let then: (end: "comes" | "is lost") => void;

  beforeEach(async () => {
    const key = (await server.api.get<{ key: string }>("/widget")).key;
    const visitor = await Visitor.arrives(server, { key });
    const { id } = await visitor.begins(said, { name: "Mara" });
    const record = { token: visitor.api.token, talk: id, agreed: true, name: "Mara", email: "" };
    const origins = [{ origin: server.origin, localStorage: [{ name: `ombud:${key}`, value: JSON.stringify(record) }] }];
    shopper = new Shopper(await open(browser, { state: { cookies: [], origins } }));
    const end = new Promise<"comes" | "is lost">((known) => {
      then = known;
    });
    await shopper.page.route("**/chat/conversations", async (route) => ((await end) === "comes" ? route.continue() : route.abort()));
    const asked = shopper.page.waitForRequest("**/chat/conversations");
    await shopper.visits(server);
    await shopper.opens();
    await asked;
    expect(await shopper.panel.getByRole("status").getAttribute("aria-busy")).toBe("true");
    expect(await shopper.choices.count(), "nothing to choose that would be taken away again").toBe(0);
  });

  it("is shown their conversation as soon as it is", async () => {
    then("comes");
    await shopper.message(said).waitFor();
  });

  it("can still begin another when it cannot be fetched", async () => {
    shopper.window.trap.allow(/net::ERR_FAILED/);
    then("is lost");
    await shopper.panel.getByRole("alert").waitFor();
    await shopper.choices.waitFor();
  });
});
