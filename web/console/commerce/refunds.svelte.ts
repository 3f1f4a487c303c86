import type { Money, RefundCause, RefundView, RefundsView, Share } from "../../shared/api";
import { api } from "../lib/api";
import { money } from "../lib/format";
import { t } from "../lib/i18n.svelte";
import { live } from "../lib/live.svelte";
import { soon } from "../lib/soon";
import { toasts } from "../lib/toasts.svelte";

/** What somebody wants given back. */
export type Wanted = { amount: Money; lines: Share[]; cause: RefundCause; reason: string };

export const causes = ["carrier", "product", "warehouse", "description", "customer", "other"] as const satisfies RefundCause[];

/** How each state looks beside its word. */
export const toneOf = (state: RefundView["state"]) =>
  (({ waiting: "warn", declined: "plain", queued: "accent", asked: "accent", unknown: "warn", made: "good", refused: "danger" }) as const)[state];

/** The refunds of an order: fetched when they are shown, and kept true while they are. */
export class Refunds {
  items = $state.raw<RefundView[]>([]);
  left = $state.raw<Money>();
  /** What the shop's own system is called here; nothing when it cannot be asked. */
  through = $state<string | null>(null);
  state = $state<"loading" | "ready" | "failed">("loading");

  constructor(readonly order: string) {}

  load = async () => {
    try {
      const { items, left, through }: RefundsView = await api.get("/orders/{id}/refunds", { path: { id: this.order } });
      this.items = items;
      this.left = left;
      this.through = through;
      this.state = "ready";
    } catch {
      if (this.state === "loading") this.state = "failed";
    }
  };

  /** For `$effect`: fetches, and follows what becomes of them. */
  follow = () => {
    const again = soon(this.load, 150);
    const stops = [live.onEvent(({ event, ids }) => void (["refund_moved", "order_changed"].includes(event) && ids.order === this.order && again())), live.onResync(again)];
    this.load();
    return () => {
      for (const stop of stops) stop();
    };
  };

  /** Asks for money to be given back, once however often it is sent with this key. */
  ask = async (key: string, wanted: Wanted) => {
    const { state, amount } = await api.post("/orders/{id}/refunds", { path: { id: this.order }, key, body: wanted });
    toasts.done(t(state === "waiting" ? "refund-waits" : "refund-begun", { amount: money(amount) }));
    await this.load();
  };
}

/** Agrees to a colleague's refund, or declines it. */
export const decide = (id: string, agreed: boolean) => api.put("/approvals/{id}", { path: { id }, body: { agreed } });
