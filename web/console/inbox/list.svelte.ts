import type { ConversationRow } from "../../shared/api";
import { api } from "../lib/api";
import { belongs, queryOf, type ViewName } from "./views";

const perPage = 50;
// plain comparison, as the server sorts: among very many, the alphabet of a language would take its time
const descending = (one: string, other: string) => (one < other ? 1 : one > other ? -1 : 0);
const newestFirst = (one: ConversationRow, other: ConversationRow) => descending(one.changed_at, other.changed_at) || descending(one.id, other.id);

/** The conversations of one view, newest activity first, fetched as far as somebody scrolled. */
export class ConversationList {
  rows = $state.raw<ConversationRow[]>([]);
  state = $state<"loading" | "ready" | "failed">("loading");
  #next: string | null = null;
  #fetching = false;

  constructor(
    readonly view: ViewName,
    readonly me: string,
  ) {}

  /** Fetches the newest page; what lies below it stays as it was. */
  async refresh() {
    try {
      const page = await this.#page(null);
      const oldest = page.items.at(-1);
      const below = oldest && page.next ? this.rows.filter((row) => newestFirst(row, oldest) > 0) : [];
      const fresh = new Set(page.items.map(({ id }) => id));
      if (below.length === 0) this.#next = page.next;
      this.rows = [...page.items, ...below.filter(({ id }) => !fresh.has(id))];
      this.state = "ready";
    } catch {
      if (this.rows.length === 0) this.state = "failed";
    }
  }

  async more() {
    if (!this.#next || this.#fetching) return;
    this.#fetching = true;
    try {
      const page = await this.#page(this.#next);
      const here = new Set(this.rows.map(({ id }) => id));
      this.rows = [...this.rows, ...page.items.filter(({ id }) => !here.has(id))];
      this.#next = page.next;
    } finally {
      this.#fetching = false;
    }
  }

  /** A row changed, here or elsewhere: it moves, comes or goes. */
  put(row: ConversationRow) {
    const here = this.rows.some(({ id }) => id === row.id);
    const others = this.rows.filter(({ id }) => id !== row.id);
    if (belongs(row, this.view, this.me) ?? here) this.rows = this.#withinReach(row) || here ? [...others, row].sort(newestFirst) : others;
    else if (here) this.rows = others;
  }

  /** A customer was erased: what was fetched of them earlier says nothing either. */
  forget(customer: string) {
    const forgotten = (row: ConversationRow) => ({ ...row, customer: { ...row.customer, erased: true }, subject: "", preview: { ...row.preview, text: "" } });
    this.rows = this.rows.map((row) => (row.customer.id === customer ? forgotten(row) : row));
  }

  remove(id: string) {
    this.rows = this.rows.filter((row) => row.id !== id);
  }

  /** A row older than everything fetched so far will come with its page. */
  #withinReach(row: ConversationRow) {
    const oldest = this.rows.at(-1);
    return this.#next === null || !oldest || newestFirst(row, oldest) < 0;
  }

  #page(cursor: string | null) {
    return api.get("/conversations", { query: { ...queryOf(this.view), limit: perPage, cursor: cursor ?? undefined } });
  }
}
