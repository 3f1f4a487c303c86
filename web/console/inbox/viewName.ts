import { directory } from "../lib/directory.svelte";
import { t } from "../lib/i18n.svelte";
import { inbox } from "./inbox.svelte";
import { isDepartment, type ViewName } from "./views";

export const viewName = (view: ViewName) => (isDepartment(view) ? (directory.departmentName(view) ?? "") : t(`view-${view}`));

/** Only what waits is counted: of the resolved and of all there may be very many. */
export const countOf = (view: ViewName): number | undefined => {
  const { counts } = inbox;
  if (!counts || view === "resolved" || view === "all") return undefined;
  return isDepartment(view) ? counts.departments[view] : counts[view];
};
