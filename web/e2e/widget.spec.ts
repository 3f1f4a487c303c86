import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { unreachable } from "../widget/words";
import { Agent } from "./support/agent";
import type { List } from "./support/api";
import { launch, open } from "./support/browser";
import { png } from "./support/pictures";
import { openAllDay, Server } from "./support/server";
import { Shopper } from "./support/shopper";
import { Site, setWidget, signed } from "./support/site";
import { type Colleague, hire } from "./support/team";
import { chat, desk } from "./support/words";

let server: Server;
let browser: Browser;
let amy: Colleague;
let site: Site;
let told = 0;
let name: string;
const department = "Size and fit";

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
  await server.api.patch("/shop", { undo_send_seconds: 0 });
  amy = await hire(server, { name: "Amy Walker" });
});
beforeEach(async () => {
  name = `Mara ${++told}`;
  site = await Site.opens(server);
  await setWidget(server.api, { origins: [site.origin], needs_consent: true, ask_name: "optional", ask_email: "optional", identity: "optional" });
});
afterEach(() => site?.closes());
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const on = async (site: Site, wish = {}, path = "/") => {
  const shopper = new Shopper(await open(browser, wish));
  await shopper.page.goto(site.origin + path);
  await shopper.launcher.waitFor();
  return shopper;
};
const keptBy = async (page: Page) => {
  const stored = await page.evaluate(async () => [...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await indexedDB.databases()).map((it) => it.name), ...(await caches.keys())]);
  return [...stored, ...(await page.context().cookies()).map((it) => `cookie ${it.name}`)];
};
const amyIn = async (path?: string) => new Agent(await open(browser, { state: amy.state })).goes(server, path);

