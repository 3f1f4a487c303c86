import type { RefundLimit } from "../../shared/api";
import { api } from "../lib/api";
import { live } from "../lib/live.svelte";
import { soon } from "../lib/soon";

/** A limit, with what tells it from the others. */
export type Limit = RefundLimit & { id: string };

const named = (limit: RefundLimit): Limit => ({ ...limit, id: `${limit.role} ${limit.currency}` });
const plain = ({ role, currency, at_once, in_a_day }: RefundLimit): RefundLimit => ({ role, currency, at_once, in_a_day });

/** What roles may give back: one list, which is kept as a whole. */
export class RefundLimits {
  items = $state.raw<Limit[]>([]);
  state = $state<"loading" | "ready" | "failed">("loading");

  load = async () => {
    try {
      const { items } = await api.get("/refund-limits");
      this.items = items.map(named);
      this.state = "ready";
    } catch {
      if (this.state === "loading") this.state = "failed";
    }
  };

  follow = () => {
    const again = soon(this.load, 150);
    const stops = [live.onEvent(({ event }) => void (event === "refund_limits_changed" && again())), live.onResync(again)];
    this.load();
    return () => {
      for (const stop of stops) stop();
    };
  };

  /** Puts a limit in the place of another, of none, or of the one its role has in its currency already. */
  put = (limit: RefundLimit, instead?: Limit) => this.#keep([...this.items.filter(({ id }) => id !== instead?.id && id !== named(limit).id), limit]);

  remove = (limit: Limit) => this.#keep(this.items.filter(({ id }) => id !== limit.id));

  #keep = async (limits: RefundLimit[]) => {
    const { items } = await api.put("/refund-limits", { body: { items: limits.map(plain) } });
    this.items = items.map(named);
  };
}
