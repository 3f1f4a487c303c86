import type { ImportColumn, ImportView } from "../../../shared/api";
import { known } from "../../lib/i18n.svelte";

/** What the server names, in words; its own name where this console has none. */
const word = (kind: string, name: string) => known(`import-${kind}-${name.replaceAll("_", "-")}`) ?? name;

export const stateName = (state: ImportView["state"]) => word("state", state);
export const fieldName = (field: ImportColumn["field"]) => word("field", field);

/** In the order people look for them. */
export const fields = ["email", "name", "first_name", "last_name", "phone", "account", "language", "country", "birthday", "tags", "note", "id"] as const satisfies ImportColumn["field"][];
