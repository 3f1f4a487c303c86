export type Pick = "assign" | "snooze" | "tags" | "priority";

/** Which picker is open, and below what. */
class Picking {
  what = $state<Pick | null>(null);
  anchor = $state.raw<Element | null>(null);
  /** Set by send-and-snooze: sends, then lets what was picked happen. */
  send = $state.raw<(() => Promise<unknown>) | null>(null);

  open(what: Pick, anchor: Element | null = null) {
    this.send = null;
    this.anchor = anchor;
    this.what = what;
  }

  sendFirst(send: () => Promise<unknown>) {
    this.open("snooze");
    this.send = send;
  }

  close() {
    this.what = null;
  }
}

export const picking = new Picking();
