import type { Consents, ConversationRow, NoteView, OrderView } from "../../shared/api";
import type { LiveEvent } from "../../shared/live";
import { api } from "../lib/api";
import { live } from "../lib/live.svelte";
import { may } from "../lib/permissions";
import { session } from "../lib/session.svelte";
import { soon } from "../lib/soon";

/** The newest of something, and whether there is more of it. */
export type Newest<Item> = { items: Item[]; next: string | null };
export type Values = Record<string, unknown>;

const nothing = { items: [], next: null };
const limit = 100;

/** What stands beside a customer: fetched when they are shown, and kept true while they are. */
export class Beside {
  notes = $state.raw<Newest<NoteView>>(nothing);
  consents = $state.raw<Consents>({ standing: [], ...nothing });
  values = $state.raw<Values>({});
  orders = $state.raw<Newest<OrderView>>(nothing);
  conversations = $state.raw<Newest<ConversationRow>>(nothing);
  state = $state<"loading" | "ready" | "failed">("loading");

  constructor(
    readonly customer: string,
    /** What happened with them as well, not only what is known of them. */
    readonly wholly = true,
  ) {}

  load = async () => {
    try {
      await Promise.all([this.#known(), this.wholly && this.#happened()]);
      this.state = "ready";
    } catch {
      if (this.state === "loading") this.state = "failed";
    }
  };

  /** For `$effect`: fetches, and follows what others change. */
  follow = () => {
    const again = soon(this.load, 150);
    // of whoever is merged into them, or separated again, it is theirs too, or no more
    const mine = ({ ids }: LiveEvent) => void ([ids.customer, ids.into].includes(this.customer) && again());
    const stops = [live.onEvent(mine), live.onResync(again)];
    this.load();
    return () => {
      for (const stop of stops) stop();
    };
  };

  get #path() {
    return { id: this.customer };
  }

  async #known() {
    [this.notes, this.consents, { values: this.values }] = await Promise.all([
      api.get("/customers/{id}/notes", { path: this.#path, query: { limit } }),
      api.get("/customers/{id}/consents", { path: this.#path, query: { limit } }),
      api.get("/customers/{id}/attributes", { path: this.#path }) as Promise<{ values: Values }>,
    ]);
  }

  async #happened() {
    [this.orders, this.conversations] = await Promise.all([
      session.may(may.readOrders) ? api.get("/orders", { query: { customer: this.customer, limit } }) : nothing,
      session.may(may.readConversations) ? api.get("/customers/{id}/conversations", { path: this.#path, query: { limit } }) : nothing,
    ]);
  }
}
