import type { AuditEntry } from "../../shared/api";
import { directory } from "../lib/directory.svelte";
import { known, t, tongue } from "../lib/i18n.svelte";

/** Every act the log keeps, by the name the server gives it. */
export const auditEvents = [
  "signed_in",
  "signed_out",
  "sign_in_failed",
  "sessions_ended",
  "password_reset_asked",
  "password_changed",
  "member_invited",
  "invitation_withdrawn",
  "member_joined",
  "member_role_changed",
  "member_deactivated",
  "member_reactivated",
  "role_created",
  "role_changed",
  "role_deleted",
  "department_created",
  "department_changed",
  "department_deleted",
  "schedule_created",
  "schedule_changed",
  "schedule_deleted",
  "shop_created",
  "shop_changed",
  "sending_resumed",
  "connection_made",
  "connection_changed",
  "connection_paused",
  "connection_resumed",
  "connection_erased",
  "connection_ended",
  "privacy_wish_told_of",
  "contact_form_changed",
  "mailbox_connected",
  "mailbox_changed",
  "mailbox_paused",
  "mailbox_resumed",
  "mailbox_disconnected",
  "mailbox_signed_in",
  "mail_client_changed",
  "mail_client_forgotten",
  "mailbox_letter_let_in",
  "mailbox_letter_discarded",
  "line_connected",
  "line_changed",
  "line_disconnected",
  "phone_line_added",
  "phone_line_changed",
  "phone_line_secret_replaced",
  "phone_line_removed",
  "own_phone_changed",
  "widget_changed",
  "quick_replies_changed",
  "identity_key_created",
  "identity_key_revoked",
  "token_created",
  "token_revoked",
  "macro_created",
  "macro_changed",
  "macro_deleted",
  "customer_blocked",
  "customer_erased",
  "customer_exported",
  "customer_import_begun",
  "customer_import_ended",
  "customers_exported",
  "customers_merged",
  "customers_unmerged",
  "proved_address_removed",
  "credit_moved",
  "gift_card_issued",
  "gift_card_moved",
  "gift_card_voided",
  "action_moved",
  "refund_limits_changed",
  "conversation_marked_spam",
  "comments_hidden",
  "job_retried",
  "job_discarded",
] as const;

export const auditKey = (event: string) => `audit-${event.replaceAll("_", "-")}`;
/** For the filter: the act without who did it. */
export const actName = (event: string) => known(`act-${event.replaceAll("_", "-")}`) ?? event.replaceAll("_", " ");

/** Names for the ids an entry holds. */
export type Names = { role: (id: string) => string | undefined };

const actorName = ({ actor }: AuditEntry) => actor.name ?? t(`actor-${actor.kind}`);
const id = (data: AuditEntry["data"], name: string) => (typeof data[name] === "string" ? (data[name] as string) : null);

/** What happened, as a sentence. What this console has no sentence for is named as the server names it. */
export const auditText = (entry: AuditEntry, names: Names): string => {
  const { event, data } = entry;
  const own = data.member === entry.actor.id;
  // some acts read otherwise when the opposite was done, or when one did it to oneself
  const turned = { customer_blocked: data.blocked === false && "customer-unblocked", conversation_marked_spam: data.spam === false && "conversation-not-spam", comments_hidden: data.hidden === false && "comments-shown", sessions_ended: own && "own-sessions-ended" }[event];
  const key = turned ? `audit-${turned}` : auditKey(event);
  const role = id(data, "role");
  const args = {
    actor: actorName(entry),
    member: directory.member(id(data, "member"))?.name ?? t("somebody"),
    department: directory.departmentName(id(data, "department")) ?? t("one-deleted"),
    role: (role && names.role(role)) || t("one-deleted"),
    state: id(data, "state") ?? "",
    wish: id(data, "wish") ?? "",
    deed: known(`audit-deed-${id(data, "kind") ?? ""}`) ?? "",
    count: typeof data.sessions === "number" ? data.sessions : 1,
  };
  const message = tongue.bundle.getMessage(key);
  return message?.value ? tongue.bundle.formatPattern(message.value, args) : t("audit-unknown", { actor: args.actor, event: event.replaceAll("_", " ") });
};
