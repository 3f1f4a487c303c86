import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { catalogue } from "../../scripts/catalogue.mjs";
import { languages } from "../../widget/language";
import { repository } from "./server";

export { type Language, languages } from "../../widget/language";
import type { Language } from "../../widget/language";

export type Args = Record<string, FluentVariable>;
export type Words = { (key: string, args?: Args): string; keys: string[]; plain: Map<string, string> };

/** Looks words up as people read them: no key, no English where another language is meant. */
function speak(language: Language, source: string): Words {
  const bundle = new FluentBundle({ en: "en-GB", nb: "nb-NO", tr: "tr-TR", zh: "zh-CN" }[language], { useIsolating: false });
  bundle.addResource(new FluentResource(source));
  const word = (key: string, args?: Args) => {
    const pattern = bundle.getMessage(key)?.value;
    if (!pattern) throw new Error(`There is no “${key}” in ${language}.`);
    return bundle.formatPattern(pattern, args);
  };
  const keys = [...source.matchAll(/^([a-z][\w-]*) *=/gm)].map(([, key]) => key!);
  const plain = new Map(keys.flatMap((key) => (typeof bundle.getMessage(key)?.value === "string" ? [[key, word(key)]] : [])));
  return Object.assign(word, { keys, plain });
}

const each = <T>(make: (language: Language) => T) => Object.fromEntries(languages.map((it) => [it, make(it)])) as Record<Language, T>;

/** The console's words. */
export const desk = each((language) => speak(language, catalogue(language)));
/** The chat's words. */
export const chat = each((language) => speak(language, readFileSync(join(repository, "locales", language, "webchat.ftl"), "utf8")));

/** The contact form's words. */
export const contact = each((language) => speak(language, readFileSync(join(repository, "locales", language, "contact.ftl"), "utf8")));

/** A text that is all there is, not a part of another. */
export const whole = (text: string) => new RegExp(`^\\s*${text.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+")}\\s*$`);
