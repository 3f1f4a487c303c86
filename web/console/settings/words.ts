import { tongue } from "../lib/i18n.svelte";

/** 1 is Monday. */
export const weekday = (day: number) => {
  const name = new Intl.DateTimeFormat(tongue.locale, { weekday: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2024, 0, day)));
  return name.charAt(0).toLocaleUpperCase(tongue.locale) + name.slice(1);
};

/** A time of day as people there write it. */
export const wallTime = (time: string) => new Intl.DateTimeFormat(tongue.locale, { hour: "2-digit", minute: "2-digit", timeZone: "UTC" }).format(new Date(`2024-01-01T${time}:00Z`));

/** A day of the calendar, wherever it is read. */
export const calendarDay = (day: string) => new Intl.DateTimeFormat(tongue.locale, { weekday: "short", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
