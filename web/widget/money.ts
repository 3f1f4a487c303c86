import type { Money } from './api';

/** An amount: the currency says how many digits stand behind the point; whole amounts carry none. */
export const money = (language: string, { minor, currency }: Money) => {
  const format = (options = {}) => new Intl.NumberFormat(language, { style: 'currency', currency, ...options });
  const value = minor / 10 ** (format().resolvedOptions().maximumFractionDigits ?? 0);
  return format(Number.isInteger(value) ? { minimumFractionDigits: 0 } : {}).format(value);
};
