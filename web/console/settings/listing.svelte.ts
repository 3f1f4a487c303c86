import type { Page } from "../../shared/api";
import { api } from "../lib/api";
import { live } from "../lib/live.svelte";
import { soon } from "../lib/soon";
import { toasts } from "../lib/toasts.svelte";

/** A list of the shop's, whole, and kept true while it is on screen. */
export class Listing<T extends { id: string }> {
  items = $state.raw<T[]>([]);
  state = $state<"loading" | "ready" | "failed">("loading");

  constructor(
    readonly path: string,
    /** Events after which it is fetched again. */
    readonly changes?: RegExp,
  ) {}

  load = async () => {
    try {
      this.items = await everything<T>(this.path);
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

const everything = async <T>(path: string): Promise<T[]> => {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.get<Page<T>>(path, { limit: 100, cursor });
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  return items;
};
