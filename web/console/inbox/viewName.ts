import { directory } from "../lib/directory.svelte";
import { t } from "../lib/i18n.svelte";
import { inbox } from "./inbox.svelte";
import { isDepartment, type ViewName } from "./views";

export const viewName = (view: ViewName) => (isDepartment(view) ? (directory.departmentName(view) ?? "") : t(`view-${view}`));

export const countOf = (view: ViewName) => (isDepartment(view) ? inbox.counts?.departments[view] : inbox.counts?.[view]);
