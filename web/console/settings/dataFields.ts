import type { ConnectorView } from "../../shared/api";
import type { FieldShape } from "./fields";

/** The fields of a form that the server names: how a partner is opened. */
type Fields = ConnectorView["fields"];
type Draft = Record<string, string>;

/** How they are filled in. A secret that is there already may be left out. */
export const shapesOf = (fields: Fields, word: (field: string, about?: "-about") => string | undefined, isThere: boolean): FieldShape[] =>
  fields.map(({ name, kind, required }) => {
    const field = { name: `settings.${name}`, label: word(name) ?? name, hint: word(name, "-about") };
    if (kind === "secret") return { ...field, kind, autocomplete: "new-password", optional: !required || isThere };
    return { ...field, kind: "line", type: kind === "address" ? "url" : "text", max: 400, required };
  });

/** What stands in them at first. */
export const draftOf = (fields: Fields, settings: Record<string, string> = {}): Draft => Object.fromEntries(fields.map(({ name }) => [`settings.${name}`, settings[name] ?? ""]));

/** What was filled in. */
export const settingsOf = (fields: Fields, draft: Draft) => Object.fromEntries(fields.map(({ name }) => [name, draft[`settings.${name}`] ?? ""]).filter(([, value]) => value));
