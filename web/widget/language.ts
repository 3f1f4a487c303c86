export const languages = ['en', 'nb', 'tr', 'zh'] as const;
export type Language = (typeof languages)[number];

/** The first wish we speak: `nb-NO`, `zh_Hans` and the like count as their language, Norwegian of any kind as Bokmål. */
export function choose(...wishes: (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const tag = wish?.toLowerCase().split(/[-_]/)[0] ?? '';
    const language = /^(no|nn)$/.test(tag) ? 'nb' : tag;
    if (languages.includes(language as Language)) return language as Language;
  }
  return 'en';
}
