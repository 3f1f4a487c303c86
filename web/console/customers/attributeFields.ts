import type { AttributeView } from "../../shared/api";
import { date, number } from "../lib/format";
import { t } from "../lib/i18n.svelte";
import type { FieldShape } from "../settings/fields";
import type { Values } from "./beside.svelte";

/** The field by which a value is written down. Its name is the one the server objects to it by. */
export const fieldOf = ({ key, label, kind, choices }: AttributeView): FieldShape => {
  const named = { name: `values.${key}`, label };
  if (kind === "number") return { ...named, kind: "number", min: -1e15, max: 1e15, optional: true, exact: true };
  if (kind === "date") return { ...named, kind: "line", type: "date" };
  if (kind === "text") return { ...named, kind: "line", max: 500 };
  const options = kind === "choice" ? choices.map((value) => ({ value, label: value })) : [{ value: "yes", label: t("yes") }, { value: "no", label: t("no") }];
  return { ...named, kind: "choice", options: [{ value: "", label: t("not-known") }, ...options] };
};

/** What a form makes of the values, and the values of a form: nothing written is nothing known. */
export const draftOf = (attributes: AttributeView[], values: Values) =>
  Object.fromEntries(attributes.map(({ key, kind }) => [`values.${key}`, kind === "yes_no" && key in values ? (values[key] ? "yes" : "no") : (values[key] ?? "")]));

export const valuesOf = (attributes: AttributeView[], draft: Record<string, unknown>): Values =>
  Object.fromEntries(
    attributes.map(({ key, kind }) => {
      const typed = draft[`values.${key}`];
      const value = typeof typed === "string" ? typed.trim() : typed;
      return [key, value === "" || value === null ? null : kind === "yes_no" ? value === "yes" : value];
    }),
  );

/** A value as people read it. */
export const valueText = ({ kind }: AttributeView, value: unknown): string => {
  if (kind === "yes_no") return t(value ? "yes" : "no");
  if (kind === "number" && typeof value === "number") return number(value);
  // a day, not a moment: noon is that day everywhere one looks from
  if (kind === "date") return date(`${value}T12:00:00`);
  return String(value);
};
