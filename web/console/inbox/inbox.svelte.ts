import { SvelteMap } from "svelte/reactivity";
import type { Conversation, ConversationRow, Counts, CustomerView } from "../../shared/api";
import type { LiveEvent } from "../../shared/live";
import { customerName, named } from "../customers/customerName";
import { alerts } from "../lib/alerts.svelte";
import { api, Problem } from "../lib/api";
import { t } from "../lib/i18n.svelte";
import { live } from "../lib/live.svelte";
import { session } from "../lib/session.svelte";
import { soon } from "../lib/soon";
import { previewText } from "./callText";
import { Composer } from "./composer.svelte";
import { ConversationList } from "./list.svelte";
import { place } from "./place.svelte";
import { Thread } from "./thread.svelte";
import type { ViewName } from "./views";

/** More changes than this at once, and the list is fetched anew instead. */
const manyChanges = 8;

/** What is on the screen of the inbox, kept true by the socket. */
export class Inbox {
  counts = $state.raw<Counts>();
  /** Read aloud when a customer writes. */
  announcement = $state("");
  #lists = new SvelteMap<ViewName, ConversationList>();
  #threads = new SvelteMap<string, Thread>();
  #composers = new Map<string, Composer>();
  #changed = new Set<string>();
  #recount = soon(() => this.#count(), 150);
  #arrived = new Set<string>();
  #refetch = soon(() => this.#fetchChanged(), 60);

  get list(): ConversationList | undefined {
    return this.#lists.get(place.view);
  }

  get thread(): Thread | undefined {
    return place.conversation ? this.#threads.get(place.conversation) : undefined;
  }

  get composer(): Composer | undefined {
    return place.conversation ? this.#composers.get(place.conversation) : undefined;
  }

  /** Shows at once what was there before, and fetches what changed since. */
  enterView(view: ViewName) {
    if (!this.#lists.has(view)) this.#lists.set(view, new ConversationList(view, session.current.member.id));
    return Promise.all([this.#lists.get(view)!.refresh(), this.#count()]);
  }

  async enterConversation(id: string) {
    const thread = this.#threads.get(id) ?? new Thread(id);
    if (!this.#composers.has(id)) this.#composers.set(id, new Composer(thread));
    this.#threads.set(id, thread);
    await (thread.state === "ready" ? this.refetch(id) : thread.load());
    this.#composers.get(id)?.takeUp(thread.conversation?.draft ?? null);
    this.markRead();
  }

  /** Whatever is being written anywhere goes to the server now. */
  keepDrafts() {
    return Promise.all([...this.#composers.values()].map((composer) => composer.keep()));
  }

  follow() {
    const stops = [live.onEvent((event) => this.#hear(event)), live.onResync(() => this.resync())];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Whatever was fetched may be old. */
  resync() {
    for (const view of this.#lists.keys()) if (view !== place.view) this.#lists.delete(view);
    for (const id of this.#threads.keys()) if (id !== place.conversation) this.#threads.delete(id);
    this.list?.refresh();
    this.#recount();
    if (this.thread) this.refetch(this.thread.id);
  }

  /** Puts a changed row on every part of the screen. */
  show(row: ConversationRow) {
    for (const list of this.#lists.values()) list.put(row);
    const thread = this.#threads.get(row.id);
    if (thread?.conversation) thread.conversation = { ...thread.conversation, ...row };
    this.#recount();
  }

  showCustomer(person: CustomerView) {
    for (const thread of this.#threads.values()) {
      if (thread.conversation?.person.id !== person.id) continue;
      thread.conversation = { ...thread.conversation, person };
      this.show({ ...thread.conversation, customer: named(person) });
    }
  }

  /** A customer was erased, here or elsewhere. What was being written to them goes too. */
  forget(customer: string) {
    for (const list of this.#lists.values()) list.forget(customer);
    for (const [id, { conversation }] of this.#threads) if (conversation?.customer.id === customer) this.#composers.get(id)?.discard();
  }

  markRead() {
    const { thread } = this;
    if (!thread?.conversation || document.visibilityState !== "visible") return;
    const { unread, read_seq } = thread.conversation;
    if (unread === 0 && read_seq >= thread.lastSeq) return;
    api.put("/conversations/{id}/read", { path: { id: thread.id }, body: { seq: thread.lastSeq } }).catch(() => {});
    thread.conversation = { ...thread.conversation, unread: 0, read_seq: thread.lastSeq };
    this.show(thread.conversation);
  }

  #hear({ event, ids }: LiveEvent) {
    const { thread } = this;
    if (event === "customer_erased" && ids.customer) this.forget(ids.customer);
    const heard = this.#threads.get(ids.conversation ?? "");
    if (event === "message_altered" && ids.message) heard?.stale.add(ids.message);
    if (event === "message_moved" || event === "conversation_joined") for (const { id } of heard?.messages ?? []) heard?.stale.add(id);
    // whose a conversation is may have changed in any row
    if (event === "customers_merged" || event === "customers_unmerged" || event === "customer_moved") return this.resync();
    if (ids.conversation) this.#note(ids.conversation, event);
    else if (thread && ids.customer === thread.conversation?.person.id) this.#note(thread.id, event);
  }

  #note(conversation: string, event: string) {
    this.#changed.add(conversation);
    this.#refetch();
    if (event === "message_received") live.presence.typed(conversation);
    if (event === "message_received" || event === "conversation_started") this.#arrived.add(conversation);
  }

  async #fetchChanged() {
    const [changed, arrived] = [[...this.#changed], new Set(this.#arrived)];
    this.#changed.clear();
    this.#arrived.clear();
    this.#recount();
    if (changed.length > manyChanges) this.list?.refresh();
    const wanted = changed.length > manyChanges ? changed.filter((id) => this.#threads.has(id)) : changed;
    await Promise.all(wanted.map(async (id) => this.#tell(await this.refetch(id), arrived)));
    if (place.view === "mentions") this.list?.refresh();
  }

  /** Brings one conversation up to date wherever it is shown. */
  async refetch(id: string) {
    try {
      const conversation = await api.get("/conversations/{id}", { path: { id } });
      const thread = this.#threads.get(id);
      if (thread) {
        thread.conversation = conversation;
        await thread.catchUp();
        if (place.conversation === id) this.markRead();
      }
      this.show({ ...conversation, unread: place.conversation === id && document.visibilityState === "visible" ? 0 : conversation.unread });
      return conversation;
    } catch (error) {
      if (error instanceof Problem && error.status === 404) for (const list of this.#lists.values()) list.remove(id);
    }
  }

  #tell(conversation: Conversation | undefined, arrived: Set<string>) {
    if (!conversation || !arrived.has(conversation.id) || conversation.status === "spam") return;
    if (conversation.assignee && conversation.assignee !== session.current.member.id) return;
    const { customer, preview, id } = conversation;
    const name = customerName(customer);
    const text = previewText(preview, Date.now());
    this.announcement = t("new-message-from", { name, text });
    alerts.tell(name, text, () => place.open(id));
  }

  async #count() {
    this.counts = await api.get("/conversations/counts").catch(() => this.counts);
  }
}

export const inbox = new Inbox();
