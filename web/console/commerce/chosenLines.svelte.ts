import type { Money, OrderView, Share } from "../../shared/api";

/** What of an order is to be given back, and what that comes to. */
export class Chosen {
  /** By the shop's own id of the line; an emptied field is nothing. */
  quantities = $state<Record<string, number | null>>({});
  shipping = $state(false);
  /** Counts the suggestions, so that a field that shows one begins anew. */
  suggested = $state(0);

  constructor(
    readonly order: OrderView,
    readonly left: Money,
  ) {
    this.quantities = Object.fromEntries(order.lines.map(({ reference }) => [reference, 0]));
  }

  #quantity = (reference: string, most: number) => Math.min(most, Math.max(0, Math.trunc(this.quantities[reference] ?? 0)));

  /** Each line in proportion, half of the smallest unit up; never more than can be given back. */
  comesTo(): Money {
    this.suggested++;
    const lines = this.order.lines.map(({ reference, quantity, total }) => Math.round((total.minor * this.#quantity(reference, quantity)) / Math.max(1, quantity)));
    const sum = lines.reduce((one, other) => one + other, this.shipping ? this.order.shipping.minor : 0);
    return { ...this.left, minor: Math.min(sum, this.left.minor) };
  }

  all() {
    for (const { reference, quantity } of this.order.lines) this.quantities[reference] = quantity;
    this.shipping = true;
    this.suggested++;
  }

  /** What is chosen and cannot be sent, because less is left of it. */
  missing(lines: OrderView["lines"]) {
    return lines.flatMap(({ reference, title, variant, quantity, goods }) => {
      const wanted = this.#quantity(reference, quantity);
      if (wanted === 0 || !goods || goods.available === null || goods.on_backorder || goods.available >= wanted) return [];
      return [{ line: reference, title: [title, variant].filter(Boolean).join(" · "), wanted, left: Math.max(0, goods.available) }];
    });
  }

  shares(): Share[] {
    const all = this.order.lines.map(({ reference, quantity }) => ({ line: reference, quantity: this.#quantity(reference, quantity) }));
    return all.filter(({ quantity }) => quantity > 0);
  }
}
