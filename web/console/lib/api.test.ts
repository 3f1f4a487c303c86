import { expect, test, vi } from "vitest";
import { api, onSignInNeeded, Problem } from "./api";
import { serve } from "./testing";

test("a problem arrives with its kind, its words and its fields", async () => {
  const fields = [{ field: "email", message: "This is not an e-mail address." }];
  serve({ "PATCH /customers/cus_1": () => ({ status: 422, body: { type: "/problems/invalid", title: "Invalid", status: 422, detail: "Some fields need another look.", fields } }) });
  const problem = (await api.patch("/customers/cus_1", { email: "x" }).catch((error) => error)) as Problem;
  expect(problem).toBeInstanceOf(Problem);
  expect([problem.kind, problem.status, problem.message]).toEqual(["invalid", 422, "Some fields need another look."]);
  expect(problem.field("email")).toBe("This is not an e-mail address.");
});

test("what has not changed is not sent twice", async () => {
  let body = 0;
  serve({
    "GET /shop": ({ headers }) => {
      if (headers.get("if-none-match") === '"v1"') return { status: 304 };
      body++;
      return { body: { name: "Fjell" }, headers: { etag: '"v1"' } };
    },
  });
  await api.get("/shop");
  expect(await api.get("/shop")).toEqual({ name: "Fjell" });
  expect(body).toBe(1);
});

test("a server that cannot be reached is its own kind of problem", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
  await expect(api.get("/shop")).rejects.toMatchObject({ kind: "offline" });
});

test("an ended session is told to whoever shows the sign-in", async () => {
  const ended = vi.fn();
  onSignInNeeded(ended);
  serve({ "GET /tags": () => ({ status: 401, body: { type: "/problems/sign_in_needed", detail: "Sign in." } }) });
  await api.get("/tags").catch(() => {});
  expect(ended).toHaveBeenCalledOnce();
});
