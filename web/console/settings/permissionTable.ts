import type { PermissionView } from "../../shared/api";

export type PermissionRow = PermissionView & { held: boolean; /** Nobody hands out what they lack themselves. */ fixed: boolean };
export type PermissionGroup = { topic: string; rows: PermissionRow[] };

/** The permissions by what they are about ("conversations.read" belongs to "conversations"), in the catalogue's order. */
export const permissionTable = (catalogue: PermissionView[], held: string[], own: string[]): PermissionGroup[] => {
  const groups = new Map<string, PermissionRow[]>();
  for (const permission of catalogue) {
    const topic = permission.key.split(".")[0] ?? "";
    const row = { ...permission, held: held.includes(permission.key), fixed: !own.includes(permission.key) };
    groups.set(topic, [...(groups.get(topic) ?? []), row]);
  }
  return [...groups].map(([topic, rows]) => ({ topic, rows }));
};

/** Ticks or unticks some, keeping the catalogue's order. */
export const withPermissions = (catalogue: PermissionView[], held: string[], keys: string[], on: boolean): string[] =>
  catalogue.map(({ key }) => key).filter((key) => (keys.includes(key) ? on : held.includes(key)));
