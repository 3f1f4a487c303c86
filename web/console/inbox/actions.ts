import type { ConversationRow, Priority } from "../../shared/api";
import { api, Problem } from "../lib/api";
import { moment } from "../lib/format";
import { t } from "../lib/i18n.svelte";
import { toasts } from "../lib/toasts.svelte";
import { inbox } from "./inbox.svelte";

/** Shows the change at once, and takes it back when the server refuses. */
const change = async (before: ConversationRow, patch: Partial<ConversationRow>, ask: () => Promise<ConversationRow>): Promise<boolean> => {
  inbox.show({ ...before, ...patch });
  try {
    inbox.show(await ask());
    return true;
  } catch (error) {
    inbox.show(before);
    const faster = error instanceof Problem && error.kind === "conflict";
    if (faster) inbox.refetch(before.id);
    toasts.failed(error);
    return false;
  }
};

const path = (row: ConversationRow, what: string) => `/conversations/${row.id}/${what}`;

/** Two who take the same conversation at once: the second is told. */
export const assign = (row: ConversationRow, to: { member: string | null; department: string | null }) =>
  change(row, { assignee: to.member, department: to.department }, () => api.put(path(row, "assignment"), to, row.version));

export const prioritise = (row: ConversationRow, priority: Priority) => change(row, { priority }, () => api.put(path(row, "priority"), { priority }));

export const tag = (row: ConversationRow, tags: string[]) => change(row, { tags }, () => api.put(path(row, "tags"), { tags }));

export const snooze = async (row: ConversationRow, until: Date) => {
  const done = await change(row, { status: "snoozed", snoozed_until: until.toISOString() }, () => api.put(path(row, "snooze"), { until: until.toISOString() }));
  if (done) toasts.done(t("snoozed-until", { until: moment(until) }), { action: { label: t("undo"), run: () => wake(row) } });
};

export const wake = (row: ConversationRow) => change(row, { status: "open", snoozed_until: null }, () => api.delete(path(row, "snooze")));

export const resolve = async (row: ConversationRow) => {
  const done = await change(row, { status: "resolved" }, () => api.put(path(row, "resolution")));
  if (done) toasts.done(t("resolved-number", { number: String(row.number) }), { action: { label: t("undo"), run: () => reopen(row) } });
};

export const reopen = (row: ConversationRow) => change(row, { status: "open" }, () => api.delete(path(row, "resolution")));

export const markSpam = async (row: ConversationRow) => {
  const done = await change(row, { status: "spam" }, () => api.put(path(row, "spam")));
  if (done) toasts.done(t("marked-spam"), { action: { label: t("undo"), run: () => notSpam(row) } });
};

export const notSpam = (row: ConversationRow) => change(row, { status: "open" }, () => api.delete(path(row, "spam")));
