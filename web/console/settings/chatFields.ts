import { t } from "../lib/i18n.svelte";
import type { FieldShape, Option } from "./fields";

type Group = { title: string; about?: string; fields: FieldShape[] };

export const asked = (): Option[] => [
  { value: "no", label: t("asked-no") },
  { value: "optional", label: t("asked-optional") },
  { value: "required", label: t("asked-required") },
];

/** The chat's settings as they stand on the page, top to bottom. */
export const chatFields = (): Group[] => [
  {
    title: t("chat-looks"),
    fields: [
      { kind: "color", name: "color", label: t("chat-color"), hint: t("chat-color-about") },
      { kind: "choice", name: "position", label: t("chat-position"), options: [{ value: "right", label: t("position-right") }, { value: "left", label: t("position-left") }] },
    ],
  },
  {
    title: t("chat-texts"),
    about: t("chat-texts-about"),
    fields: [
      { kind: "texts", name: "greeting", label: t("chat-greeting"), hint: t("chat-greeting-about"), max: 500, rows: 2 },
      { kind: "texts", name: "acknowledgement", label: t("chat-acknowledgement"), hint: t("chat-acknowledgement-about", { minutes: "{{ reply_minutes }}" }), max: 1000, rows: 2 },
      { kind: "texts", name: "away_message", label: t("chat-away"), hint: t("chat-away-about", { date: "{{ opens_date }}", time: "{{ opens_time }}" }), max: 1000, rows: 2 },
      { kind: "number", name: "reply_minutes", label: t("chat-reply-minutes"), hint: t("chat-reply-minutes-about"), min: 1, max: 10080, optional: true },
    ],
  },
  {
    title: t("chat-before"),
    about: t("chat-before-about"),
    fields: [
      { kind: "switch", name: "departments_choice", label: t("chat-departments"), hint: t("chat-departments-about") },
      { kind: "choice", name: "ask_name", label: t("chat-ask-name"), options: asked() },
      { kind: "choice", name: "ask_email", label: t("chat-ask-email"), hint: t("chat-ask-email-about"), options: asked() },
      { kind: "switch", name: "needs_consent", label: t("chat-consent"), hint: t("chat-consent-about") },
      {
        kind: "choice",
        name: "browsing",
        label: t("chat-browsing"),
        hint: t("chat-browsing-about"),
        options: [
          { value: "never", label: t("browsing-never") },
          { value: "agreed", label: t("browsing-agreed") },
          { value: "always", label: t("browsing-always") },
        ],
      },
      { kind: "maybe", type: "url", name: "privacy_url", label: t("chat-privacy"), hint: t("chat-privacy-about"), max: 500, placeholder: "https://shop.example/privacy" },
    ],
  },
  {
    title: t("chat-where"),
    fields: [{ kind: "lines", name: "origins", label: t("chat-origins"), hint: t("chat-origins-about"), placeholder: "https://shop.example" }],
  },
  {
    title: t("chat-identity"),
    about: t("chat-identity-about"),
    fields: [
      {
        kind: "choice",
        name: "identity",
        label: t("chat-identity-mode"),
        options: [
          { value: "off", label: t("identity-off") },
          { value: "optional", label: t("identity-optional") },
          { value: "required", label: t("identity-required") },
        ],
      },
    ],
  },
];
