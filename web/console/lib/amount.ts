import type { Money } from "../../shared/api";
import { digitsOf } from "./format";
import { tongue } from "./i18n.svelte";

const decimalSign = () => new Intl.NumberFormat(tongue.locale).formatToParts(1.5).find(({ type }) => type === "decimal")?.value ?? ".";

/**
 * An amount as people write it: "1 250,50", "1,250.50", "125.5"; nothing when it is none, or has more digits behind the point than the currency.
 * The last point or comma is the decimal sign where the reader's language has it so, or where no thousand can follow it.
 */
export const amountOf = (written: string, currency: string): Money | undefined => {
  const text = written.replace(/[\s'’]/g, "");
  const [, whole = "", sign, part = ""] = /^(.*?)(?:([.,])(\d*))?$/.exec(text) ?? [];
  const thousands = sign !== undefined && sign !== decimalSign() && part.length === 3;
  const groups = thousands ? `${whole}${sign}${part}` : whole;
  const digits = thousands ? "" : part;
  const places = digitsOf(currency);
  if (!/^(\d+|\d{1,3}([.,])\d{3}(\2\d{3})*)$/.test(groups) || digits.length > places) return;
  return { minor: Number(groups.replace(/[.,]/g, "") + digits.padEnd(places, "0")), currency };
};

/** An amount as it is written into a field: with the language's decimal sign, nothing between the thousands, and no sign of the currency. */
export const amountText = ({ minor, currency }: Money): string => {
  const places = digitsOf(currency);
  return new Intl.NumberFormat(tongue.locale, { useGrouping: false, minimumFractionDigits: places, maximumFractionDigits: places }).format(minor / 10 ** places);
};
