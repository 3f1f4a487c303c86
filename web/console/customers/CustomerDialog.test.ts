import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { session } from "../lib/session.svelte";
import { aCustomer, aSession, serve } from "../lib/testing";
import CustomerDialog from "./CustomerDialog.svelte";

beforeEach(() => {
  session.view = aSession();
});

const open = (change: Parameters<typeof aCustomer>[0] = {}) => {
  const onclose = vi.fn();
  render(CustomerDialog, { customer: aCustomer(change), onclose });
  return { onclose, name: screen.getByLabelText("Name"), save: screen.getByText("Save").closest("form")! };
};
const type = (field: HTMLElement, value: string) => fireEvent.input(field, { target: { value } });

test("an empty field is sent as unknown, not as nothing written", async () => {
  const { bodies } = serve({ "PATCH /customers/cus_1": () => ({ body: aCustomer() }) });
  const { onclose, name, save } = open();
  await type(name, "  ");
  await fireEvent.submit(save);
  await waitFor(() => expect(onclose).toHaveBeenCalledOnce());
  expect(bodies).toEqual([{ name: null, language: "nb", country: "NO", time_zone: "Europe/Oslo", preferred_channel: null, birthday: null }]);
});

test("a birthday needs no year, and is forgotten when it is emptied", async () => {
  const { bodies } = serve({ "PATCH /customers/cus_1": () => ({ body: aCustomer() }) });
  const { save } = open({ birthday: { day: 17, month: 5, year: 1990 } });
  await type(screen.getByLabelText("Year"), "");
  await fireEvent.submit(save);
  await waitFor(() => expect(bodies).toHaveLength(1));
  await type(screen.getByLabelText("Day"), "");
  await fireEvent.change(screen.getByLabelText("Month"), { target: { value: "" } });
  await fireEvent.submit(save);
  await waitFor(() => expect(bodies).toHaveLength(2));
  expect(bodies.map((body) => (body as { birthday: unknown }).birthday)).toEqual([{ day: 17, month: 5, year: null }, null]);
});

test("the server's objection stands at its field, and what was typed stays", async () => {
  const fields = [{ field: "birthday", message: "Choose a day that there is, and that has been." }];
  serve({ "PATCH /customers/cus_1": () => ({ status: 422, body: { type: "/problems/invalid", detail: "Look again.", fields } }) });
  const { onclose, save } = open();
  const day = screen.getByLabelText("Day") as HTMLInputElement;
  await type(day, "31");
  await fireEvent.submit(save);
  await screen.findByText("Choose a day that there is, and that has been.");
  expect([day.value, onclose.mock.calls]).toEqual(["31", []]);
});
