import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import { aCustomer, serve } from "../lib/testing";
import CustomerDialog from "./CustomerDialog.svelte";

const open = () => {
  const onclose = vi.fn();
  render(CustomerDialog, { customer: aCustomer(), onclose });
  return { onclose, email: screen.getByLabelText("E-mail"), save: screen.getByText("Save").closest("form")! };
};

test("an empty field is sent as unknown, not as nothing written", async () => {
  const { bodies } = serve({ "PATCH /customers/cus_1": () => ({ body: aCustomer() }) });
  const { onclose, email, save } = open();
  await fireEvent.input(email, { target: { value: " ingrid@shop.test " } });
  await fireEvent.submit(save);
  await waitFor(() => expect(onclose).toHaveBeenCalledOnce());
  expect(bodies).toEqual([{ name: "Ingrid Solheim", email: "ingrid@shop.test", phone: null, language: "nb" }]);
});

test("the server's objection stands at its field, and what was typed stays", async () => {
  const fields = [{ field: "email", message: "This is not an e-mail address." }];
  serve({ "PATCH /customers/cus_1": () => ({ status: 422, body: { type: "/problems/invalid", detail: "Look again.", fields } }) });
  const { onclose, email, save } = open();
  await fireEvent.input(email, { target: { value: "x@y" } });
  await fireEvent.submit(save);
  await screen.findByText("This is not an e-mail address.");
  expect([email.getAttribute("aria-invalid"), (email as HTMLInputElement).value]).toEqual(["true", "x@y"]);
  expect(onclose).not.toHaveBeenCalled();
});
