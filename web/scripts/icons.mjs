// Draws the PNG icons from icon.svg, for systems that take no SVG. Run by hand after changing the drawing.
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { chromium } from "playwright-core";

const folder = resolve(import.meta.dirname, "../console/public");
const drawing = readFileSync(resolve(folder, "icon.svg"), "utf8");
// a mask may cut a fifth off each side: the ground reaches the edge, the drawing keeps away from it
const maskable = drawing.replace('rx="10"', 'rx="0"').replace("<path ", '<path transform="translate(4.5 4.5) scale(.75)" ');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

const draw = async (name, size, svg) => {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<body style="margin:0">${svg.replace("<svg ", `<svg width="${size}" height="${size}" `)}`);
  writeFileSync(resolve(folder, name), await page.screenshot({ omitBackground: true }));
  await page.close();
};

await draw("icon-192.png", 192, drawing);
await draw("icon-512.png", 512, drawing);
await draw("icon-maskable.png", 512, maskable);
await browser.close();
