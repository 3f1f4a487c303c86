import type { Card, Money, ProductView, VariantView } from "../../shared/api";
import { money, number } from "../lib/format";
import { t, tongue } from "../lib/i18n.svelte";

/** What it is called in the reader's language. */
export const productTitle = ({ title, titles }: Pick<ProductView, "title" | "titles">) => titles[tongue.language] ?? title;

/** Its cheapest price in the currency the shop names first, and whether there are others. */
export const priceOf = ({ variants }: Pick<ProductView, "variants">): { from: Money; same: boolean } | undefined => {
  const currency = variants.flatMap(({ prices }) => prices)[0]?.price.currency;
  const prices = variants.flatMap(({ prices }) => prices).map(({ price }) => price).filter((price) => price.currency === currency);
  const from = prices.reduce<Money | undefined>((least, price) => (!least || price.minor < least.minor ? price : least), undefined);
  return from && { from, same: prices.every(({ minor }) => minor === from.minor) };
};

/** The price in words: "from 449 kr" where sizes cost differently. */
export const priceText = (product: Pick<ProductView, "variants">) => {
  const price = priceOf(product);
  if (!price) return "";
  return price.same ? money(price.from) : t("price-from", { price: money(price.from) });
};

/** What the customer is going to be shown; the server says it in their language and currency. */
export const cardOf = (product: ProductView): Card => {
  const price = priceOf(product);
  return { product: product.id, title: productTitle(product), page: product.page, picture: product.picture, price: price?.from ?? null, before: null, dearer: price?.same === false, in_stock: null, left: null };
};

const few = 5;
type Stock = { tone: "good" | "warn" | "danger" | "plain"; text: string };

/** How many are left, in words; nothing where the shop does not count. */
export const stockOf = (variants: Pick<VariantView, "available" | "on_backorder">[]): Stock | undefined => {
  const counted = variants.filter(({ available }) => available !== null);
  if (counted.length === 0) return undefined;
  const left = counted.reduce((sum, { available }) => sum + Math.max(0, available ?? 0), 0);
  if (left > few) return { tone: "good", text: t("stock-left", { count: number(left) }) };
  if (left > 0) return { tone: "warn", text: t("stock-few", { count: number(left) }) };
  return counted.some(({ on_backorder }) => on_backorder) ? { tone: "plain", text: t("stock-backorder") } : { tone: "danger", text: t("stock-none") };
};
