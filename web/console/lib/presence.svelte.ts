import type { PresentMember, Signal } from "../../shared/live";

const typingLasts = 6_000;

/** Who is here and who is typing just now. Never stored, never resumed: the next signal tells. */
export class Presence {
  members = $state.raw<ReadonlySet<string>>(new Set());
  #looking = $state.raw<Record<string, PresentMember[]>>({});
  #customers = $state.raw<Record<string, boolean>>({});
  #typing = $state.raw<Record<string, ReturnType<typeof setTimeout>>>({});

  hear(signal: Signal) {
    switch (signal.type) {
      case "members":
        this.members = new Set(signal.online);
        return;
      case "presence":
        this.#looking = { ...this.#looking, [signal.conversation]: signal.members };
        return;
      case "customer_online":
        this.#customers = { ...this.#customers, [signal.customer]: signal.online };
        return;
      case "customer_typing":
        return this.#type(signal.conversation);
    }
  }

  at(conversation: string) {
    return this.#looking[conversation] ?? [];
  }

  /** `known` is what the server said when the customer was fetched. */
  online(customer: string, known = false) {
    return this.#customers[customer] ?? known;
  }

  typing(conversation: string) {
    return conversation in this.#typing;
  }

  /** A message has come: whoever typed it has finished. */
  typed(conversation: string) {
    clearTimeout(this.#typing[conversation]);
    const { [conversation]: _, ...others } = this.#typing;
    this.#typing = others;
  }

  #type(conversation: string) {
    clearTimeout(this.#typing[conversation]);
    this.#typing = { ...this.#typing, [conversation]: setTimeout(() => this.typed(conversation), typingLasts) };
  }
}
