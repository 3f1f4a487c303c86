import type { Money } from "../../shared/api";
import { tongue } from "./i18n.svelte";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tongue.locale, options);
const midnight = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();

export const number = (value: number) => new Intl.NumberFormat(tongue.locale).format(value);
/** A share of one. */
export const percent = (share: number) => new Intl.NumberFormat(tongue.locale, { style: "percent" }).format(share);
export const time = (at: string | Date) => dates({ hour: "2-digit", minute: "2-digit" }).format(new Date(at));
export const date = (at: string | Date) => dates({ day: "numeric", month: "short", year: "numeric" }).format(new Date(at));
export const moment = (at: string | Date) => dates({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }).format(new Date(at));

const amounts = (currency: string) => new Intl.NumberFormat(tongue.locale, { style: "currency", currency });

/** How many digits a currency has behind the point: 2 for EUR, none for JPY. */
export const digitsOf = (currency: string) => amounts(currency).resolvedOptions().maximumFractionDigits ?? 0;
/** An amount, the way the reader's language writes it. */
export const money = ({ minor, currency }: Money) => amounts(currency).format(minor / 10 ** digitsOf(currency));

/** "4 min. ago" while that helps, then the weekday, then the date. */
export const ago = (at: string, now: number) => {
  const past = new Date(at).getTime() - now;
  const relative = new Intl.RelativeTimeFormat(tongue.locale, { style: "short", numeric: "auto" });
  if (past > -minute) return relative.format(0, "second");
  if (past > -hour) return relative.format(Math.ceil(past / minute), "minute");
  if (past > -day) return relative.format(Math.ceil(past / hour), "hour");
  if (past > -6 * day) return dates({ weekday: "short" }).format(new Date(at));
  return dates({ day: "numeric", month: "short" }).format(new Date(at));
};

/** "4 min", "3 hr", "2 days": how long something has lasted. */
export const lasting = (since: string, now: number) => {
  const past = Math.max(0, now - new Date(since).getTime());
  const [unit, size] = past < hour ? (["minute", minute] as const) : past < day ? (["hour", hour] as const) : (["day", day] as const);
  return new Intl.NumberFormat(tongue.locale, { style: "unit", unit, unitDisplay: "short" }).format(Math.floor(past / size));
};

/** "Today", "Yesterday", "Monday 16 November": the line between two days of a conversation. */
export const dayName = (at: string, now: number) => {
  const days = Math.round((midnight(new Date(at)) - midnight(new Date(now))) / day);
  if (days > -2) {
    const name = new Intl.RelativeTimeFormat(tongue.locale, { numeric: "auto" }).format(days, "day");
    return name.charAt(0).toLocaleUpperCase(tongue.locale) + name.slice(1);
  }
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? undefined : "numeric";
  return dates({ weekday: "long", day: "numeric", month: "long", year }).format(new Date(at));
};

export const sameDay = (one: string, other: string) => midnight(new Date(one)) === midnight(new Date(other));

/** "45 sec", "4 min", "1 hr, 5 min": how long something took. */
export const duration = (seconds: number) => {
  const whole = (value: number, unit: string) => new Intl.NumberFormat(tongue.locale, { style: "unit", unit, unitDisplay: "short" }).format(value);
  if (seconds < 60) return whole(seconds, "second");
  const minutes = Math.round(seconds / 60);
  const said = [Math.floor(minutes / 60) && whole(Math.floor(minutes / 60), "hour"), minutes % 60 && whole(minutes % 60, "minute")];
  return new Intl.ListFormat(tongue.locale, { type: "unit", style: "narrow" }).format(said.filter((part) => typeof part === "string"));
};

export const bytes = (size: number) => {
  const units = ["byte", "kilobyte", "megabyte"] as const;
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(size, 1)) / 3));
  return new Intl.NumberFormat(tongue.locale, { style: "unit", unit: units[step], maximumFractionDigits: step === 2 ? 1 : 0 }).format(size / 1000 ** step);
};

export const languageName = (code: string) => new Intl.DisplayNames(tongue.locale, { type: "language" }).of(code) ?? code;
export const countryName = (code: string) => new Intl.DisplayNames(tongue.locale, { type: "region" }).of(code) ?? code;
export const list = (names: string[]) => new Intl.ListFormat(tongue.locale).format(names);
