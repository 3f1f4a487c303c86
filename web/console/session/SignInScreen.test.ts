import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { serve } from "../lib/testing";
import { takeToken } from "./linkToken";
import ResetScreen from "./ResetScreen.svelte";
import SignInScreen from "./SignInScreen.svelte";

const type = (label: string, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const submit = () => fireEvent.submit(document.querySelector("form")!);

test("a refused sign-in does not tell which part was wrong", async () => {
  serve({ "POST /session": () => ({ status: 401, body: { type: "/problems/sign_in_needed", detail: "…" } }) });
  render(SignInScreen);
  await type("E-mail", "kari@shop.test");
  await type("Password", "wrong");
  await submit();
  expect((await screen.findByText(/do not match/)).closest("[role=alert]")).toBeTruthy();
});

test("asking for a link says the same whatever the address", async () => {
  const { bodies } = serve({ "POST /password-resets": () => ({ status: 202 }) });
  render(SignInScreen);
  await press("Forgot your password?");
  await type("E-mail", "nobody@shop.test");
  await submit();
  await screen.findByText(/If somebody works here under nobody@shop.test/);
  expect(bodies).toEqual([{ email: "nobody@shop.test" }]);
});

test("a link's secret leaves the address bar", () => {
  history.replaceState(null, "", "/console/reset#rst_secret");
  expect([takeToken(), location.hash]).toEqual(["rst_secret", ""]);
});

test("a weak password is objected to at its field", async () => {
  history.replaceState(null, "", "/console/reset#rst_secret");
  const fields = [{ field: "password", message: "Use at least 10 characters." }];
  const { bodies } = serve({ "PUT /password-resets": () => ({ status: 422, body: { type: "/problems/invalid", detail: "Look again.", fields } }) });
  render(ResetScreen);
  await type("New password", "short");
  await submit();
  await screen.findByText("Use at least 10 characters.");
  expect(bodies).toEqual([{ token: "rst_secret", password: "short" }]);
});
