// Fails the build when what people download grows past what was promised. Sizes are gzip, in bytes.
import { readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";

const dist = resolve(import.meta.dirname, "../dist");
const kilobyte = 1024;
const size = (path) => gzipSync(readFileSync(resolve(dist, path)), { level: 9 }).length;
const sum = (sizes) => sizes.reduce((total, one) => total + one, 0);

const widget = (names) => sum(names.map((name) => size(`widget/${name}`)));
const files = readdirSync(resolve(dist, "widget"));
const loader = widget(files.filter((name) => name === "widget.js"));
const browsing = files.filter((name) => name.startsWith("browsing-"));
const panel = widget(files.filter((name) => name.startsWith("panel-")));

const manifest = JSON.parse(readFileSync(resolve(dist, "console/.vite/manifest.json"), "utf8"));
const eager = (key, seen = new Set()) => {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) eager(next, seen);
  return seen;
};
// what the inbox needs before it shows something; the editor comes when idle
const first = [...eager("inbox/InboxScreen.svelte", eager("index.html"))].flatMap((key) => [manifest[key].file, ...(manifest[key].css ?? [])]);
const messages = Math.max(...Object.keys(manifest).filter((key) => /virtual:messages\/\w+\/first/.test(key)).map((key) => size(`console/${manifest[key].file}`)));
const console_ = size("console/index.html") + messages + sum([...new Set(first)].map((path) => size(`console/${path}`)));

const budgets = [
  ["chat loader", loader, 2 * kilobyte],
  ["chat panel", panel, 12 * kilobyte],
  ["chat opened", loader + panel, 13 * kilobyte],
  // every file of it: a whole conversation, with questions, files, products, emoji and all
  ["chat in full", widget(files.filter((name) => !browsing.includes(name))), 22.5 * kilobyte],
  ["chat that is told", loader + widget(browsing), 5 * kilobyte],
  ["console first load", console_, 120 * kilobyte],
];
for (const [name, is, may] of budgets) console.log(`${name.padEnd(20)} ${(is / kilobyte).toFixed(1)} of ${may / kilobyte} KB gzip`);
if (budgets.some(([, is, may]) => is === 0 || is > may)) process.exit(1);
