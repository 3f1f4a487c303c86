import { directory } from "../lib/directory.svelte";
import { t } from "../lib/i18n.svelte";
import type { FieldShape } from "./fields";

/** The longest text of a reply, in characters. */
const longest = 2000;

/** Which replies there are. */
export const offeredFields = (): FieldShape[] => [
  { kind: "switch", name: "track_order", label: t("quick-reply-track-order"), hint: t("quick-reply-track-order-about") },
  { kind: "choice", name: "department", label: t("quick-reply-department"), hint: t("quick-reply-department-about"), options: [{ value: "", label: t("quick-reply-department-none") }, ...directory.departments.map(({ id, name }) => ({ value: id, label: name }))] },
  { kind: "switch", name: "return_policy", label: t("quick-reply-return-policy"), hint: t("quick-reply-return-policy-about") },
  { kind: "switch", name: "shipping", label: t("quick-reply-shipping"), hint: t("quick-reply-shipping-about") },
  { kind: "switch", name: "opening_hours", label: t("quick-reply-opening-hours"), hint: t("quick-reply-opening-hours-about") },
];

/** What the shop says itself. */
export const writtenFields = (): FieldShape[] => {
  const hint = t("quick-reply-text-about", { shop: "{{ shop.name }}" });
  return [
    { kind: "texts", name: "return_policy_texts", label: t("quick-reply-return-policy-text"), hint, max: longest, rows: 4 },
    { kind: "texts", name: "shipping_texts", label: t("quick-reply-shipping-text"), hint, max: longest, rows: 4 },
  ];
};