describe("on the shop's page", () => {
  it("nothing is fetched before it is used, and nothing is kept before one agrees", async () => {
    const shopper = new Shopper(await open(browser));
    const asked: string[] = [];
    shopper.page.on("request", (it) => it.url().startsWith(server.origin) && asked.push(`${it.method()} ${new URL(it.url()).pathname}`));
    await shopper.page.goto(site.origin, { waitUntil: "networkidle" });
    await shopper.launcher.waitFor();
    expect(asked).toEqual(["GET /widget.js"]);
    expect(await keptBy(shopper.page)).toEqual([]);

    const files = () => asked.map((it) => it.replace(/^GET \/widget\/(\w+)-.*/, "$1"));
    await shopper.opens();
    await shopper.panel.getByRole("navigation", { name: shopper.t("choose") }).waitFor();
    expect(files()).toEqual(["GET /widget.js", "panel", "GET /api/v1/chat/config"]);
    await shopper.chooses(department);
    const box = shopper.panel.getByRole("checkbox");
    await box.waitFor();
    expect(files().slice(3)).toEqual(["conversation"]);
    expect(await box.isChecked()).toBe(false);
    await shopper.panel.getByRole("textbox", { name: shopper.t("name") }).fill(name);
    expect(await keptBy(shopper.page)).toEqual([]);
    await shopper.button("go-on").click();
    await shopper.panel.getByText(shopper.t("consent-missing")).waitFor();
    expect(await keptBy(shopper.page)).toEqual([]);
    expect(asked.filter((it) => !it.startsWith("GET "))).toEqual([]);

    await box.check();
    await shopper.button("go-on").click();
    await shopper.field.waitFor();
    expect(await keptBy(shopper.page)).toEqual([`ombud:${site.key}`]);
    // there is no third file: the emoji, the menu and what sends files came along
    await shopper.button("emoji").click();
    await shopper.attaches({ name: "seam.png", mimeType: "image/png", buffer: png() });
    await shopper.writes("Look 👋");
    await shopper.sent();
    expect(files().filter((it) => !/^[A-Z]/.test(it))).toEqual(["panel", "conversation"]);
  });

  it("the page does not move, neither when the button comes nor when the chat opens", async () => {
    const window = await open(browser);
    await window.context.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(globalThis, { shifts });
      new PerformanceObserver((list) => {
        // what follows a click at once was asked for
        for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) if (!entry.hadRecentInput) shifts.push(entry.value);
      }).observe({ type: "layout-shift", buffered: true });
    });
    const shopper = new Shopper(window);
    let before: unknown;
    await shopper.page.route("**/widget.js", async (route) => {
      before = await shopper.page.locator("main").boundingBox();
      await route.continue();
    });
    // a slow network: when the answers come, nothing is excused by the click any more
    await shopper.page.route("**/api/v1/chat/**", async (route) => {
      const asked = await shopper.page.evaluate(() => performance.now());
      await shopper.page.waitForFunction((moment) => performance.now() > moment + 600, asked);
      await route.continue();
    });
    await shopper.page.goto(site.origin);
    await shopper.launcher.waitFor();
    expect(await shopper.page.locator("main").boundingBox()).toEqual(before);
    await shopper.opens();
    await shopper.panel.getByRole("navigation", { name: shopper.t("choose") }).waitFor();
    expect(await shopper.page.locator("main").boundingBox()).toEqual(before);
    // whatever moved has been drawn, and told
    await shopper.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));
    expect(await shopper.page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts)).toEqual([]);
  });

  it("it works under a strict policy on another origin, with pictures and formatted answers", async () => {
    site.page = () => ({ csp: site.policy });
    const shopper = await on(site);
    await shopper.opens();
    await shopper.chooses(department);
    await shopper.answers({ name });
    await shopper.attaches({ name: "seam.png", mimeType: "image/png", buffer: png() });
    await shopper.writes("Look at this seam 👋");
    const agent = await amyIn();
    await agent.opens(name);
    await expect.poll(() => agent.messages.getByAltText("seam.png").evaluate((it) => (it as HTMLImageElement).naturalWidth)).toBe(60);
    await expect.poll(() => shopper.log.getByAltText("seam.png").evaluate((it) => (it as HTMLImageElement).naturalWidth)).toBe(60);
    await agent.editor.click();
    await agent.page.keyboard.press("Control+B");
    await agent.page.keyboard.type("Sew it.");
    await agent.page.keyboard.press("Control+Enter");
    await shopper.log.locator("strong, b").getByText("Sew it.").waitFor();
  });

  it("on a page that is not listed it says that it cannot be reached", async () => {
    await setWidget(server.api, { origins: ["https://elsewhere.example"] });
    const shopper = new Shopper(await open(browser, { allow: [/has been blocked by CORS policy/, /ERR_FAILED/, /^answered 403: (GET|OPTIONS) /] }));
    await shopper.page.goto(site.origin);
    await shopper.opens();
    await shopper.panel.getByRole("button", { name: unreachable.en[0] }).waitFor();
    const body = JSON.stringify({ key: site.key, language: "en", time_zone: "Europe/Oslo", identity: null });
    const answer = await fetch(`${server.origin}/api/v1/chat/visitors`, { method: "POST", headers: { "content-type": "application/json", origin: site.origin }, body });
    expect(answer.status).toBe(403);
  });

  it("a page with big letters, loud styles and one-letter shortcuts leaves it as it is", async () => {
    const looks = (shopper: Shopper) =>
      shopper.page.evaluate(() => {
        const root = document.querySelector("ombud-chat")!.shadowRoot!;
        return ["section", ".launcher", ".panel", "header h2", ".greeting", ".row", ".row b"].map((selector) => {
          const element = root.querySelector(selector)!;
          const { fontSize, fontFamily, color, backgroundColor, letterSpacing, textTransform, lineHeight, direction, visibility, opacity, cursor, textAlign } = getComputedStyle(element);
          const { width, height, right, bottom } = element.getBoundingClientRect();
          return { selector, fontSize, fontFamily, color, backgroundColor, letterSpacing, textTransform, lineHeight, direction, visibility, opacity, cursor, textAlign, box: [width, height, innerWidth - right, innerHeight - bottom].map(Math.round) };
        });
      });
    const opened = async () => {
      const shopper = await on(site);
      await shopper.opens();
      await shopper.panel.getByRole("navigation", { name: shopper.t("choose") }).waitFor();
      return shopper;
    };
    const calm = await looks(await opened());
    site.page = () => ({
      head: `<style>html { font-size: 22px } * { font: 30px/3 cursive !important; color: red !important; background: yellow !important; letter-spacing: 4px !important; text-transform: uppercase !important;
        text-align: right !important; margin: 9px !important; padding: 9px !important; border: 3px solid !important; opacity: .5 !important; cursor: crosshair !important; box-sizing: content-box !important; direction: rtl !important }
        button, section, div, p { width: 90% !important; transform: rotate(3deg) !important }</style>`,
      script: `const heard = []; for (const kind of ["keydown", "keypress", "keyup"]) addEventListener(kind, (it) => { heard.push(it.key); it.preventDefault() });`,
    });
    const shopper = await opened();
    expect(await looks(shopper)).toEqual(calm);
    await shopper.chooses(department);
    await shopper.answers({ name });
    await shopper.field.pressSequentially("s / ? j");
    expect(await shopper.field.inputValue()).toBe("s / ? j");
    expect(await shopper.page.evaluate("heard")).toEqual([]);
  });
});

