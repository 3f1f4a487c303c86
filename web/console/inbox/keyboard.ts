import { tick } from "svelte";
import { may } from "../lib/permissions";
import { session } from "../lib/session.svelte";
import type { Shortcut } from "../lib/shortcuts.svelte";
import { reopen, resolve } from "./actions";
import { inbox } from "./inbox.svelte";
import { picking } from "./picking.svelte";
import { place } from "./place.svelte";

/** The list on screen, where j and k walk. */
class Cursor {
  list: { focusRow: (index: number) => Promise<void> } | undefined;

  /** Out of a conversation: the focus returns to where it was opened. */
  async back(conversation: string) {
    await tick(); // on a phone the list has to come into sight first
    const at = inbox.list?.rows.findIndex(({ id }) => id === conversation) ?? -1;
    if (at >= 0) this.list?.focusRow(at);
  }
}

export const cursor = new Cursor();

const step = (by: 1 | -1) => {
  const rows = inbox.list?.rows ?? [];
  const focused = document.activeElement?.closest<HTMLElement>("[data-row]")?.dataset.row;
  const at = focused === undefined ? rows.findIndex(({ id }) => id === place.conversation) : Number(focused);
  const to = at === -1 ? 0 : at + by;
  if (rows[to]) cursor.list?.focusRow(to);
};

const write = (kind: "reply" | "note") => {
  inbox.composer?.choose(kind);
  document.querySelector<HTMLElement>("[data-editor] [contenteditable]")?.focus();
};

const finish = () => {
  const conversation = inbox.thread?.conversation;
  if (conversation?.status === "resolved") reopen(conversation);
  else if (conversation && conversation.status !== "spam") resolve(conversation);
};

const inList: Shortcut[] = [
  { keys: "j", about: "next-conversation", group: "keys-list", run: () => step(1) },
  { keys: "k", about: "previous-conversation", group: "keys-list", run: () => step(-1) },
];

const withCustomer: Shortcut[] = [
  { keys: "r", about: "write-reply", group: "keys-conversation", run: () => write("reply") },
  { keys: "n", about: "write-note", group: "keys-conversation", run: () => write("note") },
  { keys: "e", about: "resolve-or-reopen", group: "keys-conversation", run: finish },
  { keys: "s", about: "snooze", group: "keys-conversation", run: () => picking.open("snooze") },
];

const inConversation: Shortcut[] = [
  { keys: "a", about: "assign", group: "keys-conversation", run: () => picking.open("assign") },
  { keys: "p", about: "priority", group: "keys-conversation", run: () => picking.open("priority") },
  { keys: "#", about: "tags", group: "keys-conversation", run: () => picking.open("tags") },
];

const leaving: Shortcut[] = [
  { keys: "c", about: "show-customer", group: "keys-conversation", run: () => place.show(place.pane === "customer" ? "conversation" : "customer") },
  { keys: "u", about: "back-to-list", group: "keys-conversation", run: () => place.open(null) },
];

/** What the keyboard can do in the inbox, as far as this person may. */
export const keyboard = (): Shortcut[] => {
  const { thread } = inbox;
  const acting = thread && session.may(may.reply);
  return [...inList, ...(acting && !thread.erased ? withCustomer : []), ...(acting ? inConversation : []), ...(thread ? leaving : [])];
};
