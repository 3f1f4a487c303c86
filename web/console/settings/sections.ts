import Bot from "@lucide/svelte/icons/bot";
import Building2 from "@lucide/svelte/icons/building-2";
import CalendarClock from "@lucide/svelte/icons/calendar-clock";
import CircleAlert from "@lucide/svelte/icons/circle-alert";
import ClipboardList from "@lucide/svelte/icons/clipboard-list";
import ListChecks from "@lucide/svelte/icons/list-checks";
import KeyRound from "@lucide/svelte/icons/key-round";
import Mail from "@lucide/svelte/icons/mail";
import MessagesSquare from "@lucide/svelte/icons/messages-square";
import MessageCircle from "@lucide/svelte/icons/message-circle";
import MessageSquareText from "@lucide/svelte/icons/message-square-text";
import Network from "@lucide/svelte/icons/network";
import Phone from "@lucide/svelte/icons/phone";
import Plug from "@lucide/svelte/icons/plug";
import Scale from "@lucide/svelte/icons/scale";
import ScrollText from "@lucide/svelte/icons/scroll-text";
import ShieldCheck from "@lucide/svelte/icons/shield-check";
import Store from "@lucide/svelte/icons/store";
import Tags from "@lucide/svelte/icons/tags";
import UserRound from "@lucide/svelte/icons/user-round";
import UserRoundPen from "@lucide/svelte/icons/user-round-pen";
import Users from "@lucide/svelte/icons/users";
import type { Component } from "svelte";
import type { Word } from "../lib/i18n.svelte";
import { may, type Permission } from "../lib/permissions";
import { session } from "../lib/session.svelte";
import type { Picture } from "../ui/icon";

export type Section = {
  name: string;
  label: Word;
  icon: Picture;
  group: Word;
  /** Without one, everybody has it. */
  needs?: Permission;
  load: () => Promise<{ default: Component }>;
};

/** Every place in the settings, in the order of the list. The second word of the address names it. */
export const sections: Section[] = [
  { name: "account", label: "settings-account", icon: UserRound, group: "settings-you", load: () => import("./AccountPage.svelte") },
  { name: "shop", label: "settings-shop", icon: Store, group: "settings-the-shop", needs: may.manageShop, load: () => import("./ShopPage.svelte") },
  { name: "chat", label: "settings-chat", icon: MessageCircle, group: "settings-the-shop", needs: may.manageChannels, load: () => import("./ChatPage.svelte") },
  { name: "mailboxes", label: "settings-mailboxes", icon: Mail, group: "settings-the-shop", needs: may.manageChannels, load: () => import("./MailboxesPage.svelte") },
  { name: "contact", label: "settings-contact", icon: ClipboardList, group: "settings-the-shop", needs: may.manageChannels, load: () => import("./ContactPage.svelte") },
  { name: "lines", label: "settings-lines", icon: MessagesSquare, group: "settings-the-shop", needs: may.manageChannels, load: () => import("./LinesPage.svelte") },
  { name: "phone", label: "settings-phone", icon: Phone, group: "settings-the-shop", needs: may.manageTelephone, load: () => import("./PhonePage.svelte") },
  { name: "quick-replies", label: "quick-replies", icon: Bot, group: "settings-the-shop", needs: may.manageBot, load: () => import("./QuickRepliesPage.svelte") },
  { name: "connections", label: "settings-connections", icon: Plug, group: "settings-the-shop", needs: may.manageConnections, load: () => import("./ConnectionsPage.svelte") },
  { name: "hours", label: "settings-hours", icon: CalendarClock, group: "settings-the-shop", needs: may.manageSchedules, load: () => import("./HoursPage.svelte") },
  { name: "shops", label: "settings-shops", icon: Building2, group: "settings-the-shop", needs: may.createShops, load: () => import("./ShopsPage.svelte") },
  { name: "members", label: "settings-members", icon: Users, group: "settings-team", needs: may.readTeam, load: () => import("./MembersPage.svelte") },
  { name: "departments", label: "departments", icon: Network, group: "settings-team", needs: may.readTeam, load: () => import("./DepartmentsPage.svelte") },
  { name: "roles", label: "settings-roles", icon: ShieldCheck, group: "settings-team", needs: may.readTeam, load: () => import("./RolesPage.svelte") },
  { name: "refund-limits", label: "refund-limits", icon: Scale, group: "settings-team", needs: may.limitRefunds, load: () => import("./RefundLimitsPage.svelte") },
  { name: "replies", label: "macros", icon: MessageSquareText, group: "settings-work", needs: may.useMacros, load: () => import("./RepliesPage.svelte") },
  { name: "tags", label: "tags", icon: Tags, group: "settings-work", needs: may.manageTags, load: () => import("./TagsPage.svelte") },
  { name: "customer-tags", label: "customer-tags", icon: UserRoundPen, group: "settings-work", needs: may.manageCustomers, load: () => import("./CustomerTagsPage.svelte") },
  { name: "customer-fields", label: "attributes", icon: ListChecks, group: "settings-work", needs: may.manageCustomers, load: () => import("./CustomerFieldsPage.svelte") },
  { name: "tokens", label: "settings-tokens", icon: KeyRound, group: "settings-safety", needs: may.manageTokens, load: () => import("./TokensPage.svelte") },
  { name: "audit", label: "settings-audit", icon: ScrollText, group: "settings-safety", needs: may.readAudit, load: () => import("./AuditPage.svelte") },
  { name: "attention", label: "settings-attention", icon: CircleAlert, group: "settings-safety", needs: may.manageJobs, load: () => import("./AttentionPage.svelte") },
];

export const allowed = () => sections.filter(({ needs }) => !needs || session.may(needs));
