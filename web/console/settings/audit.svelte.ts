import type { AuditEntry } from "../../shared/api";
import { api } from "../lib/api";
import { attempt } from "../lib/toasts.svelte";

/** The log, newest first, page by page, of everybody and everything or only some. */
export class Audit {
  items = $state.raw<AuditEntry[]>([]);
  state = $state<"loading" | "ready" | "failed">("loading");
  next = $state<string | null>(null);
  busy = $state(false);
  actor = $state("");
  event = $state("");
  #asked = 0;

  load = async () => {
    const asked = ++this.#asked;
    this.state = "loading";
    try {
      const page = await this.#page();
      if (asked !== this.#asked) return;
      [this.items, this.next, this.state] = [page.items, page.next, "ready"];
    } catch {
      if (asked === this.#asked) this.state = "failed";
    }
  };

  more = () =>
    attempt(async () => {
      const asked = this.#asked;
      this.busy = true;
      try {
        const page = await this.#page(this.next ?? undefined);
        if (asked !== this.#asked) return;
        [this.items, this.next] = [[...this.items, ...page.items], page.next];
      } finally {
        this.busy = false;
      }
    });

  #page(cursor?: string) {
    return api.get("/audit", { query: { actor: this.actor || undefined, event: this.event || undefined, cursor, limit: 50 } });
  }
}
