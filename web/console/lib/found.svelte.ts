import { live } from "./live.svelte";
import { soon } from "./soon";

type Page<Item> = { items: Item[]; next: string | null };
type Asked = { q?: string; cursor?: string; limit: number };
type Source<Item> = {
  list: (asked: Asked) => Promise<Page<Item>>;
  one: (id: string) => Promise<Item>;
  /** Whether an event of this name may have changed what was found. */
  concerns: (event: string) => boolean;
};

const perPage = 50;

/** A long list as far as it was looked through, and the one thing of it that is open. */
export class Found<Item extends { id: string }> {
  items = $state.raw<Item[]>([]);
  chosen = $state.raw<Item>();
  state = $state<"loading" | "ready" | "failed">("loading");
  #source: Source<Item>;
  #typed = "";
  #next: string | null = null;
  #asked = 0;

  constructor(source: Source<Item>) {
    this.#source = source;
  }

  async find(typed: string) {
    this.#typed = typed;
    const asked = ++this.#asked;
    try {
      const page = await this.#page();
      if (asked !== this.#asked) return;
      this.items = page.items;
      this.#next = page.next;
      this.state = "ready";
    } catch {
      if (asked === this.#asked) this.state = "failed";
    }
  }

  async more() {
    const cursor = this.#next;
    if (!cursor) return;
    this.#next = null;
    const asked = this.#asked;
    try {
      const page = await this.#page(cursor);
      if (asked !== this.#asked) return;
      this.items = [...this.items, ...page.items];
      this.#next = page.next;
    } catch (error) {
      this.#next = cursor;
      throw error;
    }
  }

  async choose(id: string | undefined) {
    this.chosen = this.items.find((item) => item.id === id);
    if (!id) return;
    const item = await this.#source.one(id).catch(() => undefined);
    if (!this.chosen || this.chosen.id === id) this.chosen = item;
  }

  put(item: Item) {
    this.items = this.items.map((other) => (other.id === item.id ? item : other));
    if (this.chosen?.id === item.id) this.chosen = item;
  }

  follow() {
    const again = soon(() => Promise.all([this.find(this.#typed), this.chosen && this.choose(this.chosen.id)]), 150);
    const stops = [live.onEvent(({ event }) => this.#source.concerns(event) && again()), live.onResync(again)];
    return () => {
      for (const stop of stops) stop();
    };
  }

  #page(cursor?: string) {
    return this.#source.list({ q: this.#typed || undefined, cursor, limit: perPage });
  }
}
