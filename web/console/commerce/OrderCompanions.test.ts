import { render, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import type { OrderView } from "../../shared/api";
import { aProduct, page, serve } from "../lib/testing";
import OrderCompanions from "./OrderCompanions.svelte";

const order = { id: "ord_1" } as OrderView;

test("what is often bought with an order's goods is named, and leads to where it is described", async () => {
  serve({ "GET /orders/ord_1/companions": () => page([{ product: aProduct({ title: "Pegs" }), together: 4 }]) });
  render(OrderCompanions, { order });
  const link = await screen.findByRole("link", { name: "Pegs" });
  expect(link.getAttribute("href")).toContain("/products/prd_1");
  expect(screen.queryByRole("button")).toBeNull();
});

test("where nothing is, or nobody can say, nothing is said", async () => {
  const { asked } = serve({});
  const { container } = render(OrderCompanions, { order });
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(container.textContent?.trim()).toBe("");
});
