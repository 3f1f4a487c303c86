import { describe, expect, it } from "vitest";
import type { OrderView } from "../../shared/api";
import { Chosen } from "./chosenLines.svelte";

const nok = (minor: number) => ({ minor, currency: "NOK" });
const order = {
  lines: [
    { reference: "1", quantity: 1, total: nok(56_125) },
    { reference: "2", quantity: 2, total: nok(3_087) },
  ],
  shipping: nok(500),
} as OrderView;

describe("what is chosen of an order", () => {
  it("comes to its part of each line, and of shipping", () => {
    const chosen = new Chosen(order, nok(59_712));
    expect(chosen.comesTo()).toEqual(nok(0));
    chosen.quantities["2"] = 1;
    expect(chosen.comesTo()).toEqual(nok(1_544));
    chosen.shipping = true;
    expect(chosen.comesTo()).toEqual(nok(2_044));
    expect(chosen.shares()).toEqual([{ line: "2", quantity: 1 }]);
  });

  it("is never more than was bought, or than is left", () => {
    const chosen = new Chosen(order, nok(1_000));
    chosen.quantities["1"] = 9;
    chosen.quantities["2"] = -3;
    expect(chosen.shares()).toEqual([{ line: "1", quantity: 1 }]);
    expect(chosen.comesTo()).toEqual(nok(1_000));
    chosen.quantities["1"] = null;
    expect(chosen.comesTo()).toEqual(nok(0));
    chosen.all();
    expect(chosen.shares()).toHaveLength(2);
  });

  it("says of what less is left, where the shop counts and does not order more", () => {
    const goods = (available: number | null, on_backorder = false) => ({ product: "prd_1", published: true, on_backorder, available, stock: [] });
    const line = (reference: string, goods: OrderView["lines"][number]["goods"]) => ({ reference, title: "Pegs", variant: "steel", quantity: 3, goods, total: nok(3) });
    const counted = { ...order, lines: [line("1", goods(1)), line("2", goods(-2)), line("3", goods(0, true)), line("4", goods(null)), line("5", null), line("6", goods(2))] } as OrderView;
    const chosen = new Chosen(counted, nok(9));
    expect(chosen.missing(counted.lines)).toEqual([]);
    for (const { reference } of counted.lines) chosen.quantities[reference] = 2;
    expect(chosen.missing(counted.lines)).toEqual([
      { line: "1", title: "Pegs · steel", wanted: 2, left: 1 },
      { line: "2", title: "Pegs · steel", wanted: 2, left: 0 },
    ]);
  });
});
