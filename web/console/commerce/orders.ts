import { api } from "../lib/api";
import { Found } from "../lib/found.svelte";
import type { OrderView } from "../../shared/api";

/** Whether a line of the order is of this product. */
export const holds = ({ lines }: Pick<OrderView, "lines">, product: string | undefined) => lines.some(({ goods }) => goods && goods.product === product);

/** What the shop has sold, as far as it was looked through. */
export const orders = new Found<OrderView, { q?: string; trouble?: boolean; disputed?: boolean }>({
  list: (query) => api.get("/orders", { query }),
  one: (id) => api.get("/orders/{id}", { path: { id } }),
  concerns: ({ event, ids }, chosen) => event.startsWith("order_") || (event === "stock_changed" && !!chosen && holds(chosen, ids.product)),
});
