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
    const faster = error instanceof Problem && error.status === 409;
    if (faster) inbox.refetch(before.id);
    toasts.failed(error);
    return false;
  }
};

const of = ({ id }: ConversationRow) => ({ path: { id } });

export const assign = (row: ConversationRow, to: { member: string | null; department: string | null }) =>
  change(row, { assignee: to.member, department: to.department }, () => api.put("/conversations/{id}/assignment", { ...of(row), body: to }));

export const prioritise = (row: ConversationRow, priority: Priority) => change(row, { priority }, () => api.put("/conversations/{id}/priority", { ...of(row), body: { priority } }));

export const tag = (row: ConversationRow, tags: string[]) => change(row, { tags }, () => api.put("/conversations/{id}/tags", { ...of(row), body: { tags } }));

export const snooze = async (row: ConversationRow, until: Date) => {
  const done = await change(row, { status: "snoozed", snoozed_until: until.toISOString() }, () => api.put("/conversations/{id}/snooze", { ...of(row), body: { until: until.toISOString() } }));
  if (done) toasts.done(t("snoozed-until", { until: moment(until) }), { action: { label: t("undo"), run: () => wake(row) } });
};

export const wake = (row: ConversationRow) => change(row, { status: "open", snoozed_until: null }, () => api.delete("/conversations/{id}/snooze", of(row)));

export const resolve = async (row: ConversationRow) => {
  const done = await change(row, { status: "resolved" }, () => api.put("/conversations/{id}/resolution", of(row)));
  if (done) toasts.done(t("resolved-number", { number: String(row.number) }), { action: { label: t("undo"), run: () => reopen(row) } });
};

export const reopen = (row: ConversationRow) => change(row, { status: "open" }, () => api.delete("/conversations/{id}/resolution", of(row)));

export const markSpam = async (row: ConversationRow) => {
  const done = await change(row, { status: "spam" }, () => api.put("/conversations/{id}/spam", of(row)));
  if (done) toasts.done(t("marked-spam"), { action: { label: t("undo"), run: () => notSpam(row) } });
};

export const notSpam = (row: ConversationRow) => change(row, { status: "open" }, () => api.delete("/conversations/{id}/spam", of(row)));
