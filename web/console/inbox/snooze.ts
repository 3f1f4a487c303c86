import { t } from "../lib/i18n.svelte";

const at = (now: Date, days: number, hour: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);

/** The moments people choose most; "later today" goes when the day does. */
export const snoozeTimes = (now: Date) => {
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const later = new Date(Math.ceil((now.getTime() + 3 * 3_600_000) / 3_600_000) * 3_600_000);
  return [
    ...(later.getDate() === now.getDate() ? [{ id: "later", label: t("snooze-later"), until: later }] : []),
    { id: "tomorrow", label: t("snooze-tomorrow"), until: at(now, 1, 9) },
    { id: "monday", label: t("snooze-monday"), until: at(now, toMonday, 9) },
    ...(toMonday < 7 ? [{ id: "week", label: t("snooze-week"), until: at(now, 7, 9) }] : []),
  ];
};
