import { tick } from "svelte";
import { Problem } from "../lib/api";
import { toasts } from "../lib/toasts.svelte";

export type Draft = Record<string, unknown>;

/** What somebody is changing: as saved, as it stands now, and what the server objects to. */
export class Editing<T extends object> {
  draft = $state() as T;
  state = $state<"idle" | "saving" | "saved">("idle");
  #problem = $state.raw<Problem>();
  #saved = $state("");

  constructor(from: T) {
    this.accept(from);
  }

  get dirty() {
    return JSON.stringify(this.draft) !== this.#saved;
  }

  /** The server's word on a field, or on a part of it: `greeting` or `greeting.nb`. */
  error(name: string): string | undefined {
    return this.#problem?.field(name) ?? this.#problem?.fields.find(({ field }) => field.startsWith(`${name}.`) || field.startsWith(`${name}[`))?.message;
  }

  accept(from: T) {
    this.#saved = JSON.stringify(from);
    this.undo();
  }

  undo() {
    this.draft = JSON.parse(this.#saved);
    this.#problem = undefined;
  }

  /** True when it is kept. What `send` answers is what the server made of it. */
  async save(send: (draft: T) => Promise<T | undefined>): Promise<boolean> {
    this.state = "saving";
    this.#problem = undefined;
    const sent = $state.snapshot(this.draft) as T;
    try {
      const kept = await send(sent);
      this.accept(kept ?? sent);
      this.state = "saved";
      return true;
    } catch (error) {
      this.state = "idle";
      await this.#object(error);
      return false;
    }
  }

  /** At its field when one shows it, else as a notice. */
  async #object(error: unknown) {
    this.#problem = error instanceof Problem ? error : undefined;
    await tick();
    const wrong = document.querySelectorAll<HTMLElement>("[aria-invalid=true]");
    if (wrong.length === 0) toasts.failed(error);
    const first = [...wrong].at(-1)?.closest("form")?.querySelector<HTMLElement>("[aria-invalid=true]");
    first?.focus({ preventScroll: true });
    first?.scrollIntoView?.({ block: "center" });
  }
}
