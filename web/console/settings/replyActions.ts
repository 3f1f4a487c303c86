import Pencil from "@lucide/svelte/icons/pencil";
import Trash from "@lucide/svelte/icons/trash-2";
import type { Language, MacroView } from "../../shared/api";
import { api } from "../lib/api";
import { list } from "../lib/format";
import { languages, t } from "../lib/i18n.svelte";
import { may } from "../lib/permissions";
import { link, route } from "../lib/router.svelte";
import { session } from "../lib/session.svelte";
import type { MenuItem } from "../ui/menu";
import { confirming } from "./confirming.svelte";

const place = ({ id }: MacroView) => `/settings/replies/${id}`;

/** One's own, or the shop's for those who look after them. */
export const mayChange = (reply: MacroView | undefined) => !reply?.shared || session.may(may.manageMacros);

export const replyHref = (reply: MacroView) => link(place(reply));

export const whoUses = ({ texts, used }: MacroView) => `${list(Object.keys(texts).map((language) => languages[language as Language]))} · ${t("reply-used", { count: used })}`;

export const replyActions = (reply: MacroView, done: () => Promise<void>): MenuItem[] => {
  const remove = async () => {
    await api.delete("/macros/{id}", { path: { id: reply.id } });
    await done();
  };
  const sure = { title: t("reply-delete-title", { name: reply.name }), about: t(reply.shared ? "reply-delete-shared" : "reply-delete-own"), yes: t("delete"), danger: true, run: remove };
  if (!mayChange(reply)) return [];
  return [
    { label: t("edit"), icon: Pencil, run: () => route.go(place(reply)) },
    { label: t("delete"), icon: Trash, danger: true, run: () => confirming.ask(sure) },
  ];
};
