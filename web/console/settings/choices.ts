import type { RoleRef } from "../../shared/api";
import { directory } from "../lib/directory.svelte";
import { known, languages, t } from "../lib/i18n.svelte";
import type { Option } from "./fields";

export const languageOptions = (): Option[] => Object.entries(languages).map(([value, label]) => ({ value, label }));

/** The built-in roles in the reader's language, the shop's own as the shop calls them. */
export const roleName = ({ key, name }: Pick<RoleRef, "key" | "name">) => (key && known(`role-${key}`)) || name;

export const departmentOptions = (): Option[] => directory.departments.map(({ id }) => ({ value: id, label: directory.departmentName(id) ?? "" }));

export const memberOptions = (chosen: string[]): Option[] =>
  directory.members.filter(({ id, active }) => active || chosen.includes(id)).map(({ id, name, email }) => ({ value: id, label: name, hint: email }));

/** What a permission allows, in the reader's language when this console knows it. */
export const permissionAbout = ({ key, about }: { key: string; about: string }) => known(`permission-${key.replaceAll(".", "-")}`) ?? about;

export const folderOrNone = (folder: string) => folder || t("reply-no-folder");
