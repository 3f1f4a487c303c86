import type { FieldProblem, ProblemBody } from "../../shared/api";

type Query = Record<string, string | number | undefined>;
type Options = { query?: Query; body?: unknown; match?: number; signal?: AbortSignal };

/** What went wrong, as the server said it; `offline` when it could not be asked. */
export class Problem extends Error {
  constructor(
    readonly kind: string,
    readonly status: number,
    message: string,
    readonly fields: FieldProblem[] = [],
  ) {
    super(message);
  }

  field(name: string): string | undefined {
    return this.fields.find(({ field }) => field === name)?.message;
  }
}

const root = "/api/v1";
const remembered = new Map<string, { etag: string; body: unknown }>();
const mostRemembered = 200;

let whenSignInNeeded = () => {};
export const onSignInNeeded = (then: () => void) => {
  whenSignInNeeded = then;
};

export const address = (path: string, query: Query = {}) => {
  const asked = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return `${root}${path}${asked.length > 0 ? `?${new URLSearchParams(asked)}` : ""}`;
};

const problem = async (response: Response): Promise<Problem> => {
  const said = (await response.json().catch(() => ({}))) as Partial<ProblemBody>;
  const kind = said.type?.split("/").pop() ?? "broken";
  if (kind === "sign_in_needed") whenSignInNeeded();
  return new Problem(kind, response.status, said.detail ?? said.title ?? response.statusText, said.fields);
};

/** The longest unused goes first. */
const remember = (url: string, etag: string, body: unknown) => {
  remembered.delete(url);
  remembered.set(url, { etag, body });
  if (remembered.size > mostRemembered) remembered.delete(remembered.keys().next().value!);
};

const ask = async <T>(method: string, path: string, { query, body, match, signal }: Options = {}): Promise<T> => {
  const url = address(path, query);
  const known = method === "GET" ? remembered.get(url) : undefined;
  const headers = new Headers();
  if (body !== undefined) headers.set("content-type", "application/json");
  if (match !== undefined) headers.set("if-match", `"${match}"`);
  if (known) headers.set("if-none-match", known.etag);
  const response = await fetch(url, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) }).catch((error) => {
    if (signal?.aborted) throw error;
    throw new Problem("offline", 0, "");
  });
  if (response.status === 304 && known) return known.body as T;
  if (!response.ok) throw await problem(response);
  const answer = response.headers.get("content-type")?.includes("json") ? ((await response.json()) as T) : (undefined as T);
  const etag = response.headers.get("etag");
  if (method === "GET" && etag) remember(url, etag, answer);
  return answer;
};

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) => ask<T>("GET", path, { query, signal }),
  post: <T>(path: string, body?: unknown) => ask<T>("POST", path, { body }),
  put: <T>(path: string, body?: unknown, match?: number) => ask<T>("PUT", path, { body, match }),
  patch: <T>(path: string, body: unknown) => ask<T>("PATCH", path, { body }),
  delete: <T = void>(path: string, match?: number) => ask<T>("DELETE", path, { match }),
};
