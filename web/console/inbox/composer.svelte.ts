import type { After, Card, ComposedKind, Draft, MessageView, NewMessage, ProductView } from "../../shared/api";
import { cardOf } from "../commerce/product";
import { api, Problem } from "../lib/api";
import { directory } from "../lib/directory.svelte";
import { bytes } from "../lib/format";
import { t } from "../lib/i18n.svelte";
import { live } from "../lib/live.svelte";
import { session } from "../lib/session.svelte";
import { settled } from "../lib/soon";
import { attempt, toasts } from "../lib/toasts.svelte";
import { isByPhone } from "./channels";
import { isBlank, paragraph, textOf } from "./html";
import type { Thread } from "./thread.svelte";
import { mostBytes, mostFiles, Upload } from "./uploads.svelte";

const saveAfter = 800;
const typingEvery = 3000;
const holdSeconds = 5;
const mostProducts = 5;

/** What becomes of the conversation once the message has left. */
export type Then = { after: After; until?: Date };

/** What somebody is writing in one conversation. Survives switching; the server keeps it as a draft. */
export class Composer {
  #chosen = $state<ComposedKind>("reply");
  html = $state("");
  uploads = $state.raw<Upload[]>([]);
  /** Products the message shows. */
  products = $state.raw<Card[]>([]);
  /** Values a saved reply would have needed. */
  missing = $state.raw<string[]>([]);
  /** Somebody else answered in the meantime: what was asked for waits here for a decision. */
  held = $state.raw<Then | null>(null);
  /** It says before everybody what only the customer should read: what was asked for waits here, with what that is. */
  exposed = $state.raw<{ then: Then; what: string } | null>(null);
  /** What is written goes on in private. */
  goesPrivate = $state(false);
  /** Grows whenever the text was set from outside the editor. */
  revision = $state(0);
  #mentions = new Set<string>();
  #touched = false;
  #typedAt = 0;
  #draft = settled(() => this.#save(), saveAfter);

  constructor(readonly thread: Thread) {}

  /** By telephone no text arrives: what is written there is a note. */
  get kind(): ComposedKind {
    const channel = this.thread.conversation?.channel;
    return channel && isByPhone(channel) ? "note" : this.#chosen;
  }

  /** Everybody reads what is sent. */
  get public() {
    return this.kind === "reply" && !!this.thread.conversation?.public;
  }

  get empty() {
    return isBlank(this.html) && this.uploads.length === 0 && this.products.length === 0;
  }

  get uploading() {
    return this.uploads.some(({ done }) => !done);
  }

