import type { Birthday, Channel, ConsentView } from "../../shared/api";
import { known, tongue } from "../lib/i18n.svelte";

/** What the server names, in words; its own name where this console has none. */
const word = (kind: string, name: string) => known(`${kind}-${name.replaceAll("_", "-")}`) ?? name;

/** Names of firms are the same in every language. */
const firms: Partial<Record<Channel, string>> = { whatsapp: "WhatsApp", messenger: "Messenger", instagram: "Instagram", x: "X" };

export const channelName = (channel: Channel) => firms[channel] ?? word("channel", channel);
export const purposeName = (purpose: ConsentView["purpose"]) => word("purpose", purpose);
export const sourceName = (source: ConsentView["source"]) => word("source", source);

export const channels = ["webchat", "email", "phone", "sms", "whatsapp", "messenger", "instagram", "x"] as const satisfies Channel[];
export const purposes = ["marketing", "feedback", "service", "browsing", "conversation"] as const satisfies ConsentView["purpose"][];
/** Where a member can have heard it; the rest is told by machines. */
export const sources = ["told", "in_person", "form", "checkout", "import"] as const satisfies ConsentView["source"][];

/** "17 May", or "17 May 1990" where the year is known. Of a day, not of a moment: it is the same everywhere. */
export const birthdayText = ({ month, day, year }: Birthday) =>
  new Intl.DateTimeFormat(tongue.locale, { timeZone: "UTC", day: "numeric", month: "long", year: year ? "numeric" : undefined }).format(Date.UTC(year ?? 2000, month - 1, day));

export const monthNames = () => Array.from({ length: 12 }, (_, month) => new Intl.DateTimeFormat(tongue.locale, { timeZone: "UTC", month: "long" }).format(Date.UTC(2000, month, 1)));
