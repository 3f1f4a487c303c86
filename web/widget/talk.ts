import type { Api, ChatMessage, Hours } from './api';
import { Connection, type Frame } from './connection';
import { Timeline } from './timeline';

const TYPING_LASTS = 5000;
const TYPING_EVERY = 3000;

/** One conversation as the shopper follows it: its messages, who types, how far each side has read. */
export class Talk {
  readonly timeline = new Timeline();
  typing = '';
  readByAgent = 0;
  up = false;
  loaded = false;
  /** What the shop has said of itself: whether somebody is there, and whether an answer could reach us elsewhere. */
  shop?: Hours & { reachable: boolean };
  #live: Connection;
  #filling = false;
  #silence?: ReturnType<typeof setTimeout>;
  #typedAt = Number.NEGATIVE_INFINITY;
  #told = '';

  constructor(
    readonly api: Api,
    readonly id: string,
    public status: string,
    public seen: number,
    readonly changed: () => void,
  ) {
    this.#live = new Connection(api.live, {
      first: () => ({ token: api.token, conversation: id, after: this.timeline.last }),
      heard: (frame) => this.hear(frame),
      changed: (up) => {
        this.up = up;
        this.#told = '';
        if (up) this.catchUp();
        changed();
      },
    });
    this.#live.open();
  }

  take(messages: ChatMessage[]) {
    const jumped = this.timeline.take(messages);
    if (messages.some(({ by }) => by === 'agent')) this.#typingStops();
    this.changed();
    if (jumped) this.catchUp();
  }

  hear(frame: Frame) {
    if (frame.conversation && frame.conversation !== this.id) return;
    if (frame.type === 'messages') this.take(frame.items as ChatMessage[]);
    if (frame.type === 'read') this.readByAgent = Math.max(this.readByAgent, frame.seq as number);
    if (frame.type === 'status') this.status = frame.status as string;
    if (frame.type === 'shop') this.shop = frame as unknown as Talk['shop'];
    if (frame.type === 'typing') {
      this.typing = frame.name as string;
      clearTimeout(this.#silence);
      this.#silence = setTimeout(() => this.#typingStops(), TYPING_LASTS);
    }
    this.changed();
  }

  /** Fetches whatever lies after the last message that is certain, until no number is in doubt. */
  async catchUp() {
    if (this.#filling) return;
    this.#filling = true;
    try {
      for (let doubt = true; doubt; ) {
        const path = `conversations/${this.id}/messages?after=${this.timeline.last}`;
        const { items, read_seq } = await this.api.get<{ items: ChatMessage[]; read_seq: number }>(path);
        this.readByAgent = Math.max(this.readByAgent, read_seq);
        doubt = this.timeline.fill(items) && items.length > 0;
      }
      this.loaded = true;
    } catch {
      // the socket comes back by itself and asks again
    }
    this.#filling = false;
    this.changed();
  }

  get unread() {
    return this.timeline.messages.filter(({ seq, by, event }) => by !== 'me' && !event && seq > this.seen).length;
  }

  /** Tells the shop how far its answers came: onto this screen, or before the shopper's eyes. */
  look(reading: boolean) {
    const seq = this.timeline.last;
    if (reading) this.seen = Math.max(this.seen, seq);
    const word = `${reading} ${seq}`;
    if (!seq || !this.up || word === this.#told) return;
    this.#told = word;
    this.#live.send({ type: reading ? 'read' : 'received', conversation: this.id, seq });
  }

  type() {
    if (performance.now() - this.#typedAt < TYPING_EVERY) return;
    this.#typedAt = performance.now();
    this.#live.send({ type: 'typing' });
  }

  leave() {
    clearTimeout(this.#silence);
    this.#live.close();
  }

  #typingStops() {
    this.typing = '';
    this.changed();
  }
}
