import { everything } from "../lib/api";
import type { ItemOf, ListPath } from "../lib/contract";
import { live } from "../lib/live.svelte";
import { soon } from "../lib/soon";
import { toasts } from "../lib/toasts.svelte";

/** What a list on screen needs. */
export type Listed<Item> = { items: Item[]; state: "loading" | "ready" | "failed"; load: () => Promise<void> };

/** A list of the shop's, whole, and kept true while it is on screen. */
export class Listing<P extends ListPath> implements Listed<ItemOf<P>> {
  items = $state.raw<ItemOf<P>[]>([]);
  state = $state<Listed<unknown>["state"]>("loading");

  constructor(
    readonly path: P,
    /** Events after which it is fetched again. */
    readonly changes?: RegExp,
  ) {}

  load = async () => {
    try {
      this.items = await everything(this.path);
      this.state = "ready";
    } catch (error) {
      if (this.state === "loading") this.state = "failed";
      toasts.failed(error);
    }
  };

  /** For `onMount`: fetches, and follows what others change. */
  follow = () => {
    const again = soon(this.load, 200);
    const stop = [live.onEvent(({ event }) => this.changes?.test(event) && again()), live.onResync(again)];
    this.load();
    return () => {
      for (const end of stop) end();
    };
  };
}