describe("when the shop closes in the middle of a conversation", () => {
  afterEach(() => openAllDay(server.api));
  const closes = async () => {
    const { items } = await server.api.get<List<{ id: string; name: string; time_zone: string; is_default: boolean }>>("/schedules");
    const far = ((new Date().getUTCDay() + 3) % 7) + 1;
    for (const { id, name, time_zone, is_default } of items) await server.api.put(`/schedules/${id}`, { name, time_zone, is_default, week: [{ day: far, from: "11:00", to: "12:00" }], holidays: [] });
  };
  const inTheEvening = async (about: { email?: string }) => {
    const window = await open(browser);
    const { page } = window;
    await page.clock.install();
    const heard: { type: string; open?: boolean }[] = [];
    page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => heard.push(JSON.parse(String(payload)))));
    const shopper = await new Shopper(window).begins(server, { department, name, text: "Are you still there?", ...about });
    await expect.poll(() => heard.find(({ type }) => type === "shop")?.open).toBe(true);
    await closes();
    // the window asks every 25 seconds
    await page.clock.fastForward(25_000);
    await expect.poll(() => heard.findLast(({ type }) => type === "shop")?.open).toBe(false);
    return shopper;
  };

  it("whoever left no address is told so and can leave one, where the answer then goes", async () => {
    const shopper = await inTheEvening({});
    await shopper.panel.getByRole("status").getByText(shopper.t("closed-now")).waitFor();
    await shopper.field.fill("half a thought");
    await shopper.button("email-leave").click();
    await shopper.button("go-on").click();
    await shopper.panel.getByText(shopper.t("email-missing")).waitFor();
    await shopper.button("back").click();
    await shopper.message("Are you still there?").waitFor();
    await shopper.button("email-leave").click();
    await shopper.answers({ email: "late@example.org", consent: false });
    await shopper.panel.getByText(shopper.t("email-noted", { email: "late@example.org" })).waitFor();
    expect(await shopper.button("email-leave").count()).toBe(0);
    expect(await shopper.field.inputValue()).toBe("half a thought");
    const agent = await amyIn();
    await agent.opens(name);
    await agent.page.getByRole("complementary", { name: agent.t("customer") }).getByText("late@example.org").waitFor();
  });

  it("whoever has left one is not bothered", async () => {
    const shopper = await inTheEvening({ email: "early@example.org" });
    await shopper.writes("Then tomorrow.");
    await shopper.sent();
    expect(await shopper.panel.getByText(shopper.t("closed-now")).count()).toBe(0);
    // at home the shop says when it opens
    await shopper.button("back").click();
    await shopper.panel.getByText(shopper.t("closed")).first().waitFor();
  });
});

