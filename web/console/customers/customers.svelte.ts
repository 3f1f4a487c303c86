import type { CustomerView, CustomersWanted } from "../../shared/api";
import { api } from "../lib/api";
import { Found } from "../lib/found.svelte";
import { route } from "../lib/router.svelte";

/** As many as are tagged at once. */
export const mostChosen = 100;

/** What the list is narrowed by. */
export type Narrowed = Pick<CustomersWanted, "q" | "tag" | "language" | "country" | "blocked" | "seen_since" | "visitors">;

/** The people who wrote to the shop, as far as they were looked for. */
class Customers extends Found<CustomerView, Narrowed> {
  /** Those ticked, to do something with all of them. */
  ticked = $state.raw<ReadonlySet<string>>(new Set());

  constructor() {
    super({
      list: (query) => api.get("/customers", { query }),
      one: async (id) => {
        const found = await api.get("/customers/{id}", { path: { id } });
        if (!found.merged_into) return found;
        // who was merged is shown as whom they became
        route.go(`/customers/${found.merged_into}`, { replace: true });
      },
      concerns: ({ event }) => event.startsWith("customer"),
    });
  }

  tick(id: string, on: boolean) {
    const others = [...this.ticked].filter((other) => other !== id);
    this.ticked = new Set(on ? [...others, id].slice(-mostChosen) : others);
  }

  tickAll(on: boolean) {
    this.ticked = new Set(on ? this.items.slice(0, mostChosen).map(({ id }) => id) : []);
  }
}

export const customers = new Customers();
