import type { BalanceView, CreditsView, GiftCardView, Money, MovementView } from "../../shared/api";
import type { LiveEvent } from "../../shared/live";
import { api } from "../lib/api";
import { t } from "../lib/i18n.svelte";
import { live } from "../lib/live.svelte";
import { money } from "../lib/format";
import { soon } from "../lib/soon";
import { attempt, toasts } from "../lib/toasts.svelte";

/** What is given: so much, why, and until which day it can be spent; nothing written is for ever. */
export type Given = { amount: Money; reason: string; last_day: string };

/** What is taken back or given back: a movement, or all that is on a gift card. */
export type Undoing = { movement: MovementView } | { card: GiftCardView };

const concerned = ["credit_moved", "gift_card_issued", "gift_card_moved", "gift_card_voided", "customer_moved", "customers_merged", "customers_unmerged"];

/** The end of a day where the reader is. */
const endOf = (day: string) => (day ? new Date(`${day}T23:59:59.999`).toISOString() : null);

/** A customer's store credit and gift cards: fetched when they are shown, and kept true while they are. */
export class Credit {
  balances = $state.raw<BalanceView[]>([]);
  movements = $state.raw<MovementView[]>([]);
  cards = $state.raw<GiftCardView[]>([]);
  /** More was moved than is shown. */
  more = $state(false);
  state = $state<"loading" | "ready" | "failed">("loading");
  #limit = 10;

  constructor(readonly customer: string) {}

  load = async () => {
    try {
      const [credits, cards]: [CreditsView, { items: GiftCardView[] }] = await Promise.all([
        api.get("/customers/{id}/credits", { path: { id: this.customer }, query: { limit: this.#limit } }),
        api.get("/gift-cards", { query: { customer: this.customer, limit: 100 } }),
      ]);
      this.balances = credits.balances;
      this.movements = credits.items;
      this.more = credits.next !== null && this.#limit < 100;
      this.cards = cards.items;
      this.state = "ready";
    } catch {
      if (this.state === "loading") this.state = "failed";
    }
  };

  showMore = () => {
    this.#limit = 100;
    return this.load();
  };

  /** For `$effect`: fetches, and follows what others do. */
  follow = () => {
    const again = soon(this.load, 150);
    const mine = ({ event, ids }: LiveEvent) => void (concerned.includes(event) && [ids.customer, ids.into].includes(this.customer) && again());
    const stops = [live.onEvent(mine), live.onResync(again)];
    this.load();
    return () => {
      for (const stop of stops) stop();
    };
  };

  /** Gives credit, once however often it is sent with this key, and offers to take it back. */
  give = async (key: string, { amount, reason, last_day }: Given) => {
    const { id } = await api.post("/customers/{id}/credits", { path: { id: this.customer }, key, body: { amount, reason, expires_at: endOf(last_day) } });
    const undo = () => attempt(() => this.reverse(crypto.randomUUID(), id, amount, t("credit-undone")));
    toasts.done(t("credit-given", { amount: money(amount) }), { seconds: 10, action: { label: t("undo"), run: undo } });
    await this.load();
  };

  /** Takes back what was given, or gives back what was spent. */
  reverse = async (key: string, movement: string, amount: Money, reason: string) => {
    await api.post("/credit-movements/{id}/reversals", { path: { id: movement }, key, body: { amount, reason } });
    await this.load();
  };

  /** Issues a gift card; answers its code, which can be read this once. Sent again after the answer was lost, the code is lost too. */
  issue = async (key: string, { amount, reason, last_day }: Given) => {
    const { code } = await api.post("/gift-cards", { key, body: { amount, reason, customer: this.customer, expires_at: endOf(last_day) } });
    await this.load();
    if (code === null) toasts.done(t("gift-card-code-lost"), { seconds: 20 });
    return code ?? undefined;
  };

  void = async (card: string, reason: string) => {
    await api.put("/gift-cards/{id}/void", { path: { id: card }, body: { reason } });
    await this.load();
  };
}

/** All currencies, those likely here first: what the customer has and paid in, then what was last sold for. */
export const currenciesFor = async (credit: Credit): Promise<string[]> => {
  const [theirs, shops] = await Promise.all(
    [{ customer: credit.customer, limit: 10 }, { limit: 10 }].map((query) => api.get("/orders", { query }).then(({ items }) => items.map(({ total }) => total.currency), () => [])),
  );
  return [...new Set([...credit.balances.map(({ available }) => available.currency), ...theirs!, ...shops!, ...Intl.supportedValuesOf("currency")])];
};