describe("whoever the shop has signed in", () => {
  const email = "vera@example.org";
  let secret: string;
  beforeAll(async () => {
    ({ secret } = await server.api.post<{ secret: string }>("/widget/keys"));
  });
  const asVera = () => {
    site.page = () => ({ script: `ombud("identify", ${JSON.stringify(signed(secret, site.key, { sub: "vera-1", name: "Vera Lund", email, email_verified: true }))});` });
  };

  it("finds the own conversations in a fresh browser, and nobody who types the same address does", async () => {
    asVera();
    const vera = await on(site);
    await vera.opens();
    await vera.chooses(department);
    await vera.answers({});
    await vera.writes("Where is my secret parcel?");
    await vera.sent();
    const agent = await amyIn();
    await agent.opens("Vera Lund");
    await agent.message("Where is my secret parcel?").waitFor();
    await agent.page.getByRole("complementary", { name: agent.t("customer") }).getByText(agent.t("verified")).waitFor();

    const again = await on(site);
    await again.opens();
    await again.panel.getByRole("navigation", { name: again.t("earlier") }).getByRole("button").click();
    await again.message("Where is my secret parcel?").waitFor();

    site.page = () => ({});
    const mallory = await on(site);
    await mallory.opens();
    await mallory.chooses(department);
    await mallory.answers({ name: "Vera Lund", email });
    await mallory.writes("It is me, truly.");
    await mallory.sent();
    await mallory.button("back").click();
    await mallory.panel.getByRole("navigation", { name: mallory.t("earlier") }).getByRole("button").click();
    await mallory.message("It is me, truly.").waitFor();
    expect(await mallory.panel.getByText("secret parcel").count()).toBe(0);
    const { items } = await server.api.get<List<{ customer: { id: string }; preview: { text: string }; subject: string }>>("/conversations?view=all&limit=100");
    const whose = (text: string) => items.find(({ subject }) => subject === text)?.customer.id;
    expect(whose("It is me, truly.")).toBeTruthy();
    expect(whose("It is me, truly.")).not.toBe(whose("Where is my secret parcel?"));
    const claimed = await server.api.get<{ email: string | null; email_verified: boolean }>(`/customers/${whose("It is me, truly.")}`);
    expect(claimed.email_verified).toBe(false);
  });

  it("a signature of somebody else is refused, in words", async () => {
    site.page = () => ({ script: `ombud("identify", ${JSON.stringify(signed("ik_not_the_key_of_this_shop_at_all_0000", site.key, { sub: "vera-1", email, email_verified: true }))});` });
    const shopper = await on(site, { allow: [/^answered 403: POST .*\/chat\/visitors$/] });
    await shopper.opens();
    await shopper.panel.getByRole("alert").getByText(shopper.t("forbidden")).waitFor();
    expect(await shopper.panel.getByText("secret parcel").count()).toBe(0);
  });
});

