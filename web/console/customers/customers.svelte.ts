import type { CustomerView } from "../../shared/api";
import { api } from "../lib/api";
import { live } from "../lib/live.svelte";
import { route } from "../lib/router.svelte";
import { soon } from "../lib/soon";

const perPage = 50;

/** The people who wrote to the shop, as far as they were looked for. */
class Customers {
  found = $state.raw<CustomerView[]>([]);
  chosen = $state.raw<CustomerView>();
  state = $state<"loading" | "ready" | "failed">("loading");
  #typed = "";
  #next: string | null = null;
  #asked = 0;

  async find(typed: string) {
    this.#typed = typed;
    const asked = ++this.#asked;
    try {
      const page = await this.#page(null);
      if (asked !== this.#asked) return;
      this.found = page.items;
      this.#next = page.next;
      this.state = "ready";
    } catch {
      this.state = "failed";
    }
  }

  async more() {
    const cursor = this.#next;
    if (!cursor) return;
    this.#next = null;
    try {
      const page = await this.#page(cursor);
      this.found = [...this.found, ...page.items];
      this.#next = page.next;
    } catch (error) {
      this.#next = cursor;
      throw error;
    }
  }

  async choose(id: string | undefined) {
    this.chosen = this.found.find((customer) => customer.id === id);
    if (!id) return;
    const found = await api.get("/customers/{id}", { path: { id } }).catch(() => undefined);
    // who was merged is shown as whom they became; the screen goes there
    if (found?.merged_into) route.go(`/customers/${found.merged_into}`, { replace: true });
    else this.chosen = found;
  }

  put(customer: CustomerView) {
    this.found = this.found.map((other) => (other.id === customer.id ? customer : other));
    if (this.chosen?.id === customer.id) this.chosen = customer;
  }

  follow() {
    const again = soon(() => Promise.all([this.find(this.#typed), this.chosen && this.choose(this.chosen.id)]), 150);
    const stops = [live.onEvent(({ event }) => event.startsWith("customer") && again()), live.onResync(again)];
    return () => {
      for (const stop of stops) stop();
    };
  }

  #page(cursor: string | null) {
    return api.get("/customers", { query: { q: this.#typed || undefined, cursor: cursor ?? undefined, limit: perPage } });
  }
}

export const customers = new Customers();
