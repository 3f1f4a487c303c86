import type { ActionView, ActionsView, Cause, DeedKind, Money } from "../../shared/api";
import { api } from "../lib/api";
import { t } from "../lib/i18n.svelte";
import { live } from "../lib/live.svelte";
import { soon } from "../lib/soon";
import { toasts } from "../lib/toasts.svelte";

export const causes = ["carrier", "product", "warehouse", "description", "customer", "other"] as const satisfies Cause[];

/** To choose what was at fault. */
export const causeChoices = () => [{ value: "", label: t("cause-choose") }, ...causes.map((value) => ({ value, label: t(`cause-${value}`) }))];

/** How each state looks beside its word. */
export const toneOf = (state: ActionView["state"]) =>
  (({ waiting: "warn", declined: "plain", queued: "accent", asked: "accent", unknown: "warn", made: "good", refused: "danger" }) as const)[state];

/** What was asked to be done to an order, and what can be: fetched when it is shown, and kept true while it is. */
export class Actions {
  items = $state.raw<ActionView[]>([]);
  /** How much can still be given back. */
  left = $state.raw<Money>();
  /** What the shop's own system is called here; nothing when it cannot be asked. */
  through = $state<string | null>(null);
  can = $state.raw<DeedKind[]>([]);
  /** What can be done with a refund beside giving money back. */
  refunds = $state.raw<ActionsView["refunds"]>({ restock: false, notify: false });
  state = $state<"loading" | "ready" | "failed">("loading");

  constructor(readonly order: string) {}

  load = async () => {
    try {
      const { items, left, through, can, refunds }: ActionsView = await api.get("/orders/{id}/actions", { path: { id: this.order } });
      this.items = items;
      this.left = left;
      this.through = through;
      this.can = can;
      this.refunds = refunds;
      this.state = "ready";
    } catch {
      if (this.state === "loading") this.state = "failed";
    }
  };

  /** For `$effect`: fetches, and follows what becomes of them. */
  follow = () => {
    const again = soon(this.load, 150);
    const stops = [live.onEvent(({ event, ids }) => void (["action_moved", "order_changed"].includes(event) && ids.order === this.order && again())), live.onResync(again)];
    this.load();
    return () => {
      for (const stop of stops) stop();
    };
  };

  /** Asks for something to be done, and says how far that has come. */
  ask = async (send: (path: { id: string }) => Promise<ActionView>) => {
    const { state } = await send({ id: this.order });
    toasts.done(t(state === "waiting" ? "action-waits" : "action-begun"));
    await this.load();
  };
}

/** Agrees to what a colleague asked for, or declines it. */
export const decide = (id: string, agreed: boolean) => api.put("/approvals/{id}", { path: { id }, body: { agreed } });
