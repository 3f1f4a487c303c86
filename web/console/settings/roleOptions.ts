import type { RoleView } from "../../shared/api";
import { t } from "../lib/i18n.svelte";
import { session } from "../lib/session.svelte";
import { roleName } from "./choices";
import type { Option } from "./fields";

/** The roles this person may hand out: none that holds more than they do. The one held now is always shown. */
export const roleOptions = (roles: RoleView[], now?: string): Option[] =>
  roles
    .filter(({ id, permissions }) => id === now || permissions.every((key) => session.current.permissions.includes(key)))
    .map((role) => ({ value: role.id, label: role.key ? t("role-built-in", { role: roleName(role) }) : role.name }));
