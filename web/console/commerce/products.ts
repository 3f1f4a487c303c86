import { api } from "../lib/api";
import { Found } from "../lib/found.svelte";
import type { ProductView } from "../../shared/api";

/** What the shop sells, as far as it was looked through. */
export const products = new Found<ProductView, { q?: string; sort?: "best_selling" }>({
  list: (query) => api.get("/products", { query }),
  one: (id) => api.get("/products/{id}", { path: { id } }),
  concerns: ({ event }) => event.startsWith("product_") || event === "stock_changed",
});
