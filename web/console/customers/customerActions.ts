import type { CustomerView } from "../../shared/api";
import { api } from "../lib/api";
import { inbox } from "../inbox/inbox.svelte";
import { customers } from "./customers.svelte";

export type CustomerChange = Partial<Pick<CustomerView, "name" | "email" | "phone" | "language" | "notes">>;

/** A changed customer is shown wherever they are. */
const show = (customer: CustomerView) => {
  customers.put(customer);
  inbox.showCustomer(customer);
};

export const changeCustomer = async (id: string, change: CustomerChange) => show(await api.patch<CustomerView>(`/customers/${id}`, change));

export const block = async (customer: CustomerView, blocked: boolean) => {
  show({ ...customer, blocked });
  try {
    const path = `/customers/${customer.id}/block`;
    await (blocked ? api.put(path) : api.delete(path));
  } catch (error) {
    show(customer);
    throw error;
  }
};
