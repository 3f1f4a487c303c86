import type { Component } from "svelte";

type Screen = {
  load: () => Promise<{ default: Component }>;
  /** Shown to people who are not signed in. */
  open?: true;
};

/** The first word of an address names the screen; each is fetched when first visited. */
const screens = {
  inbox: { load: () => import("./inbox/InboxScreen.svelte") },
  search: { load: () => import("./inbox/SearchScreen.svelte") },
  customers: { load: () => import("./customers/CustomersScreen.svelte") },
  products: { load: () => import("./commerce/ProductsScreen.svelte") },
  settings: { load: () => import("./settings/SettingsScreen.svelte") },
  invitation: { load: () => import("./session/InvitationScreen.svelte"), open: true },
  reset: { load: () => import("./session/ResetScreen.svelte"), open: true },
} satisfies Record<string, Screen>;

export const screenAt = (name: string | undefined): Screen => screens[name as keyof typeof screens] ?? screens.inbox;
