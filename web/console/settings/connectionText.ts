import type { ConnectionTest, ConnectionView, Trouble } from "../../shared/api";
import { number } from "../lib/format";
import { known, t } from "../lib/i18n.svelte";

export const troubleText = (kind: Trouble) => known(`connection-trouble-${kind.replaceAll("_", "-")}`) ?? kind;

/** What the shop system does not show with these settings, each in a sentence. */
export const limitTexts = (limits: ConnectionView["limits"]) => limits.map((limit) => known(`connection-limit-${limit.replaceAll("_", "-")}`) ?? limit);

/** What came of a test, in a sentence; the partner's own words at its end. */
export const testText = ({ found, trouble, detail }: ConnectionTest) => {
  if (found) {
    const fine = t("connection-test-fine", { orders: number(found.orders), customers: number(found.customers), products: number(found.products) });
    return [fine, ...limitTexts(found.limits)].join(" ");
  }
  return [trouble && troubleText(trouble), detail].filter(Boolean).join(" ");
};
