import type { CustomerChange, CustomerView } from "../../shared/api";
import { api } from "../lib/api";
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
