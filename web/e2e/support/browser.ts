import { existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Locator, type Page } from "playwright-core";
import { onTestFinished } from "vitest";
import type { Language } from "./words";

export const wide = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

const locales = { en: "en-GB", nb: "nb-NO", tr: "tr-TR", zh: "zh-CN" };

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM || ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync),
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });

type Wish = {
  language?: Language;
  size?: { width: number; height: number };
  theme?: "light" | "dark";
  state?: BrowserContextOptions["storageState"];
  context?: BrowserContextOptions;
  /** Troubles this story brings about on purpose. */
  allow?: RegExp[];
};

/** Whatever a page should never do: break its policy, throw, complain, ask in a dialog, or be refused. */
export class Trap {
  readonly caught: string[] = [];
  constructor(readonly allowed: RegExp[]) {}

  take(what: string) {
    if (!this.allowed.some((it) => it.test(what))) this.caught.push(what);
  }

  allow(...troubles: RegExp[]) {
    this.allowed.push(...troubles);
  }

  check() {
    if (this.caught.length > 0) throw new Error(`The browser complained:\n  ${this.caught.join("\n  ")}`);
  }
}

// the console asks who is signed in before anybody is
const usual = [/^answered 401: GET .*\/api\/v1\/session$/];

export class Window {
  constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly trap: Trap,
  ) {}

  /** Another tab of the same person. */
  async tab() {
    const page = await this.context.newPage();
    watch(page, this.trap);
    return page;
  }

  async close() {
    await this.context.close();
    this.trap.check();
  }
}

/** A window of a new person; when the story ends it is closed, and pictured if the story failed. */
export async function open(browser: Browser, wish: Wish = {}): Promise<Window> {
  const window = await openFor(browser, wish);
  onTestFinished(async ({ task }) => {
    if (task.result?.state === "fail") await picture(window, task.name);
    await window.close();
  });
  return window;
}

/** The same, closed by hand. */
export async function openFor(browser: Browser, { language = "en", size = wide, theme = "light", state, context: more, allow = [] }: Wish = {}): Promise<Window> {
  const context = await browser.newContext({ viewport: size, locale: locales[language], timezoneId: "Europe/Oslo", colorScheme: theme, reducedMotion: "reduce", storageState: state, ...more });
  context.setDefaultTimeout(15_000);
  const trap = new Trap([...usual, ...allow]);
  await context.exposeBinding("broken", (_, what: string) => trap.take(`policy: ${what}`));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample, sourceFile, lineNumber }) =>
      (window as unknown as { broken: (what: string) => void }).broken(`${violatedDirective} ${blockedURI} ${sample} (${sourceFile}:${lineNumber})`),
    );
  });
  const page = await context.newPage();
  watch(page, trap);
  return new Window(context, page, trap);
}

function watch(page: Page, trap: Trap) {
  page.on("pageerror", (error) => trap.take(`threw: ${error.message}`));
  page.on("dialog", (dialog) => {
    trap.take(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  // a refused request is known better by its answer
  page.on("console", (said) => said.type() === "error" && !/^Failed to load resource: the server responded/.test(said.text()) && trap.take(`console: ${said.text()}`));
  page.on("response", (it) => it.status() >= 400 && trap.take(`answered ${it.status()}: ${it.request().method()} ${it.url()}`));
}

const pictures = process.env.OMBUD_WALK_PICTURES ?? join(tmpdir(), "ombud-walks");
let pictured = 0;

export async function picture({ context }: Window, name: string) {
  mkdirSync(pictures, { recursive: true });
  for (const page of context.pages()) {
    const path = join(pictures, `${name.replace(/[^\p{L}\p{N}]+/gu, "-")}-${process.pid}-${++pictured}.png`);
    await page.screenshot({ path }).then(() => console.error(`pictured in ${path}`), () => {});
  }
}

/** What is cut off is noticed by both sides. */
export const network = [/ERR_INTERNET_DISCONNECTED/, /ERR_CONNECTION_(REFUSED|RESET|CLOSED)/, /ERR_EMPTY_RESPONSE/, /ERR_NETWORK_CHANGED/, /ERR_NETWORK_IO_SUSPENDED/, /WebSocket connection to/];

/** Where the keys go; the page moves it in its own time. */
export const hasFocus = (wanted: Locator) => wanted.evaluate((it) => (it.getRootNode() as Document | ShadowRoot).activeElement === it);

/** Presses Tab until `wanted` has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, wanted: Locator, key = "Tab", most = 60) {
  await wanted.waitFor();
  for (let press = 0; press < most; press++) {
    if (await hasFocus(wanted)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${wanted} cannot be reached with ${key}`);
}
