import AlarmClock from "@lucide/svelte/icons/alarm-clock";
import AlarmClockOff from "@lucide/svelte/icons/alarm-clock-off";
import Check from "@lucide/svelte/icons/check";
import ChevronsUp from "@lucide/svelte/icons/chevrons-up";
import Link from "@lucide/svelte/icons/link";
import OctagonAlert from "@lucide/svelte/icons/octagon-alert";
import RotateCcw from "@lucide/svelte/icons/rotate-ccw";
import ShieldCheck from "@lucide/svelte/icons/shield-check";
import Tag from "@lucide/svelte/icons/tag";
import type { Conversation } from "../../shared/api";
import { t } from "../lib/i18n.svelte";
import { attempt, toasts } from "../lib/toasts.svelte";
import type { MenuItem } from "../ui/menu";
import { markSpam, notSpam, reopen, resolve, wake } from "./actions";
import { picking } from "./picking.svelte";

const copyLink = () =>
  attempt(async () => {
    await navigator.clipboard.writeText(location.href);
    toasts.done(t("link-copied"));
  });

/** Everything one may do with a conversation in its present state. */
export const moreActions = (conversation: Conversation): MenuItem[] => {
  const { status, customer } = conversation;
  const open = status === "open" || status === "waiting";
  const items: (MenuItem | false)[] = [
    (open || status === "snoozed") && { label: t("resolve"), icon: Check, keys: "e", run: () => resolve(conversation) },
    // with an erased customer there is nothing left to see to
    status === "resolved" && !customer.erased && { label: t("reopen"), icon: RotateCcw, keys: "e", run: () => reopen(conversation) },
    open && { label: t("snooze"), icon: AlarmClock, keys: "s", run: () => picking.open("snooze") },
    status === "snoozed" && { label: t("wake"), icon: AlarmClockOff, run: () => wake(conversation) },
    { label: t("priority"), icon: ChevronsUp, keys: "p", run: () => picking.open("priority") },
    { label: t("tags"), icon: Tag, keys: "#", run: () => picking.open("tags") },
    { label: t("copy-link"), icon: Link, run: copyLink },
    status === "spam" && { label: t("not-spam"), icon: ShieldCheck, run: () => notSpam(conversation) },
    status !== "spam" && !customer.erased && { label: t("mark-spam"), icon: OctagonAlert, danger: true, run: () => markSpam(conversation) },
  ];
  return items.filter((item) => item !== false);
};
