import type { Component } from "svelte";
import { type Part, tongue } from "./lib/i18n.svelte";

type Screen = {
  load: () => Promise<{ default: Component }>;
  /** Shown to people who are not signed in. */
  open?: true;
};

/** Fetches a screen together with the words that only it needs. */
const withWords = (part: Part, load: Screen["load"]) => async () => {
  const [screen] = await Promise.all([load(), tongue.learn(part)]);
  return screen;
};

/** The first word of an address names the screen; each is fetched when first visited. */
const screens = {
  inbox: { load: () => import("./inbox/InboxScreen.svelte") },
  search: { load: () => import("./inbox/SearchScreen.svelte") },
  customers: { load: () => import("./customers/CustomersScreen.svelte") },
  orders: { load: () => import("./commerce/OrdersScreen.svelte") },
  products: { load: () => import("./commerce/ProductsScreen.svelte") },
  settings: { load: withWords("settings", () => import("./settings/SettingsScreen.svelte")) },
  invitation: { load: () => import("./session/InvitationScreen.svelte"), open: true },
  reset: { load: () => import("./session/ResetScreen.svelte"), open: true },
} satisfies Record<string, Screen>;

export const screenAt = (name: string | undefined): Screen => screens[name as keyof typeof screens] ?? screens.inbox;
