import { FluentBundle, FluentResource } from "@fluent/bundle";
import type { Language } from "../../shared/api";
import fetched from "virtual:messages";
import type { Messages, Part } from "./messages.gen";

export type Key = keyof Messages;
/** Keys that need no arguments. */
export type Word = { [K in Key]: Messages[K] extends undefined ? K : never }[Key];
type Args<K extends Key> = Messages[K] extends undefined ? [] : [Messages[K]];

/** Each language in its own words: that is how people find theirs in a list. */
export const languages: Record<Language, string> = { en: "English", nb: "Norsk bokmål", tr: "Türkçe", zh: "简体中文" };

export const catalogues = fetched as Record<Language, Record<Part, () => Promise<{ default: string }>>>;
const locales: Record<Language, string> = { en: "en-GB", nb: "nb-NO", tr: "tr-TR", zh: "zh-CN" };

class Tongue {
  language = $state<Language>("en");
  bundle = $state.raw(new FluentBundle("en"));
  locale = $derived(locales[this.language]);

  #parts: Part[] = ["first"];

  async speak(language: Language): Promise<void> {
    const parts = this.#parts;
    const found = await Promise.all(parts.map((part) => catalogues[language][part]()));
    // another part was learned meanwhile
    if (parts !== this.#parts) return this.speak(language);
    // names are isolated by <bdi> on screen; invisible marks in labels would only hinder searching
    const bundle = new FluentBundle(locales[language], { useIsolating: false });
    for (const { default: catalogue } of found) bundle.addResource(new FluentResource(catalogue));
    this.bundle = bundle;
    this.language = language;
    document.documentElement.lang = locales[language];
  }

  /** Fetches the words of a part, in the language spoken now; they stay known in whatever is spoken later. */
  async learn(part: Part) {
    if (this.#parts.includes(part)) return;
    const language = this.language;
    const { default: catalogue } = await catalogues[language][part]();
    this.#parts = [...this.#parts, part];
    if (language === this.language) this.bundle.addResource(new FluentResource(catalogue));
    else await this.speak(this.language);
  }

  choose(language: Language) {
    localStorage.setItem("language", language);
    return this.speak(language);
  }
}

export const tongue = new Tongue();

/** Fetches something together with the words that only it needs. */
export const withWords =
  <T>(parts: Part[], load: () => Promise<T>) =>
  async () => {
    const [loaded] = await Promise.all([load(), ...parts.map((part) => tongue.learn(part))]);
    return loaded;
  };

export const isLanguage = (name: string | null | undefined): name is Language => !!name && name in languages;

export const firstLanguage = (): Language => {
  const wished = [localStorage.getItem("language"), ...navigator.languages.map((tag) => tag.slice(0, 2).replace(/^n[no]$/, "nb"))];
  return wished.find(isLanguage) ?? "en";
};

export const t = <K extends Key>(key: K, ...[args]: Args<K>): string => {
  const message = tongue.bundle.getMessage(key);
  return message?.value ? tongue.bundle.formatPattern(message.value, args as Record<string, string | number>) : key;
};

/** For keys the server names (an event's kind, a permission): `undefined` when this console has no word for it. */
export const known = (key: string): string | undefined => (tongue.bundle.hasMessage(key) ? t(key as Word) : undefined);
