import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";
import { session } from "../lib/session.svelte";
import { aSession, serve } from "../lib/testing";
import PausedBar from "./PausedBar.svelte";
import { pause } from "./pause.svelte";

const since = "2026-11-23T10:00:00.000000Z";
const press = (button: HTMLElement) => fireEvent.click(button);

beforeEach(() => {
  pause.since = since;
});

test("an agent reads that nothing is sent, and has no button for it", () => {
  session.view = aSession();
  render(PausedBar, { since });
  expect(screen.getByRole("status").textContent).toContain("restored from a backup");
  expect(screen.queryByRole("button")).toBeNull();
});

test("who may resumes after being asked, and the bar has nothing to say any more", async () => {
  session.view = aSession({ permissions: ["shop.manage"] });
  const { asked } = serve({ "DELETE /shop/pause": () => ({ status: 204 }), "GET /shop/pause": () => ({ body: { since: null } }) });
  render(PausedBar, { since });
  await press(screen.getByRole("button", { name: "Send again" }));
  expect(asked).toEqual([]);
  await press(screen.getAllByRole("button", { name: "Send again" }).at(-1)!);
  await expect.poll(() => pause.since).toBeNull();
  expect(asked).toEqual(["DELETE /shop/pause", "GET /shop/pause"]);
});
