import type { Word } from "../lib/i18n.svelte";

/** The few that a shop uses, in groups; what is missing, the keyboard of the device has. */
export const emoji: [Word, string][] = [
  ["emoji-smileys", "😀😄😊🙂😉😍🤩😎🤗🤔😅😂🥲😢😮😬🙈😴"],
  ["emoji-hands", "👍👎👌👏🙌🙏💪👋🤝✌️🤞👇👉✍️"],
  ["emoji-signs", "❤️💚💛🎉✨🔥⭐✅❌❗❓💡⏰🔔"],
  ["emoji-shop", "📦🚚🛒🎁💳🧾🏷️📏🔄📷📎📞✉️🔒"],
  ["emoji-outside", "🏔️⛺🎒🥾🧥🧤🧢🌲🌧️☀️❄️🌊🚴🎣"],
];

export const single = (group: string) => [...new Intl.Segmenter().segment(group)].map(({ segment }) => segment);
