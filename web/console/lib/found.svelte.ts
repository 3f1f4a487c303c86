import type { LiveEvent } from "../../shared/live";
import { live } from "./live.svelte";
import { soon } from "./soon";

type Page<Item> = { items: Item[]; next: string | null };
type Words = { q?: string };
type Source<Item, Wanted> = {
  list: (asked: Wanted & { cursor?: string; limit: number }) => Promise<Page<Item>>;
  /** The thing itself; nothing where it is not to be shown. */
  one: (id: string) => Promise<Item | undefined>;
  /** Whether an event may have changed what was found, or the one thing that is open. */
  concerns: (event: LiveEvent, chosen?: Item) => boolean;
};

const perPage = 50;

/** A long list as far as it was looked through, and the one thing of it that is open. */
export class Found<Item extends { id: string }, Wanted extends object = Words> {
  items = $state.raw<Item[]>([]);
  chosen = $state.raw<Item>();
  state = $state<"loading" | "ready" | "failed">("loading");
  #source: Source<Item, Wanted>;
  #wanted = $state.raw<Wanted>({} as Wanted);
  #next: string | null = null;
  #asked = 0;
  #open: string | undefined;

  constructor(source: Source<Item, Wanted>) {
    this.#source = source;
  }

  /** What was asked for last. */
  get wanted() {
    return this.#wanted;
  }

  /** Whether not everything there is was asked for. */
  get narrowed() {
    return Object.values(this.#wanted).some((value) => value !== undefined);
  }

  async find(wanted: Wanted) {
    this.#wanted = wanted;
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
      if (asked === this.#asked) this.#next = cursor;
      throw error;
    }
  }

  /** Opens one; what was found of it stands until it is answered. */
  async choose(id: string | undefined) {
    this.#open = id;
    if (this.chosen?.id !== id) this.chosen = this.items.find((item) => item.id === id);
    if (!id) return;
    const item = await this.#source.one(id).catch(() => undefined);
    // another one may have been opened meanwhile
    if (this.#open === id) this.chosen = item;
  }

  put(item: Item) {
    this.items = this.items.map((other) => (other.id === item.id ? item : other));
    if (this.chosen?.id === item.id) this.chosen = item;
  }

  again = () => Promise.all([this.find(this.#wanted), this.choose(this.#open)]);

  follow() {
    const again = soon(this.again, 150);
    const stops = [live.onEvent((event) => this.#source.concerns(event, this.chosen) && again()), live.onResync(again)];
    return () => {
      for (const stop of stops) stop();
    };
  }

  #page(cursor?: string) {
    return this.#source.list({ ...this.#wanted, cursor, limit: perPage });
  }
}
