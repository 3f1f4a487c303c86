import type { ChatMessage } from './api';

/** The messages of one conversation, each once, in order, with a mark up to which nothing can be missing. */
export class Timeline {
  #messages = new Map<number, ChatMessage>();
  last = 0;

  get messages() {
    return [...this.#messages.values()].sort((a, b) => a.seq - b.seq);
  }

  /** Takes what the socket or a sent message brought. True: numbers were jumped, ask for all after `last`. */
  take(messages: ChatMessage[]): boolean {
    for (const message of messages) this.#messages.set(message.seq, message);
    while (this.#messages.has(this.last + 1)) this.last++;
    return this.#newest > this.last;
  }

  /** Takes the complete answer to "all after `last`"; numbers still jumped in it belong to what shoppers do not see. */
  fill(messages: ChatMessage[]): boolean {
    this.last = Math.max(this.last, ...messages.map((message) => message.seq));
    return this.take(messages);
  }

  get #newest() {
    return Math.max(0, ...this.#messages.keys());
  }
}
