import type { CustomerChange, CustomerView } from "../../shared/api";
import { api, fetchFile } from "../lib/api";
import { download } from "../lib/download";
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

/** All that is known about a customer, into the browser's downloads. */
export const exportData = async ({ id }: CustomerView, heard: (bytes: number) => void) => download(await fetchFile("/customers/{id}/export", { path: { id } }, heard), `${id}.zip`);

/** Forgets a customer for good. Nothing is shown before the server has done it: this cannot be taken back. */
export const erase = async ({ id }: CustomerView) => {
  show(await api.put("/customers/{id}/erasure", { path: { id } }));
  inbox.forget(id);
};
