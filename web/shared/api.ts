/** What the server speaks; docs/api-design.md says why. */
export type Language = "en" | "nb" | "tr" | "zh";
export type Texts = Partial<Record<Language, string>>;
export type Page<T> = { items: T[]; next: string | null };

export type FieldProblem = { field: string; message: string };
export type ProblemBody = { type: string; title: string; status: number; detail: string; fields?: FieldProblem[] };

export type Availability = "online" | "away" | "offline";
export type SessionView = {
  person: { id: string; name: string; email: string; language: Language | null };
  member: { id: string; name: string; role: { id: string; name: string }; departments: string[]; availability: Availability };
  shop: { id: string; name: string; language: Language; time_zone: string };
  shops: { id: string; name: string }[];
  permissions: string[];
};
export type ShopView = {
  id: string;
  name: string;
  language: Language;
  time_zone: string;
  reopen_days: number;
  undo_send_seconds: number;
  blocked_networks: string[];
};
export type MemberView = {
  id: string;
  name: string;
  email: string;
  role: { id: string; name: string };
  departments: string[];
  availability: Availability;
  active: boolean;
  last_seen_at: string | null;
};
export type DepartmentView = {
  id: string;
  name: string;
  names: Texts;
  about: Texts;
  shown_in_chat: boolean;
  members: string[];
  schedule: string | null;
  position: number;
};
export type TagColor = "green" | "amber" | "red" | "blue" | "grey" | "violet";
export type TagView = { id: string; name: string; color: TagColor };
export type MacroView = { id: string; name: string; folder: string; texts: Texts; tags: string[]; shared: boolean; used: number };
export type MacroRendering = { text: string; html: string; language: Language; missing: string[] };
export type FileView = {
  id: string;
  name: string;
  media_type: string;
  size: number;
  width: number | null;
  height: number | null;
  url: string;
};

export type Status = "open" | "waiting" | "snoozed" | "resolved" | "spam";
export type Priority = "low" | "normal" | "high" | "urgent";
export type View = "unassigned" | "mine" | "mentions" | "open" | "snoozed" | "resolved" | "spam" | "all";
/** Only what waits is counted: of the resolved and of all there may be very many. */
export type Counts = Partial<Record<View, number>> & { departments: Record<string, number> };
export type ConversationRow = {
  id: string;
  number: number;
  customer: { id: string; name: string };
  channel: "chat";
  subject: string;
  preview: { text: string; by: "customer" | "agent" | "system"; at: string };
  status: Status;
  snoozed_until: string | null;
  assignee: string | null;
  department: string | null;
  priority: Priority;
  tags: string[];
  unread: number;
  language: Language | null;
  created_at: string;
  changed_at: string;
  waiting_since: string | null;
  version: number;
};
export type CustomerView = {
  id: string;
  name: string | null;
  display_name: string;
  email: string | null;
  email_verified: boolean;
  phone: string | null;
  language: Language | null;
  country: string | null;
  time_zone: string | null;
  notes: string;
  created_at: string;
  last_seen_at: string | null;
  blocked: boolean;
  online: boolean;
};
export type MessageKind = "customer" | "reply" | "note" | "event" | "auto";
export type ComposedKind = "reply" | "note";
export type Draft = { html: string; kind: ComposedKind; at: string };
export type Conversation = ConversationRow & {
  person: CustomerView;
  draft: Draft | null;
  read_seq: number;
  customer_read_seq: number;
  last_seq: number;
  page: { url: string; title: string } | null;
  answers: { question: string; answer: string }[];
};
export type MessageState = "held" | "queued" | "submitting" | "sent" | "delivered" | "read" | "failed" | "received";
export type MessageView = {
  id: string;
  seq: number;
  kind: MessageKind;
  author: { kind: "customer" | "member" | "system"; id: string | null; name: string | null };
  text: string;
  html: string | null;
  files: FileView[];
  at: string;
  state: MessageState;
  sends_at: string | null;
  client_id: string | null;
  mentions: string[];
  event: ({ kind: string } & Record<string, unknown>) | null;
};
export type After = "nothing" | "resolve" | "snooze";
export type NewMessage = {
  client_id: string;
  kind: ComposedKind;
  html: string;
  files: string[];
  mentions: string[];
  seen_seq: number;
  hold_seconds: number;
  then: After;
  snooze_until?: string;
};
export type SearchResult = { conversations: (ConversationRow & { snippet: string })[]; customers: CustomerView[] };

export type PresentMember = { id: string; name: string; typing: boolean };
export type Signal =
  | { type: "members"; online: string[] }
  | { type: "presence"; conversation: string; members: PresentMember[] }
  | { type: "customer_online"; customer: string; conversation: null; online: boolean }
  | { type: "customer_typing"; customer: string; conversation: string; online: boolean };
export type LiveEvent = { type: "event"; seq: number; event: string; ids: Record<string, string> };
export type LiveFrame =
  | { type: "hello"; seq: number }
  | { type: "resync"; seq: number }
  | LiveEvent
  | Signal
  | { type: "pong" }
  | { type: "signed_out" };
