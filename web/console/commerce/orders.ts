import { api } from "../lib/api";
import { Found } from "../lib/found.svelte";
import type { OrderView } from "../../shared/api";

/** What the shop has sold, as far as it was looked through. */
export const orders = new Found<OrderView, { q?: string; trouble?: boolean }>({
  list: (query) => api.get("/orders", { query }),
  one: (id) => api.get("/orders/{id}", { path: { id } }),
  concerns: (event) => event.startsWith("order_"),
});
