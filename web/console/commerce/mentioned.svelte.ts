import type { OrderView } from "../../shared/api";
import { api } from "../lib/api";
import { may } from "../lib/permissions";
import { session } from "../lib/session.svelte";

/** So many of the newest are looked for: each is a search. */
const most = 5;

/** What may be the number of an order or of a parcel: what stands behind a hash, and whatever has four digits and more. */
export const candidates = (text: string): string[] => text.match(/#[\p{L}\d][\p{L}\d-]{1,19}|(?<![\p{L}\d#.,/-])\d{4,30}(?![\p{L}\d/-])/gu) ?? [];

const plain = (number: string) => number.replace(/^#/, "").toLowerCase();
const isCalled = (order: OrderView, mention: string) => [order.number, ...order.parcels.map(({ tracking }) => tracking ?? "")].some((name) => plain(name) === plain(mention));

/** The orders a conversation speaks of, by the words that name them. */
export class Mentioned {
  orders = $state.raw<ReadonlyMap<string, OrderView>>(new Map());
  #asked = new Set<string>();

  /** Looks for what is named in these texts, the newest last, and was not looked for yet. */
  async look(texts: string[]) {
    if (!session.may(may.readOrders)) return;
    const named = [...new Set(texts.flatMap(candidates))].filter((mention) => !this.#asked.has(mention)).slice(-most);
    for (const mention of named) this.#asked.add(mention);
    const found = await Promise.all(named.map((mention) => this.#find(mention)));
    const orders = found.filter((pair) => pair !== undefined);
    if (orders.length > 0) this.orders = new Map([...this.orders, ...orders]);
  }

  async #find(mention: string): Promise<[string, OrderView] | undefined> {
    // not being found and not being answered are the same here: then it is a number like any other
    const { items } = await api.get("/orders", { query: { q: plain(mention), limit: 10 } }).catch(() => ({ items: [] }));
    const called = items.filter((order) => isCalled(order, mention));
    return called.length === 1 ? [mention, called[0]!] : undefined;
  }
}
