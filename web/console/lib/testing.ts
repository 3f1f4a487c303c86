import { vi } from "vitest";
import type { Conversation, ConversationRow, CustomerView, MessageView, ProductView, SessionView } from "../../shared/api";

type Asked = { query: URLSearchParams; body: unknown; headers: Headers };
type Answer = { status?: number; body?: unknown; headers?: Record<string, string> };

/** Answers `fetch` for a test, by "METHOD /path", and remembers what was asked. */
export const serve = (routes: Record<string, (asked: Asked) => Answer | Promise<Answer>>) => {
  const asked: string[] = [];
  const bodies: unknown[] = [];
  vi.stubGlobal("fetch", async (url: string, { method = "GET", headers, body }: RequestInit = {}) => {
    const { pathname, searchParams } = new URL(url, "http://shop.test");
    const name = `${method} ${pathname.replace("/api/v1", "")}`;
    asked.push(name);
    const parsed = body ? JSON.parse(String(body)) : undefined;
    bodies.push(parsed);
    const missing = (): Answer => ({ status: 404, body: { type: "/problems/not_found", detail: `no ${name}` } });
    const answer = await (routes[name] ?? missing)({ query: searchParams, body: parsed, headers: new Headers(headers) });
    const { status = 200, body: said } = answer;
    const type = status >= 400 ? "application/problem+json" : "application/json";
    return new Response(said === undefined ? null : JSON.stringify(said), { status, headers: said === undefined ? {} : { "content-type": type, ...answer.headers } });
  });
  return { asked, bodies };
};

export const page = (items: unknown[], next: string | null = null) => ({ body: { items, next } });

const at = "2026-11-23T10:00:00.000000Z";

export const aSession = (change: Partial<SessionView> = {}): SessionView => ({
  person: { id: "per_1", name: "Kari Nordmann", email: "kari@shop.test", language: null },
  member: { id: "mem_kari", name: "Kari Nordmann", role: { id: "rol_1", key: "agent", name: "Agent" }, departments: [], availability: "online" },
  shop: { id: "shp_1", name: "Fjell", language: "en", time_zone: "Europe/Oslo" },
  shops: [],
  permissions: ["conversations.read", "conversations.reply"],
  ...change,
});

export const aRow = (change: Partial<ConversationRow> = {}): ConversationRow => ({
  id: "cnv_1",
  number: 7,
  customer: { id: "cus_1", name: "Ingrid Solheim", erased: false },
  channel: "chat",
  public: false,
  subject: "A larger jacket",
  preview: { text: "Can I swap it?", by: "customer", at, call: null },
  status: "open",
  snoozed_until: null,
  assignee: null,
  department: null,
  priority: "normal",
  tags: [],
  unread: 0,
  language: "nb",
  created_at: at,
  changed_at: at,
  waiting_since: null,
  version: 1,
  ...change,
});

export const aCustomer = (change: Partial<CustomerView> = {}): CustomerView => ({
  id: "cus_1",
  name: "Ingrid Solheim",
  display_name: "Ingrid Solheim",
  email: null,
  email_verified: false,
  phone: null,
  language: "nb",
  country: "NO",
  time_zone: "Europe/Oslo",
  preferred_channel: null,
  birthday: null,
  addresses: [],
  tags: [],
  created_at: at,
  last_seen_at: at,
  blocked: false,
  erased_at: null,
  merged_into: null,
  online: false,
  ...change,
});

export const aConversation = (change: Partial<Conversation> = {}): Conversation => ({
  ...aRow(),
  person: aCustomer(),
  draft: null,
  follows: null,
  joined: null,
  doubts: [],
  read_seq: 0,
  customer_read_seq: 0,
  last_seq: 1,
  page: null,
  answers: [],
  ...change,
});

export const aMessage = (change: Partial<MessageView> = {}): MessageView => {
  const seq = change.seq ?? 1;
  const author = { kind: "customer" as const, id: "cus_1", name: "Ingrid Solheim" };
  const rest = { html: null, files: [], products: [], at, fault: null, sends_at: null, client_id: null, mentions: [], template: null, altered: null, event: null };
  return { id: `msg_${seq}`, seq, kind: "customer", author, text: `Message ${seq}`, state: "received", ...rest, ...change };
};

export const aReply = (change: Partial<MessageView> = {}) =>
  aMessage({ kind: "reply", state: "sent", author: { kind: "member", id: "mem_kari", name: "Kari Nordmann" }, ...change });

export const aProduct = (change: Partial<ProductView> = {}): ProductView => ({
  id: "prd_1",
  title: "Teltet Vidde",
  titles: {},
  description: null,
  vendor: null,
  category: null,
  page: null,
  picture: null,
  published: true,
  delivery_days: null,
  variants: [],
  sold: 0,
  sells_fast: false,
  added_at: at,
  changed_at: at,
  ...change,
});
