import { tongue } from "../lib/i18n.svelte";

/** What the clock shows where the customer is: nobody likes to be asked at night. */
export const localTime = (timeZone: string | null, now: number): string | undefined => {
  if (!timeZone) return undefined;
  try {
    return new Intl.DateTimeFormat(tongue.locale, { hour: "2-digit", minute: "2-digit", timeZone }).format(now);
  } catch {
    return undefined; // a zone this browser does not know
  }
};
