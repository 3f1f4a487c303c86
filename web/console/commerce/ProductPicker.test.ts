import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import { aProduct, page, serve } from "../lib/testing";
import { cardOf } from "./product";
import ProductPicker from "./ProductPicker.svelte";

const [tent, pegs, stove, mug] = ["Tent", "Pegs", "Stove", "Mug"].map((title, n) => aProduct({ id: `prd_${n}`, title, sold: 3 - n, sells_fast: n === 2 })) as [ReturnType<typeof aProduct>, ...ReturnType<typeof aProduct>[]];
const lines = () => screen.getAllByRole("option").map(({ textContent }) => textContent);
const groups = (list: HTMLElement) => [...list.querySelectorAll("p")].map(({ textContent }) => textContent?.replaceAll(/[\u2068\u2069]/g, ""));

test("what goes with what is shown comes first, then what sells best, until something is looked for", async () => {
  const onpick = vi.fn();
  serve({
    "GET /products": ({ query }) => page(query.get("sort") === "best_selling" ? [tent, pegs, stove, mug] : query.get("q") === "mug" ? [mug] : []),
    "GET /products/prd_0/companions": () => page([{ product: tent, together: 9 }, { product: stove, together: 4 }]),
  });
  render(ProductPicker, { shown: [cardOf(tent)], onpick, onclose: () => {} });
  await waitFor(() => expect(lines()).toHaveLength(4));
  expect(lines().map((line) => /Tent|Pegs|Stove|Mug/.exec(line ?? "")?.[0])).toEqual(["Stove", "Tent", "Pegs", "Mug"]);
  expect(lines()[0]).toContain("Sells fast");
  expect(groups(screen.getByRole("listbox"))).toEqual(["Often bought with Tent", "Best-sellers", "Products"]);

  await fireEvent.input(screen.getByRole("combobox"), { target: { value: "mug" } });
  await waitFor(() => expect(lines()).toHaveLength(1));
  expect(groups(screen.getByRole("listbox"))).toEqual([]);
  await fireEvent.click(screen.getByRole("option"));
  expect(onpick).toHaveBeenCalledWith(mug);
});
