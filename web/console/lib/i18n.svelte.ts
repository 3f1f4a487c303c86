import { FluentBundle, FluentResource } from "@fluent/bundle";
import type { Language } from "../../shared/api";
import type { Messages } from "./messages.gen";

export type Key = keyof Messages;
/** Keys that need no arguments. */
export type Word = { [K in Key]: Messages[K] extends undefined ? K : never }[Key];
type Args<K extends Key> = Messages[K] extends undefined ? [] : [Messages[K]];

/** Each language in its own words: that is how people find theirs in a list. */
export const languages: Record<Language, string> = { en: "English", nb: "Norsk bokmål", tr: "Türkçe", zh: "简体中文" };

const catalogues: Record<Language, () => Promise<{ default: string }>> = {
  en: () => import("virtual:messages/en"),
  nb: () => import("virtual:messages/nb"),
  tr: () => import("virtual:messages/tr"),
  zh: () => import("virtual:messages/zh"),
};
const locales: Record<Language, string> = { en: "en-GB", nb: "nb-NO", tr: "tr-TR", zh: "zh-CN" };

class Tongue {
  language = $state<Language>("en");
  bundle = $state.raw(new FluentBundle("en"));
  locale = $derived(locales[this.language]);

  async speak(language: Language) {
    const { default: catalogue } = await catalogues[language]();
    // names are isolated by <bdi> on screen; invisible marks in labels would only hinder searching
    const bundle = new FluentBundle(locales[language], { useIsolating: false });
    bundle.addResource(new FluentResource(catalogue));
    this.bundle = bundle;
    this.language = language;
    document.documentElement.lang = locales[language];
  }

  choose(language: Language) {
    localStorage.setItem("language", language);
    return this.speak(language);
  }
}

export const tongue = new Tongue();

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
