import { may } from "../lib/permissions";
import { route } from "../lib/router.svelte";
import { session } from "../lib/session.svelte";
import type { Shortcut } from "../lib/shortcuts.svelte";
import { shell } from "./shell.svelte";

const group = "keys-everywhere";

/** What the keyboard can do on every screen. */
export const everywhere = (): Shortcut[] => [
  { keys: "Ctrl+K", about: "command-palette", group, always: true, run: () => shell.show("palette") },
  { keys: "?", about: "keyboard-shortcuts", group, run: () => shell.show("shortcuts") },
  { keys: "/", about: "search", group, run: search },
  { keys: "g i", about: "go-inbox", group, run: () => route.go("/inbox") },
  { keys: "g m", about: "go-mine", group, run: () => route.go("/inbox/mine") },
  { keys: "g u", about: "go-unassigned", group, run: () => route.go("/inbox/unassigned") },
  ...(session.may(may.readConversations) ? [{ keys: "g l", about: "go-calls", group, run: () => route.go("/calls") } as const] : []),
  ...(session.may(may.readCustomers) ? [{ keys: "g c", about: "go-customers", group, run: () => route.go("/customers") } as const] : []),
  ...(session.may(may.readOrders) ? [{ keys: "g o", about: "go-orders", group, run: () => route.go("/orders") } as const] : []),
  ...(session.may(may.readProducts) ? [{ keys: "g p", about: "go-products", group, run: () => route.go("/products") } as const] : []),
  { keys: "g s", about: "go-settings", group, run: () => route.go("/settings") },
];

const search = () => {
  const field = document.querySelector<HTMLInputElement>("[data-search]");
  if (field?.checkVisibility()) field.focus();
  else route.go("/search");
};
