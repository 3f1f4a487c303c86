import type { CurrentCall } from "../../shared/api";
import { api } from "../lib/api";
import { live } from "../lib/live.svelte";
import { may } from "../lib/permissions";
import { session } from "../lib/session.svelte";
import { soon } from "../lib/soon";

/** Calls that ring for whoever is signed in, and the one they have picked up. */
class Calls {
  #current = $state.raw<CurrentCall[]>([]);
  /** Those somebody does not want to see here; they ring on. */
  #away = $state.raw<ReadonlySet<string>>(new Set());

  get shown() {
    return this.#current.filter(({ id }) => !this.#away.has(id));
  }

  putAway(id: string) {
    this.#away = new Set([...this.#away, id]);
  }

  follow() {
    if (!session.may(may.readConversations)) return () => {};
    const again = soon(() => this.#load(), 60);
    const stops = [live.onEvent(({ event }) => void (/^call_(rang|picked_up|ended)$/.test(event) && again())), live.onResync(again)];
    return () => {
      for (const stop of stops) stop();
    };
  }

  async #load() {
    // the next thing that happens asks again
    this.#current = await api.get("/current-calls").then(({ items }) => items, () => this.#current);
  }
}

export const calls = new Calls();
