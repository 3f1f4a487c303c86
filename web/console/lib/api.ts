import type { FieldProblem, ProblemBody } from "../../shared/api";
import type { paths } from "../../shared/schema";
import type { Answer, Asked, ItemOf, ListPath, Method, PathOf } from "./contract";
import { t, tongue } from "./i18n.svelte";

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

/** What a call takes, as this file treats it; `contract.ts` says what each path takes. */
type Call = { path?: object; query?: object; body?: unknown; key?: string; signal?: AbortSignal };
/** Where all may be left out, nothing needs to be said. */
type Rest<A> = object extends A ? [asked?: A] : [asked: A];

const root = "/api/v1";
const remembered = new Map<string, { etag: string; body: unknown }>();
const mostRemembered = 200;

let whenSignInNeeded = () => {};
export const onSignInNeeded = (then: () => void) => {
  whenSignInNeeded = then;
};

const given = (parameters: object = {}) => Object.entries(parameters).filter(([, value]) => value !== undefined);

export const address = (path: keyof paths, { path: names, query }: Pick<Call, "path" | "query"> = {}) => {
  const filled = given(names).reduce<string>((address, [name, value]) => address.replace(`{${name}}`, encodeURIComponent(value)), path);
  const asked = new URLSearchParams(given(query)).toString();
  return `${root}${filled}${asked && `?${asked}`}`;
};

/** The server's sentences come in the language of the screen. */
export const language = (): [name: string, value: string] => ["accept-language", tongue.language];

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

const reach = (url: string, how: RequestInit) =>
  fetch(url, how).catch((error) => {
    if (how.signal?.aborted) throw error;
    throw new Problem("offline", 0, "");
  });

const ask = async (method: Method, path: keyof paths, call: Call = {}): Promise<unknown> => {
  const url = address(path, call);
  const { body, key, signal } = call;
  const known = method === "get" ? remembered.get(url) : undefined;
  const headers = new Headers([language()]);
  if (body !== undefined) headers.set("content-type", "application/json");
  if (key) headers.set("idempotency-key", key);
  if (known) headers.set("if-none-match", known.etag);
  const response = await reach(url, { method: method.toUpperCase(), headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
  if (response.status === 304 && known) return known.body;
  if (!response.ok) throw await problem(response);
  const answer = response.headers.get("content-type")?.includes("json") ? await response.json() : undefined;
  const etag = response.headers.get("etag");
  if (method === "get" && etag) remember(url, etag, answer);
  return answer;
};

/** The one place where what comes over the wire is taken to be what the description says. */
const calls =
  <M extends Method>(method: M) =>
  <P extends PathOf<M>>(path: P, ...[asked]: Rest<Asked<M, P>>) =>
    ask(method, path, asked as Call | undefined) as Promise<Answer<M, P>>;

export const api = { get: calls("get"), post: calls("post"), put: calls("put"), patch: calls("patch"), delete: calls("delete") };

/** A file while it comes: `heard` is told how much of it there is. One that breaks off half-way is none. */
export const fetchFile = async (path: PathOf<"get">, asked: Pick<Call, "path" | "query">, heard: (bytes: number) => void): Promise<Blob> => {
  const response = await reach(address(path, asked), { headers: [language()] });
  if (!response.ok) throw await problem(response);
  let bytes = 0;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, onward) {
      bytes += piece.byteLength;
      heard(bytes);
      onward.enqueue(piece);
    },
  });
  return new Response(response.body?.pipeThrough(counting), { headers: response.headers }).blob().catch(() => {
    throw new Problem("cut", 0, t("file-cut"));
  });
};

/** A list to its end, however many pages that is. Lists that come whole do not look at where to go on. */
export const everything = async <P extends ListPath>(path: P): Promise<ItemOf<P>[]> => {
  const items: ItemOf<P>[] = [];
  let cursor: string | undefined;
  do {
    const page = (await ask("get", path, { query: { limit: 100, cursor } })) as { items: ItemOf<P>[]; next: string | null };
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  return items;
};