  /** The draft from another day or device, unless something is being written here. */
  takeUp(draft: Draft | null) {
    if (!draft || this.#touched || !isBlank(this.html)) return;
    this.#chosen = draft.kind;
    this.#set(draft.html);
  }

  write(html: string) {
    this.html = html;
    this.#touched = true;
    this.#draft.later();
    // whoever waits for an answer is not to see that a note is written
    if (this.kind === "note" || Date.now() - this.#typedAt < typingEvery || isBlank(html)) return;
    this.#typedAt = Date.now();
    live.typing(this.thread.id);
  }

  choose(kind: ComposedKind) {
    if (kind === this.kind) return;
    this.#chosen = kind;
    if (!this.empty) this.#draft.later();
  }

  /** The page may be closed next. */
  keep() {
    return this.#draft.now();
  }

  mention(member: string) {
    this.#mentions.add(member);
  }

  show(product: ProductView) {
    if (this.products.some((card) => card.product === product.id)) return;
    if (this.products.length === mostProducts) toasts.say(t("too-many-products", { most: mostProducts }));
    else this.products = [...this.products, cardOf(product)];
  }

  /** Adds a line of its own to what is being written: a code, or a web address. */
  add(line: string) {
    this.write((isBlank(this.html) ? "" : this.html) + paragraph(line));
    this.revision++;
  }

  hide(product: string) {
    this.products = this.products.filter((card) => card.product !== product);
  }

  attach(files: File[]) {
    const room = mostFiles - this.uploads.length;
    if (files.length > room) toasts.say(t("too-many-files", { most: mostFiles }));
    for (const file of files.slice(0, room)) {
      if (file.size > mostBytes) toasts.failed(new Problem("invalid", 0, t("file-too-big", { name: file.name, most: bytes(mostBytes) })));
      else this.#upload(new Upload(file));
    }
  }

  detach(upload: Upload) {
    upload.abort();
    this.uploads = this.uploads.filter((other) => other !== upload);
  }

  /** Shows the message at once. When it cannot be sent, the text comes back. */
  async send(then: Then = { after: "nothing" }, exposing = false) {
    if (this.empty || this.uploading) return;
    const message = { ...this.#message(then), exposing };
    const { uploads, products, html, missing } = this;
    this.thread.put(this.#preview(message));
    this.#clear();
    try {
      const sent = await api.post("/conversations/{id}/messages", { path: { id: this.thread.id }, body: message });
      this.thread.put(sent);
      if (sent.state === "held") this.#offerUndo(sent);
    } catch (error) {
      this.thread.drop(message.client_id);
      Object.assign(this, { uploads, products, missing });
      if (isBlank(this.html)) this.#set(html);
      const kind = error instanceof Problem && error.kind;
      if (kind === "answered_meanwhile") return this.#ask(then);
      if (kind === "public_personal_data") {
        this.exposed = { then, what: (error as Problem).message };
        return;
      }
      toasts.failed(error);
      if (kind === "customer_erased") await attempt(() => this.thread.refresh());
    }
  }

  sendAnyway() {
    const { held } = this;
    this.held = null;
    return this.send(held ?? undefined);
  }

  sendExposing() {
    const { exposed } = this;
    this.exposed = null;
    return this.send(exposed?.then, true);
  }

  discard() {
    this.held = null;
    this.#clear();
    this.revision++;
  }

  #offerUndo(sent: MessageView) {
    const seconds = Math.max(1, (new Date(sent.sends_at ?? sent.at).getTime() - Date.now()) / 1000);
    toasts.say(t("sending-in"), { seconds: Math.min(seconds, 30), counts: true, action: { label: t("undo"), run: () => this.#withdraw(sent) } });
  }

  async #withdraw(sent: MessageView) {
    try {
      const withdrawn = await api.delete("/conversations/{id}/messages/{message}", { path: { id: this.thread.id, message: sent.id } });
      this.thread.drop(sent.id);
      this.#chosen = "reply";
      for (const card of sent.products) if (!this.products.some(({ product }) => product === card.product)) this.products = [...this.products, card];
      this.#set((withdrawn.html ?? "") + (isBlank(this.html) ? "" : this.html));
      this.#draft.later();
    } catch (error) {
      toasts.failed(error);
    }
  }

  async #ask(then: Then) {
    await attempt(() => this.thread.catchUp());
    this.held = then;
  }

  async #upload(upload: Upload) {
    this.uploads = [...this.uploads, upload];
    try {
      await upload.send();
    } catch (error) {
      this.detach(upload);
      toasts.failed(error);
    }
  }

  #message(then: Then): NewMessage {
    const text = textOf(this.html);
    const mentioned = [...this.#mentions].filter((id) => text.includes(`@${directory.member(id)?.name}`));
    return {
      client_id: crypto.randomUUID(),
      kind: this.kind,
      public: this.public,
      html: this.html,
      files: this.uploads.flatMap(({ done }) => done?.id ?? []),
      products: this.products.map(({ product }) => product),
      mentions: this.kind === "note" ? mentioned : [],
      seen_seq: this.thread.lastSeq,
      hold_seconds: this.kind === "reply" ? (directory.shop?.undo_send_seconds ?? holdSeconds) : 0,
      then: then.after,
      snooze_until: then.until?.toISOString(),
    };
  }

  #preview({ client_id, kind, html, mentions = [] }: NewMessage) {
    const { id, name } = session.current.member;
    return {
      id: client_id,
      client_id,
      seq: Number.MAX_SAFE_INTEGER,
      kind,
      author: { kind: "member" as const, id, name },
      text: textOf(html),
      html: kind === "reply" ? html : null,
      files: this.uploads.flatMap(({ done }) => done ?? []),
      products: this.products,
      at: new Date().toISOString(),
      state: "queued" as const,
      fault: null, sends_at: null,
      mentions,
      template: null,
      altered: null,
      event: null,
      pending: true,
    };
  }

  #set(html: string) {
    this.html = html;
    this.revision++;
  }

  #clear() {
    this.#draft.drop();
    this.#mentions.clear();
    this.#touched = false;
    this.uploads = [];
    this.products = [];
    this.missing = [];
    this.#set("");
    api.delete("/conversations/{id}/draft", { path: { id: this.thread.id } }).catch(() => {});
  }

  #save() {
    const draft = { html: this.html, kind: this.kind };
    const path = { id: this.thread.id };
    const kept = isBlank(this.html) ? api.delete("/conversations/{id}/draft", { path }) : api.put("/conversations/{id}/draft", { path, body: draft });
    return kept.catch((error) => {
      // nothing is kept about somebody who was erased
      if (!(error instanceof Problem && error.kind === "customer_erased")) this.#draft.later();
    });
  }
}
