import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";
import type { NoteView } from "../../shared/api";
import { session } from "../lib/session.svelte";
import { aCustomer, aSession, serve } from "../lib/testing";
import { toasts } from "../lib/toasts.svelte";
import { Beside } from "./beside.svelte";
import CustomerNotes from "./CustomerNotes.svelte";

const at = "2026-11-23T10:00:00.000000Z";
const note = (id: string, author: string, text: string): NoteView => ({ id, author, text, written_at: at, edited_at: null });
const show = (items: NoteView[], permissions = ["customers.edit"]) => {
  session.view = aSession({ permissions });
  const beside = new Beside("cus_1");
  beside.notes = { items, next: null };
  beside.state = "ready";
  return render(CustomerNotes, { customer: aCustomer(), beside });
};
const buttons = () => screen.queryAllByRole("button").map((button) => button.getAttribute("aria-label"));

beforeEach(() => {
  toasts.all = [];
});

test("one's own note is changed and deleted, a colleague's deleted by who may, and a viewer only reads", () => {
  const both = [note("nte_1", "mem_kari", "Mine"), note("nte_2", "mem_mats", "His")];
  show(both);
  expect(buttons()).toEqual(["Edit note", "Delete note"]);
  document.body.innerHTML = "";
  show(both, ["customers.edit", "customers.manage"]);
  expect(buttons()).toEqual(["Edit note", "Delete note", "Delete note"]);
  document.body.innerHTML = "";
  show(both, []);
  expect([buttons(), screen.queryByRole("textbox")]).toEqual([[], null]);
});

test("a note that is not kept stays in the field, with the reason", async () => {
  serve({ "POST /customers/cus_1/notes": () => ({ status: 409, body: { type: "/problems/customer_erased", detail: "This customer was erased." } }) });
  show([]);
  const field = screen.getByLabelText("Write a note") as HTMLTextAreaElement;
  await fireEvent.input(field, { target: { value: "Wide feet." } });
  await fireEvent.click(screen.getByText("Add note"));
  await waitFor(() => expect(toasts.all.map(({ text }) => text)).toEqual(["This customer was erased."]));
  expect(field.value).toBe("Wide feet.");
});

test("a note that is kept is shown at once", async () => {
  const { bodies } = serve({ "POST /customers/cus_1/notes": () => ({ status: 201, body: note("nte_1", "mem_kari", "Wide feet.") }) });
  show([]);
  await fireEvent.input(screen.getByLabelText("Write a note"), { target: { value: " Wide feet. " } });
  await fireEvent.click(screen.getByText("Add note"));
  await screen.findByText("Wide feet.", { selector: "p" });
  expect(bodies).toEqual([{ text: "Wide feet." }]);
});
