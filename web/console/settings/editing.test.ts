import { expect, test } from "vitest";
import { Problem } from "../lib/api";
import { toasts } from "../lib/toasts.svelte";
import { Editing } from "./editing.svelte";

test("dirty until undone or kept", async () => {
  const editing = new Editing({ name: "Fjell" });
  editing.draft.name = "Vidde";
  expect(editing.dirty).toBe(true);
  editing.undo();
  expect([editing.dirty, editing.draft.name]).toEqual([false, "Fjell"]);
  editing.draft.name = " Vidde ";
  await editing.save(async () => ({ name: "Vidde" }));
  expect([editing.dirty, editing.state, editing.draft.name]).toEqual([false, "saved", "Vidde"]);
});

test("the server's objection is found by its field, or by a part of it", async () => {
  const editing = new Editing({ greeting: {} });
  editing.draft.greeting = { nb: "…" };
  const kept = await editing.save(async () => {
    throw new Problem("invalid", 422, "Look again.", [{ field: "greeting.nb", message: "Too long." }]);
  });
  expect([kept, editing.dirty, editing.state]).toEqual([false, true, "idle"]);
  expect([editing.error("greeting"), editing.error("greeting.nb"), editing.error("name")]).toEqual(["Too long.", "Too long.", undefined]);
});

test("what no field shows is said aloud", async () => {
  const editing = new Editing({ name: "" });
  await editing.save(async () => {
    throw new Problem("conflict", 409, "The name is taken.");
  });
  expect(toasts.all.at(-1)?.text).toBe("The name is taken.");
});
