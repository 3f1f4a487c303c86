import type { CustomerView, CustomersWanted } from "../../shared/api";
import { api } from "../lib/api";
import { live } from "../lib/live.svelte";
import { route } from "../lib/router.svelte";
import { soon } from "../lib/soon";

const perPage = 50;
/** As many as are tagged at once. */
export const mostChosen = 100;

/** What the list is narrowed by. */
export type Narrowed = Pick<CustomersWanted, "q" | "tag" | "language" | "country" | "blocked" | "seen_since">;

/** The people who wrote to the shop, as far as they were looked for. */
class Customers {
  found = $state.raw<CustomerView[]>([]);
  shown = $state.raw<CustomerView>();
  state = $state<"loading" | "ready" | "failed">("loading");
  /** Those ticked, to do something with all of them. */
  ticked = $state.raw<ReadonlySet<string>>(new Set());
  #wanted: Narrowed = {};
  #next: string | null = null;
  #asked = 0;

  async find(wanted: Narrowed) {
    this.#wanted = wanted;
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

  async show(id: string | undefined) {
    this.shown = this.found.find((customer) => customer.id === id);
    if (!id) return;
    const found = await api.get("/customers/{id}", { path: { id } }).catch(() => undefined);
    // who was merged is shown as whom they became; the screen goes there
    if (found?.merged_into) route.go(`/customers/${found.merged_into}`, { replace: true });
    else this.shown = found;
  }

  put(customer: CustomerView) {
    this.found = this.found.map((other) => (other.id === customer.id ? customer : other));
    if (this.shown?.id === customer.id) this.shown = customer;
  }

  tick(id: string, on: boolean) {
    const others = [...this.ticked].filter((other) => other !== id);
    this.ticked = new Set(on ? [...others, id].slice(-mostChosen) : others);
  }

  tickAll(on: boolean) {
    this.ticked = new Set(on ? this.found.slice(0, mostChosen).map(({ id }) => id) : []);
  }

  again = () => Promise.all([this.find(this.#wanted), this.shown && this.show(this.shown.id)]);

  follow() {
    const again = soon(this.again, 150);
    const stops = [live.onEvent(({ event }) => event.startsWith("customer") && again()), live.onResync(again)];
    return () => {
      for (const stop of stops) stop();
    };
  }

  #page(cursor: string | null) {
    return api.get("/customers", { query: { ...this.#wanted, cursor: cursor ?? undefined, limit: perPage } });
  }
}

export const customers = new Customers();
