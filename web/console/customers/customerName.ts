import type { Author, CustomerName, CustomerView } from "../../shared/api";
import { t } from "../lib/i18n.svelte";

/** A customer as lists name them. */
export const named = ({ id, display_name, erased_at }: CustomerView): CustomerName => ({ id, name: display_name, erased: erased_at !== null });

/** What a customer is called on the screen. */
export const customerName = ({ name, erased }: Omit<CustomerName, "id">): string => (erased ? t("erased-customer") : name);

/** Who wrote something; `erased` when the customer of the conversation was. */
export const authorName = ({ kind, name }: Author, erased = false): string => (erased && kind === "customer" ? t("erased-customer") : (name ?? "Ombud"));
