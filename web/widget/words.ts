import type { Visit } from './visit';
import type { Language } from './language';

/** The only words the panel brings itself: those for when the shop's own cannot be fetched. */
export const unreachable: Record<Language, [retry: string, close: string]> = {
  en: ['The chat cannot be reached. Try again', 'Close'],
  nb: ['Chatten er ikke tilgjengelig. Prøv igjen', 'Lukk'],
  tr: ['Sohbete ulaşılamıyor. Yeniden dene', 'Kapat'],
  zh: ['无法连接客服，请重试', '关闭'],
};

export type Args = Record<string, string | number>;

export const filled = (text: string, args: Args = {}) => text.replace(/\{(\w+)\}/g, (_, name) => `${args[name]}`);

/** "4 minutes" in the visitor's language: the browser knows every plural. */
export const amount = (language: string, value: number, unit: string) =>
  new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value);

/** The same for minutes to wait: many of them in hours. */
export const wait = (language: string, value: number) =>
  value > 90 ? amount(language, Math.round(value / 60), 'hour') : amount(language, value, 'minute');

export const time = (language: string, at: string) =>
  new Date(at).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });

/** "yesterday", "today", "tomorrow", else the date. */
export function day(language: string, at: string, now = new Date()) {
  const midnight = (of: Date) => new Date(of).setHours(0, 0, 0, 0);
  const ago = Math.round((midnight(now) - midnight(new Date(at))) / 864e5);
  return Math.abs(ago) < 2
    ? new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-ago, 'day')
    : new Date(at).toLocaleDateString(language, { weekday: 'long', day: 'numeric', month: 'long' });
}

/** What went wrong, and what to do about it. */
export function explain(visit: Visit, status: number, detail = '', seconds = 0) {
  const { t, language, config } = visit;
  if (!status) return t('no-connection');
  if (status === 429) {
    const time = seconds > 90 ? wait(language, Math.ceil(seconds / 60)) : amount(language, seconds || 30, 'second');
    return t('too-many', { time });
  }
  if (status === 403) return t(config?.identity === 'required' ? 'sign-in' : 'forbidden');
  if (status === 404) return t('gone');
  if (status >= 500) return t('broken');
  return detail || t('broken');
}
