import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import type { AxeResults } from "axe-core";
import { phone, wide } from "./browser";
import { chat, contact, desk, type Language } from "./words";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Movements that end have ended: colours are measured at rest. */
export const settled = (page: Page) =>
  page.evaluate(async () => {
    const ending = document.getAnimations().filter((it) => it.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ending.map((it) => it.finished));
  });

/** What axe says of colours. They are the same in every language, and half of what axe does, so they are measured in one. */
export const colours = ["color-contrast", "link-in-text-block"];
const measuresColours = async (page: Page) => (await page.evaluate(() => document.documentElement.lang)).startsWith("en");

type How = { /** Parts that are not ours. */ without?: string[]; /** These rules, instead of all. */ only?: string[] };

/** What axe finds wrong, in lines. */
export async function axe(page: Page, { without = [], only }: How = {}): Promise<string[]> {
  await settled(page);
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource);
  const runOnly = only ? { type: "rule", values: only } : { type: "tag", values: tags };
  const skipped = only || (await measuresColours(page)) ? [] : colours;
  const rules = Object.fromEntries(skipped.map((rule) => [rule, { enabled: false }]));
  const { violations } = await page.evaluate(
    ([how, without]) =>
      (globalThis as unknown as { axe: { run: (where: unknown, how: unknown) => Promise<AxeResults> } }).axe.run(
        { include: [["html"]], exclude: without.map((it) => [it]) },
        { ...how, resultTypes: ["violations"], preload: false },
      ),
    [{ runOnly, rules }, without] as const,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `axe ${id}: ${target.flat().join(" ")} — ${failureSummary?.split("\n").slice(1).join("; ").trim()}`));
}

/** Nothing is wider than the window, in the page and in the chat. */
export const sideways = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const page = document.scrollingElement!;
    if (page.scrollWidth > innerWidth) found.push(`sideways: the page is ${page.scrollWidth} px wide in ${innerWidth}`);
    const walk = (root: Document | ShadowRoot) => {
      for (const element of root.querySelectorAll<HTMLElement>("*")) {
        if (element.shadowRoot) walk(element.shadowRoot);
        const { overflowX, overflowY } = getComputedStyle(element);
        // what scrolls down on purpose must not scroll aside by accident
        const scrolls = /auto|scroll/.test(overflowX) && /auto|scroll/.test(overflowY) && !element.matches("pre, textarea");
        if (scrolls && element.scrollWidth > element.clientWidth + 1) found.push(`sideways: ${element.tagName.toLowerCase()}.${element.className} is ${element.scrollWidth} px wide in ${element.clientWidth}`);
      }
    };
    walk(document);
    return found;
  });

/** What floats above the page is whole within the window. */
export const overhanging = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("dialog[open], :popover-open")].flatMap((element) => {
      const { top, bottom, left, right } = element.getBoundingClientRect();
      const inside = top >= 0 && left >= 0 && bottom <= innerHeight + 1 && right <= innerWidth + 1;
      return inside ? [] : [`overhanging: ${element.tagName.toLowerCase()}.${element.className} from ${left}, ${top} to ${right}, ${bottom} in ${innerWidth} x ${innerHeight}`];
    }),
  );

/** Every text a person or a screen reader meets, in the page and in open shadow roots. */
export const texts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found = new Set<string>();
    const walk = (root: Node) => {
      const nodes = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
      for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
        if (node instanceof Text && !node.parentElement?.closest("script, style")) found.add(node.data.trim());
        if (!(node instanceof Element)) continue;
        for (const name of ["aria-label", "title", "placeholder", "alt", "data-placeholder"]) found.add(node.getAttribute(name)?.trim() ?? "");
        if (node.shadowRoot) walk(node.shadowRoot);
      }
    };
    walk(document);
    found.add(document.title.trim());
    found.delete("");
    return [...found];
  });

/** Keys the server makes names from, should one lack its word. */
const made = /^(state|event|view|availability|permission|role|problem|priority|empty|value|audit|job|status|scope|about|order)-[a-z-]+$/;

/** Keys shown instead of words, and words of another language. `names`: what people called their things. */
export async function wording(page: Page, language: Language, names: readonly string[] = []): Promise<string[]> {
  const books = [desk, chat, contact];
  const keys = new Set(books.flatMap((book) => book.en.keys));
  const own = new Set(books.flatMap((book) => [...book[language].plain.values()]));
  const english = new Set(language === "en" ? [] : books.flatMap((book) => [...book.en.plain.values()]));
  return (await texts(page)).flatMap((text) => {
    if (own.has(text) || names.includes(text)) return [];
    if (keys.has(text) || made.test(text)) return [`raw key: ${text}`];
    if (/\{ ?\$|\{\w+\}|\bundefined\b|\bNaN\b|\[object /.test(text)) return [`unfinished: ${text}`];
    return english.has(text) ? [`English: ${text}`] : [];
  });
}

/** All of it, for one screen as it now stands. */
export async function faults(page: Page, language: Language, { names, ...how }: How & { names?: readonly string[] } = {}) {
  return [...(await axe(page, how)), ...(await sideways(page)), ...(await overhanging(page)), ...(await wording(page, language, names))];
}

/** One screen in both sizes and both themes, in lines. Only colours differ between themes: for the second, colours are all that is measured. */
export async function everyWay(page: Page, where: string, look: () => Promise<string[]>, { dark = true } = {}): Promise<string[]> {
  const found: string[] = [];
  const note = (how: string, faults: string[]) => found.push(...faults.map((fault) => `${where} ${how}: ${fault}`));
  const inDark = dark && (await measuresColours(page));
  for (const size of [wide, phone]) {
    await page.setViewportSize(size);
    note(`${size.width} light`, await look());
    if (!inDark) continue;
    await page.emulateMedia({ colorScheme: "dark" });
    note(`${size.width} dark`, await axe(page, { only: colours }));
    await page.emulateMedia({ colorScheme: "light" });
  }
  await page.setViewportSize(wide);
  return found;
}

/** What was found, each once. */
export const lines = (found: readonly string[]) => [...new Set(found)].join("\n");
