import { t } from "../lib/i18n.svelte";

const browsers: [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrom(e|ium)\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const systems: [RegExp, string][] = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];
const first = (header: string, names: [RegExp, string][]) => names.find(([mark]) => mark.test(header))?.[1];

/** "Firefox on Windows" out of what a browser calls itself. */
export const browserName = (header: string) => {
  const [browser, system] = [first(header, browsers), first(header, systems)];
  if (browser && system) return t("session-browser", { browser, system });
  return browser ?? system ?? (header.slice(0, 60) || t("session-unknown"));
};
