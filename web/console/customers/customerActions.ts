import type { AddressView, CustomerChange, CustomerTag, CustomerView, NewConsent } from "../../shared/api";
import { api, fetchFile } from "../lib/api";
import { download } from "../lib/download";
import { t } from "../lib/i18n.svelte";
import { attempt, toasts } from "../lib/toasts.svelte";
import { inbox } from "../inbox/inbox.svelte";
import { customers, type Narrowed } from "./customers.svelte";

/** A changed customer is shown wherever they are. */
const show = (customer: CustomerView) => {
  customers.put(customer);
  inbox.showCustomer(customer);
};

/** Shows at once what is meant, then what the server made of it; what it refuses is taken back. */
const hopefully = async (before: CustomerView, hoped: Partial<CustomerView>, ask: () => Promise<CustomerView>) => {
  show({ ...before, ...hoped });
  try {
    show(await ask());
  } catch (error) {
    show(before);
    throw error;
  }
};

export const changeCustomer = async (id: string, change: CustomerChange) => show(await api.patch("/customers/{id}", { path: { id }, body: change }));

export const addAddress = async ({ id }: CustomerView, body: { kind: "email" | "phone"; address: string }) => show(await api.post("/customers/{id}/addresses", { path: { id }, body }));

export const removeAddress = (customer: CustomerView, gone: AddressView) =>
  hopefully(customer, { addresses: customer.addresses.filter(({ id }) => id !== gone.id) }, () => api.delete("/customers/{id}/addresses/{address}", { path: { id: customer.id, address: gone.id } }));

export const tagCustomer = (customer: CustomerView, tags: string[]) => hopefully(customer, { tags }, () => api.put("/customers/{id}/tags", { path: { id: customer.id }, body: { tags } }));

/** Tags many at once, or untags them; answers whom that changed. */
export const tagMany = async (tag: CustomerTag, those: string[], tagged: boolean) => (await api.put("/customer-tags/{id}/customers", { path: { id: tag.id }, body: { customers: those, tagged } })).customers;

export const recordConsent = (id: string, body: NewConsent) => api.post("/customers/{id}/consents", { path: { id }, body });

export const block = (customer: CustomerView, blocked: boolean) => {
  const asked = { path: { id: customer.id } };
  return hopefully(customer, { blocked }, () => (blocked ? api.put("/customers/{id}/block", asked) : api.delete("/customers/{id}/block", asked)));
};

/** Says that two customers are one; who is shown may be either of them, so whoever shows them asks again. */
export const merge = async ({ id }: CustomerView, other: CustomerView) => {
  await api.post("/customers/{id}/merges", { path: { id }, body: { other: other.id } });
  toasts.done(t("merged"), { seconds: 10, action: { label: t("undo"), run: () => attempt(() => separate(id, other.id)) } });
};

export const separate = async (id: string, other: string) => {
  await api.delete("/customers/{id}/merges/{other}", { path: { id, other } });
  toasts.done(t("separated"));
};

/** Says that two customers who look like one are not. */
export const tellApart = async ({ id }: CustomerView, other: CustomerView) => {
  const pair = { path: { id, other: other.id } };
  await api.put("/customers/{id}/duplicates/{other}/dismissal", pair);
  const undo = () => attempt(() => api.delete("/customers/{id}/duplicates/{other}/dismissal", pair));
  toasts.done(t("told-apart"), { seconds: 10, action: { label: t("undo"), run: undo } });
};

/** All that is known about a customer, into the browser's downloads. */
export const exportData = async ({ id }: CustomerView, heard: (bytes: number) => void) => download(await fetchFile("/customers/{id}/export", { path: { id } }, heard), `${id}.zip`);

/** The list as it is narrowed, into the browser's downloads. */
export const exportList = async (wanted: Narrowed, heard: (bytes: number) => void) => download(await fetchFile("/customers/export", { query: wanted }, heard), "customers.csv");

/** Forgets a customer for good. Nothing is shown before the server has done it: this cannot be taken back. */
export const erase = async ({ id }: CustomerView) => {
  show(await api.put("/customers/{id}/erasure", { path: { id } }));
  inbox.forget(id);
};
