import type { MailboxView } from "../../shared/api";
import { t } from "../lib/i18n.svelte";
import { asked } from "./chatFields";
import { departmentOptions } from "./choices";
import type { FieldShape } from "./fields";

/** What the contact form says and asks of everybody, in cards, top to bottom. */
export const contactFields = (mailboxes: MailboxView[]): { title: string; about?: string; fields: FieldShape[] }[] => [
  {
    title: t("contact-answers"),
    about: t("contact-answers-about"),
    fields: [
      { kind: "switch", name: "enabled", label: t("contact-enabled"), hint: t("contact-enabled-about") },
      {
        kind: "choice",
        name: "mailbox",
        label: t("contact-mailbox"),
        hint: t(mailboxes.length > 0 ? "contact-mailbox-about" : "contact-mailbox-none"),
        options: [{ value: "", label: t("contact-no-mailbox") }, ...mailboxes.map(({ id, name, address }) => ({ value: id, label: `${name} (${address})` }))],
      },
      { kind: "choice", name: "department", label: t("mailbox-department"), options: [{ value: "", label: t("mailbox-department-none") }, ...departmentOptions()] },
    ],
  },
  {
    title: t("chat-texts"),
    about: t("chat-texts-about"),
    fields: [
      { kind: "texts", name: "title", label: t("contact-title"), max: 120 },
      { kind: "texts", name: "intro", label: t("contact-intro"), max: 1000, rows: 2 },
      { kind: "texts", name: "acknowledgement", label: t("contact-acknowledgement"), hint: t("contact-acknowledgement-about", { date: "{{ opens_date }}", time: "{{ opens_time }}" }), max: 1000, rows: 4 },
    ],
  },
  {
    title: t("contact-asks"),
    about: t("contact-asks-about"),
    fields: [
      { kind: "choice", name: "ask_name", label: t("chat-ask-name"), options: asked() },
      { kind: "switch", name: "departments_choice", label: t("chat-departments"), hint: t("chat-departments-about") },
      { kind: "switch", name: "takes_files", label: t("contact-files"), hint: t("contact-files-about") },
    ],
  },
];
