import { tongue } from "../lib/i18n.svelte";

const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at));
/** Codes that are no country: the European Union, the United Nations, ways of writing, what is unknown. */
const none = new Set(["EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"]);
/** Countries of former days go by what came after them. */
const isOfToday = (code: string) => Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
const codes = () => letters.flatMap((first) => letters.map((second) => first + second)).filter((code) => !none.has(code) && isOfToday(code));

type Country = { value: string; label: string };
const made = new Map<string, Country[]>();

/** Every country this browser has a name for, in the order of the names. */
export const countries = (): Country[] => {
  const { locale } = tongue;
  const known = made.get(locale);
  if (known) return known;
  const names = new Intl.DisplayNames(locale, { type: "region", fallback: "none" });
  const named = codes().flatMap((value) => {
    const label = names.of(value);
    return label ? [{ value, label }] : [];
  });
  const sorted = named.sort((one, other) => one.label.localeCompare(other.label, locale));
  made.set(locale, sorted);
  return sorted;
};
