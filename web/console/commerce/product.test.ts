import { describe, expect, test } from "vitest";
import type { VariantView } from "../../shared/api";
import { priceText, productTitle, stockOf } from "./product";

const variant = (change: Partial<VariantView>): VariantView => ({ sku: null, title: null, prices: [], picture: null, on_backorder: false, available: null, stock: [], sold: null, ...change });
const costs = (...prices: [number, string][]) => variant({ prices: prices.map(([minor, currency]) => ({ price: { minor, currency }, before: null })) });

describe("a product", () => {
  test("is called what the reader's language calls it, else as the shop does", () => {
    expect(productTitle({ title: "Teltet Vidde", titles: { en: "Vidde tent" } })).toBe("Vidde tent");
    expect(productTitle({ title: "Teltet Vidde", titles: { tr: "Vidde çadır" } })).toBe("Teltet Vidde");
  });

  test.each([
    [[costs([44_900, "NOK"]), costs([44_900, "NOK"])], "NOK 449.00"],
    [[costs([49_900, "NOK"]), costs([44_900, "NOK"])], "from NOK 449.00"],
    [[costs([44_900, "NOK"], [4_200, "GBP"]), costs([44_900, "NOK"], [5_200, "GBP"])], "NOK 449.00"],
    [[variant({})], ""],
  ])("costs what its cheapest variant costs in the shop's own currency", (variants, text) => {
    expect(priceText({ variants }).replaceAll("\u00a0", " ").replaceAll(/[\u2068\u2069]/g, "")).toBe(text);
  });

  test.each([
    [[{ available: null }], undefined],
    [[{ available: 6 }, { available: null }], "6 in stock"],
    [[{ available: 3 }, { available: 2 }], "Only 5 left"],
    [[{ available: 3 }, { available: -2 }], "Only 3 left"],
    [[{ available: 0 }, { available: -2 }], "Sold out"],
    [[{ available: 0, on_backorder: true }], "To be ordered"],
  ])("says how many are left: %j", (variants, text) => {
    expect(stockOf(variants.map(variant))?.text.replaceAll(/[\u2068\u2069]/g, "")).toBe(text);
  });
});
