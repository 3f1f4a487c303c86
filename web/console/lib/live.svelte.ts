import type { LiveEvent, LiveFrame } from "../../shared/live";
import { Presence } from "./presence.svelte";

type Said = { type: "viewing"; conversation: string | null } | { type: "typing"; conversation: string } | { type: "watching"; customer: string | null } | { type: "ping" };

const pingEvery = 25_000;
const pongWithin = 10_000;
const longestWait = 30_000;

/** Half of the doubled wait is chance, so that a restarted server is not met by everybody at once. */
export const waitBefore = (attempt: number, chance: number) => Math.min(longestWait, 500 * 2 ** attempt) * (0.5 + chance / 2);

/** The one socket. Frames say what changed; who listens fetches it with their own rights. */
export class Live {
  connection = $state<"connecting" | "on" | "cut">("connecting");
  readonly presence = new Presence();

  #socket: WebSocket | undefined;
  #after: number | null = null;
  #attempt = 0;
  #viewing: string | null = null;
  #watching: { customer: string; heard: () => void } | undefined;
  #timers = new Set<ReturnType<typeof setTimeout>>();
  #onEvent = new Set<(event: LiveEvent) => void>();
  #onResync = new Set<() => void>();
  whenSignedOut = () => {};

  constructor(readonly address: () => string) {}

  start() {
    const socket = new WebSocket(this.address());
    this.#socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ token: null, after: this.#after }));
    socket.onmessage = ({ data }) => this.#hear(JSON.parse(data));
    socket.onclose = () => this.#cut(socket);
  }

  stop() {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#after = null;
    this.#rest();
    socket?.close();
  }

  /** The network came back: do not sit out the wait. */
  hurry() {
    if (this.connection !== "cut") return;
    this.#rest();
    this.start();
  }

  onEvent(listener: (event: LiveEvent) => void) {
    this.#onEvent.add(listener);
    return () => void this.#onEvent.delete(listener);
  }

  /** Events may have been missed: fetch again whatever is on screen. */
  onResync(listener: () => void) {
    this.#onResync.add(listener);
    return () => void this.#onResync.delete(listener);
  }

  viewing(conversation: string | null) {
    this.#viewing = conversation;
    this.#say({ type: "viewing", conversation });
  }

  /** Hears when this customer does something on the shop's pages: one at a time, for one looks at one at a time. */
  watch(customer: string, heard: () => void) {
    const watching = { customer, heard };
    this.#watching = watching;
    this.#say({ type: "watching", customer });
    return () => {
      if (this.#watching !== watching) return;
      this.#watching = undefined;
      this.#say({ type: "watching", customer: null });
    };
  }

  typing(conversation: string) {
    this.#say({ type: "typing", conversation });
  }

  #hear(frame: LiveFrame) {
    switch (frame.type) {
      case "hello":
        return this.#greeted(frame.seq);
      case "resync":
        this.#after = null;
        return this.#greeted(frame.seq);
      case "event":
        if (frame.seq <= (this.#after ?? -1)) return;
        this.#after = frame.seq;
        for (const listener of this.#onEvent) listener(frame);
        return;
      case "customer_browsing":
        if (frame.customer === this.#watching?.customer) this.#watching.heard();
        return;
      case "pong":
        return this.#keepAlive();
      case "signed_out":
        this.stop();
        this.whenSignedOut();
        return;
      default:
        this.presence.hear(frame);
    }
  }

  #greeted(seq: number) {
    const resumed = this.#after !== null;
    this.#after ??= seq;
    this.#attempt = 0;
    this.connection = "on";
    this.#keepAlive();
    if (this.#viewing) this.viewing(this.#viewing);
    if (this.#watching) this.#say({ type: "watching", customer: this.#watching.customer });
    // what was fetched before the first greeting may be older than it
    if (!resumed) for (const listener of this.#onResync) listener();
  }

  #keepAlive() {
    this.#rest();
    this.#in(pingEvery, () => {
      this.#say({ type: "ping" });
      this.#in(pongWithin, () => this.#socket && this.#cut(this.#socket));
    });
  }

  #cut(socket: WebSocket) {
    if (socket !== this.#socket) return;
    this.#socket = undefined;
    socket.close();
    this.connection = "cut";
    this.#rest();
    this.#in(waitBefore(this.#attempt++, Math.random()), () => this.start());
  }

  #say(said: Said) {
    if (this.connection === "on" && this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(said));
  }

  #in(delay: number, then: () => void) {
    this.#timers.add(setTimeout(then, delay));
  }

  #rest() {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}

export const live = new Live(() => `${location.origin.replace(/^http/, "ws")}/api/v1/live`);
