import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { session } from "../lib/session.svelte";
import { aCustomer, aSession, serve } from "../lib/testing";
import { toasts } from "../lib/toasts.svelte";
import PersonalData from "./PersonalData.svelte";

const admin = ["customers.export", "customers.erase"];
const show = (permissions: string[], change: Parameters<typeof aCustomer>[0] = {}) => {
  session.view = aSession({ permissions });
  return render(PersonalData, { customer: aCustomer(change) });
};
const buttons = () => screen.queryAllByRole("button", { hidden: true }).map((button) => button.textContent?.trim());

beforeEach(() => {
  toasts.all = [];
});

test.each([
  [[], []],
  [["customers.export"], ["Export personal data"]],
  [["customers.erase"], ["Erase customer …"]],
  [admin, ["Export personal data", "Erase customer …"]],
])("who has %s is offered %s", (permissions, offered) => {
  show(permissions);
  expect(buttons()).toEqual(offered);
});

test("of an erased customer nothing is left to hand out or to forget", () => {
  show(admin, { erased_at: "2026-11-23T10:00:00.000000Z" });
  expect(buttons()).toEqual([]);
  screen.getByText(/has been forgotten for good/);
});

test("nobody is erased before it is said that this is meant", async () => {
  const { asked } = serve({ "PUT /customers/cus_1/erasure": () => ({ body: aCustomer({ name: null, erased_at: "2026-11-23T10:00:00.000000Z" }) }) });
  show(admin);
  await fireEvent.click(screen.getByText("Erase customer …"));
  const [box, form] = [screen.getByLabelText(/nobody can bring this back/), screen.getByText("Erase for good").closest("form")!];
  await fireEvent.submit(form);
  expect([box.getAttribute("aria-invalid"), document.activeElement, asked]).toEqual(["true", box, []]);

  await fireEvent.click(box);
  expect(box.getAttribute("aria-invalid")).toBeNull();
  await fireEvent.submit(form);
  await waitFor(() => expect(toasts.all.map(({ text }) => text)).toEqual(["The customer has been erased."]));
  expect(asked).toEqual(["PUT /customers/cus_1/erasure"]);
  expect(screen.queryByText("Erase for good")).toBeNull();
});

test("when it cannot be done the question stays, with the reason", async () => {
  serve({ "PUT /customers/cus_1/erasure": () => ({ status: 403, body: { type: "/problems/forbidden", detail: "Your role does not allow this." } }) });
  show(admin);
  await fireEvent.click(screen.getByText("Erase customer …"));
  await fireEvent.click(screen.getByLabelText(/nobody can bring this back/));
  await fireEvent.submit(screen.getByText("Erase for good").closest("form")!);
  await waitFor(() => expect(toasts.all.map(({ text }) => text)).toEqual(["Your role does not allow this."]));
  expect(screen.getByText("Erase for good").closest("button")!.disabled).toBe(false);
});

/** A ZIP that comes in pieces when it is told to. */
const coming = () => {
  let stream!: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      stream = controller;
    },
  });
  vi.stubGlobal("fetch", async () => new Response(body, { headers: { "content-type": "application/zip" } }));
  return stream;
};

test("the export says how much of it has come, and is kept when it is whole", async () => {
  const stream = coming();
  const kept = vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:zip");
  const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    expect(this.download).toBe("cus_1.zip");
  });
  show(admin);
  await fireEvent.click(screen.getByText("Export personal data"));
  stream.enqueue(new Uint8Array(2_000));
  await screen.findByText("Exporting … 2 kB");
  expect(kept).not.toHaveBeenCalled();
  stream.enqueue(new Uint8Array(1_000));
  stream.close();
  await screen.findByText("Export personal data");
  expect((kept.mock.calls[0]![0] as Blob).size).toBe(3_000);
  expect(click).toHaveBeenCalledOnce();
});

test("an export that breaks off is not kept, and says so", async () => {
  const stream = coming();
  const kept = vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:zip");
  kept.mockClear();
  show(admin);
  await fireEvent.click(screen.getByText("Export personal data"));
  stream.enqueue(new Uint8Array(2_000));
  stream.error(new TypeError("cut"));
  await screen.findByText("Export personal data");
  expect(toasts.all.map(({ text }) => text)).toEqual(["The file broke off before it was complete, and was not kept. Please try again."]);
  expect(kept).not.toHaveBeenCalled();
});
