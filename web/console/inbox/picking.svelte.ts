import type { Composer } from "./composer.svelte";

export type Pick = "assign" | "snooze" | "tags" | "priority";

/** Which picker is open, and below what. */
class Picking {
  what = $state<Pick | null>(null);
  anchor = $state.raw<Element | null>(null);
  /** Send and snooze: what is written leaves together with the choice. */
  composer = $state.raw<Composer | null>(null);

  open(what: Pick, anchor: Element | null = null) {
    this.composer = null;
    this.anchor = anchor;
    this.what = what;
  }

  sendAndSnooze(composer: Composer) {
    this.open("snooze");
    this.composer = composer;
  }

  close() {
    this.what = null;
  }
}

export const picking = new Picking();
