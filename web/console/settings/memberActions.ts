import UserCheck from "@lucide/svelte/icons/user-check";
import UserPen from "@lucide/svelte/icons/user-pen";
import UserX from "@lucide/svelte/icons/user-x";
import type { MemberView } from "../../shared/api";
import { api } from "../lib/api";
import { t } from "../lib/i18n.svelte";
import { session } from "../lib/session.svelte";
import type { MenuItem } from "../ui/menu";
import { confirming } from "./confirming.svelte";

/** What an administrator can do with a colleague. Nobody locks themselves out. */
export const memberActions = (member: MemberView, edit: () => void, done: () => Promise<void>): MenuItem[] => {
  const { id, name, active } = member;
  const set = async (now: boolean) => {
    await api.patch("/members/{id}", { path: { id }, body: { active: now } });
    await done();
  };
  const deactivate = { title: t("deactivate-title", { name }), about: t("deactivate-about"), yes: t("deactivate"), danger: true, run: () => set(false) };
  const reactivate = { title: t("reactivate-title", { name }), about: t("reactivate-about"), yes: t("reactivate"), run: () => set(true) };
  const change: MenuItem = { label: t("member-edit"), icon: UserPen, run: edit };
  if (id === session.current.member.id) return [change];
  return [change, active ? { label: t("deactivate"), icon: UserX, danger: true, run: () => confirming.ask(deactivate) } : { label: t("reactivate"), icon: UserCheck, run: () => confirming.ask(reactivate) }];
};
