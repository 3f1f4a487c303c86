import type { CustomerChange, CustomerView } from "../../shared/api";
import { api, fetchFile } from "../lib/api";
import { download } from "../lib/download";
import { t } from "../lib/i18n.svelte";
import { attempt, toasts } from "../lib/toasts.svelte";
import { inbox } from "../inbox/inbox.svelte";
import { customers } from "./customers.svelte";

/** A changed customer is shown wherever they are. */
const show = (customer: CustomerView) => {
  customers.put(customer);
  inbox.showCustomer(customer);
};

export const changeCustomer = async (id: string, change: CustomerChange) => show(await api.patch("/customers/{id}", { path: { id }, body: change }));

export const block = async (customer: CustomerView, blocked: boolean) => {
  show({ ...customer, blocked });
  try {
    const asked = { path: { id: customer.id } };
    await (blocked ? api.put("/customers/{id}/block", asked) : api.delete("/customers/{id}/block", asked));
  } catch (error) {
    show(customer);
    throw error;
  }
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

/** Forgets a customer for good. Nothing is shown before the server has done it: this cannot be taken back. */
export const erase = async ({ id }: CustomerView) => {
  show(await api.put("/customers/{id}/erasure", { path: { id } }));
  inbox.forget(id);
};
