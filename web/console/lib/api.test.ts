import { expect, test, vi } from "vitest";
import { address, api, everything, onSignInNeeded, Problem } from "./api";
import { tongue } from "./i18n.svelte";
import { page, serve } from "./testing";

test("a problem arrives with its kind, its words and its fields", async () => {
  const fields = [{ field: "email", message: "This is not an e-mail address." }];
  serve({ "PATCH /customers/cus_1": () => ({ status: 422, body: { type: "/problems/invalid", title: "Invalid", status: 422, detail: "Some fields need another look.", fields } }) });
  const problem = (await api.patch("/customers/{id}", { path: { id: "cus_1" }, body: { email: "x" } }).catch((error) => error)) as Problem;
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

test("the server is told which language its sentences are read in", async () => {
  let asked: string | null = null;
  serve({
    "GET /shop": ({ headers }) => {
      asked = headers.get("accept-language");
      return { body: {} };
    },
  });
  tongue.language = "nb";
  await api.get("/shop");
  tongue.language = "en";
  expect(asked).toBe("nb");
});

test("a list is fetched to its end", async () => {
  const { asked } = serve({ "GET /macros": ({ query }) => (query.get("cursor") === "b" ? page(["three"]) : page(["one", "two"], "b")) });
  expect(await everything("/macros")).toEqual(["one", "two", "three"]);
  expect(asked).toHaveLength(2);
});

test("ids are written into the path, what is undefined is not asked for", () => {
  expect(address("/conversations/{id}/messages", { path: { id: "cnv/1" }, query: { after: 3, before: undefined } })).toBe("/api/v1/conversations/cnv%2F1/messages?after=3");
});

test("an ended session is told to whoever shows the sign-in", async () => {
  const ended = vi.fn();
  onSignInNeeded(ended);
  serve({ "GET /tags": () => ({ status: 401, body: { type: "/problems/sign_in_needed", detail: "Sign in." } }) });
  await api.get("/tags").catch(() => {});
  expect(ended).toHaveBeenCalledOnce();
});
