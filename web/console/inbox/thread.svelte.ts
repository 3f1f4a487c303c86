import type { Conversation, MessageView } from "../../shared/api";
import { api } from "../lib/api";

const perPage = 50;
const settledStates = new Set(["read", "failed", "received"]);

/** A message on screen; `pending` until the server has it. */
export type Shown = MessageView & { pending?: boolean };

/** Of an answer under way and of a call more may become known. */
const mayChange = ({ pending, kind, state, event }: Shown) => !pending && ((kind === "reply" && !settledStates.has(state)) || event?.kind === "call");

/** One conversation as it is read: its facts, and its messages from the newest upward. */
export class Thread {
  conversation = $state.raw<Conversation>();
  messages = $state.raw<Shown[]>([]);
  state = $state<"loading" | "ready" | "gone" | "failed">("loading");
  hasOlder = $state(false);
  /** Those that read otherwise than they are shown. */
  stale = new Set<string>();
  #fetching = false;

  constructor(readonly id: string) {}

  get lastSeq() {
    // a held answer gets its place when it leaves
    return this.messages.findLast(({ pending, state }) => !pending && state !== "held")?.seq ?? 0;
  }

  /** Its customer was erased: nothing more is said in it. */
  get erased() {
    return this.conversation?.customer.erased ?? false;
  }

  async load() {
    try {
      const [conversation, page] = await Promise.all([this.fetch(), this.#page({})]);
      this.conversation = conversation;
      this.hasOlder = page.length === perPage;
      this.#merge(page);
      this.state = "ready";
    } catch (error) {
      this.state = (error as { status?: number }).status === 404 ? "gone" : "failed";
    }
  }

  fetch() {
    return api.get("/conversations/{id}", { path: { id: this.id } });
  }

  async refresh() {
    this.conversation = await this.fetch();
  }

  async older() {
    const first = this.messages[0];
    if (!first || !this.hasOlder || this.#fetching) return;
    this.#fetching = true;
    try {
      const page = await this.#page({ before: first.seq });
      this.hasOlder = page.length === perPage;
      this.#merge(page);
    } finally {
      this.#fetching = false;
    }
  }

  /** Fetches everything that is new or may still change: from the oldest of which more may become known. */
  async catchUp() {
    if (this.state !== "ready") return this.load();
    const open = this.messages.find((message) => mayChange(message) || this.stale.has(message.id));
    this.stale.clear();
    let after = Math.min(open ? open.seq - 1 : this.lastSeq, this.lastSeq);
    const from = after;
    const fetched: MessageView[] = [];
    for (;;) {
      const page = await this.#page({ after });
      fetched.push(...page);
      after = page.at(-1)?.seq ?? after;
      if (page.length < perPage) break;
    }
    const there = new Set(fetched.map(({ id }) => id));
    this.messages = this.messages.filter(({ pending, seq, id }) => pending || seq <= from || there.has(id));
    this.#merge(fetched);
  }

  put(message: Shown) {
    this.#merge([message]);
  }

  /** Of an answer that did not arrive, or of which nobody knows. */
  async sendAgain(message: string) {
    this.put(await api.post("/conversations/{id}/messages/{message}/retries", { path: { id: this.id, message } }));
  }

  drop(id: string) {
    this.messages = this.messages.filter((message) => message.id !== id);
  }

  /** The server's message takes the place of the one shown in advance. */
  #merge(fetched: Shown[]) {
    const ids = new Set(fetched.flatMap(({ id, client_id }) => (client_id ? [id, client_id] : [id])));
    this.messages = [...this.messages.filter(({ id }) => !ids.has(id)), ...fetched].sort((one, other) => one.seq - other.seq);
  }

  async #page(query: { before?: number; after?: number }) {
    return (await api.get("/conversations/{id}/messages", { path: { id: this.id }, query: { ...query, limit: perPage } })).items;
  }
}
