import type { Choice } from "../ui/choices.svelte";

const names = (): string[] => Intl.supportedValuesOf("timeZone");

const said = (zone: string, locale: string, style: "long" | "longOffset", now: Date) =>
  new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: style }).formatToParts(now).find(({ type }) => type === "timeZoneName")?.value ?? "";

/** "Europe/Oslo" as somebody would look for it: the city, with the zone's name and distance from Greenwich beneath. */
export const zoneChoice = (zone: string, locale: string, now: Date): Choice => {
  const [region = "", ...place] = zone.replaceAll("_", " ").split("/");
  const city = place.reverse().join(", ") || region;
  return { id: zone, label: city, hint: `${said(zone, locale, "long", now)} · ${said(zone, locale, "longOffset", now)} · ${zone}` };
};

const made = new Map<string, Choice[]>();

/** Naming four hundred zones takes a moment: done once a language. */
const known = (locale: string, now: Date) => {
  const choices = made.get(locale) ?? names().map((zone) => zoneChoice(zone, locale, now));
  made.set(locale, choices);
  return choices;
};

/** Every time zone there is, the shop's own included even when this browser files it under another name. */
export const zoneChoices = (locale: string, now: Date, own: string): Choice[] => {
  const all = known(locale, now);
  return !own || all.some(({ id }) => id === own) ? all : [zoneChoice(own, locale, now), ...all];
};

export const clockIn = (zone: string, locale: string, now: Date) => new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit" }).format(now);