describe("files are what they contain, not what they are called", () => {
  const disguised: [string, Buffer][] = [
    ["page.png", Buffer.from("<!doctype html><html><body><script>alert(1)</script></body></html>")],
    ["drawing.png", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ["program.png", Buffer.concat([Buffer.from("MZ\x90\x00\x03\x00\x00\x00", "latin1"), Buffer.alloc(500), Buffer.from("PE\0\0")])],
  ];

  it("the chat refuses disguises and giants in the shopper's own words", async () => {
    const language = "nb";
    const shopper = new Shopper(await open(browser, { language, allow: [/^answered 4(13|15|22): POST .*\/chat\/files/] }), language);
    await shopper.visits(server);
    await shopper.opens();
    await shopper.chooses("Størrelse og passform");
    await shopper.answers({ name });
    for (const [file, buffer] of disguised) {
      await shopper.panel.locator("input[type=file]").setInputFiles({ name: file, mimeType: "image/png", buffer });
      await shopper.panel.getByText(chat.nb("file-kind", { name: file })).waitFor();
      await shopper.button("remove-file", { name: file }).click();
    }
    await shopper.panel.locator("input[type=file]").setInputFiles({ name: "giant.png", mimeType: "image/png", buffer: Buffer.concat([png(), Buffer.alloc(10 * 2 ** 20 + 1 - png().length)]) });
    await shopper.panel.getByText(chat.nb("file-big", { name: "giant.png", size: "10 megabyte" })).waitFor();
    await shopper.button("remove-file", { name: "giant.png" }).click();
    await shopper.attaches({ name: "../../etc/søm\u202egnp.exe.png", mimeType: "image/png", buffer: png() }, "../../etc/sømgnp.exe.png");
    await shopper.button("send").click();
    const picture = shopper.log.getByRole("img").last();
    await expect.poll(() => picture.evaluate((it) => (it as HTMLImageElement).naturalWidth)).toBe(60);
    expect(await picture.getAttribute("alt")).not.toMatch(/[/\u202a-\u202e]/);
  });

  it("they are dropped on the open chat or pasted into it, and held against the same limits", async () => {
    const shopper = await new Shopper(await open(browser)).begins(server, { department, name, text: "Here come pictures." });
    const picture = { name: "seam.png", type: "image/png", base64: png().toString("base64") };
    const drawing = { name: "drawing.svg", type: "image/svg+xml", base64: disguised[1]![1].toString("base64") };

    await shopper.holds([picture, drawing], "dragover");
    await shopper.panel.getByText(shopper.t("drop")).waitFor();
    await shopper.holds([picture, drawing], "dragleave");
    await shopper.panel.getByText(shopper.t("drop")).waitFor({ state: "detached" });
    await shopper.holds([picture, drawing], "dragover");
    await shopper.holds([picture, drawing], "drop");
    await shopper.panel.getByText(shopper.t("drop")).waitFor({ state: "detached" });
    await shopper.panel.getByText(shopper.t("file-kind", { name: drawing.name })).waitFor();
    await shopper.button("remove-file", { name: drawing.name }).click();
    await shopper.button("remove-file", { name: picture.name }).waitFor();

    // a cell of a spreadsheet is meant as words, a copied picture as a picture
    await shopper.holds([{ ...picture, name: "cells.png" }], "paste", { "text/plain": "42", "text/html": "<td>42</td>" });
    await shopper.holds([{ ...picture, name: "copied.png" }], "paste");
    await shopper.button("remove-file", { name: "copied.png" }).waitFor();
    expect(await shopper.button("remove-file", { name: "cells.png" }).count()).toBe(0);
    await shopper.panel.getByRole("progressbar").first().waitFor({ state: "detached" });
    await shopper.field.press("Enter");
    for (const file of ["seam.png", "copied.png"]) await expect.poll(() => shopper.log.getByAltText(file).evaluate((it) => (it as HTMLImageElement).naturalWidth)).toBe(60);

    // on the way home nothing is taken, and words are pasted as ever
    await shopper.field.fill("");
    await shopper.button("back").click();
    await shopper.panel.getByRole("navigation", { name: shopper.t("choose") }).waitFor();
    await shopper.holds([picture], "dragover");
    await shopper.holds([picture], "drop");
    expect(await shopper.panel.getByText(shopper.t("drop")).count()).toBe(0);
  });

  it("the console refuses them too, and the server does when asked past both", async () => {
    const shopper = await new Shopper(await open(browser)).begins(server, { department, name, text: "Have you a picture?" });
    const agent = new Agent(await open(browser, { state: amy.state, allow: [/^answered 4(13|15|22): POST .*\/files/] }));
    await agent.goes(server);
    await agent.opens(name);
    const composer = agent.page.getByRole("region", { name: agent.t("composer") });
    for (const [file, buffer] of disguised) {
      await composer.locator("input[type=file]").setInputFiles({ name: file, mimeType: "image/png", buffer });
      await agent.toasts.getByText(/\p{L}{3}/u).first().waitFor();
      await agent.toasts.getByRole("button", { name: desk.en("close") }).first().click();
      await agent.toasts.getByText(/\p{L}{3}/u).first().waitFor({ state: "detached" });
      await composer.getByText(file).waitFor({ state: "detached" });
    }
    await composer.locator("input[type=file]").setInputFiles({ name: "giant.png", mimeType: "image/png", buffer: Buffer.alloc(10 * 2 ** 20 + 1, png()) });
    await agent.toasts.getByText("giant.png").waitFor();
    await composer.locator("input[type=file]").setInputFiles({ name: "tent.png", mimeType: "image/png", buffer: png(30, 30) });
    await composer.getByText("tent.png").waitFor();
    await composer.getByRole("progressbar").waitFor({ state: "detached" });
    await agent.replies("Here it is.");
    await expect.poll(() => shopper.log.getByAltText("tent.png").evaluate((it) => (it as HTMLImageElement).naturalWidth)).toBe(30);
    for (const [file, buffer] of [...disguised, ["giant.png", Buffer.alloc(10 * 2 ** 20 + 1, png())] as const]) {
      const status = await server.api.ask("POST", `/files?name=${file}`, buffer).then(() => 201, (refused) => refused.status ?? `${refused}`);
      expect([413, 415, 422], `${file} was answered ${status}`).toContain(status);
    }
  });
});
