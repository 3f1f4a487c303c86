import type { Component } from "svelte";
import { withWords } from "./lib/i18n.svelte";

type Screen = {
  load: () => Promise<{ default: Component }>;
  /** Shown to people who are not signed in. */
  open?: true;
};

/** The first word of an address names the screen; each is fetched when first visited. */
const screens = {
  inbox: { load: () => import("./inbox/InboxScreen.svelte") },
  search: { load: withWords(["customers"], () => import("./inbox/SearchScreen.svelte")) },
  calls: { load: withWords(["calls"], () => import("./telephony/CallsScreen.svelte")) },
  customers: { load: withWords(["customers"], () => import("./customers/CustomersScreen.svelte")) },
  orders: { load: withWords(["goods"], () => import("./commerce/OrdersScreen.svelte")) },
  products: { load: withWords(["goods"], () => import("./commerce/ProductsScreen.svelte")) },
  reports: { load: withWords(["reports"], () => import("./reports/ReportsScreen.svelte")) },
  settings: { load: withWords(["customers", "settings", "letters", "templates", "alerts"], () => import("./settings/SettingsScreen.svelte")) },
  invitation: { load: withWords(["entrance"], () => import("./session/InvitationScreen.svelte")), open: true },
  reset: { load: withWords(["entrance"], () => import("./session/ResetScreen.svelte")), open: true },
} satisfies Record<string, Screen>;

export const screenAt = (name: string | undefined): Screen => screens[name as keyof typeof screens] ?? screens.inbox;
