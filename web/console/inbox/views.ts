import type { ConversationRow, View, Wanted } from "../../shared/api";

/** A view is one of ours or a department's id. */
export type ViewName = View | `dep_${string}`;

export const mainViews: View[] = ["open", "mine", "unassigned"];
export const otherViews: View[] = ["mentions", "snoozed", "resolved", "spam", "doubtful", "all"];
const views: string[] = [...mainViews, ...otherViews];

export const isDepartment = (view: ViewName): view is `dep_${string}` => view.startsWith("dep_");
export const isView = (name: string | undefined): name is ViewName => !!name && (views.includes(name) || name.startsWith("dep_"));

export const queryOf = (view: ViewName): Wanted => (isDepartment(view) ? { view: "department", department: view } : { view });

const active = ({ status }: ConversationRow) => status === "open" || status === "waiting";

/** Whether a changed row stays in the view; `undefined` when only the server knows. */
export const belongs = (row: ConversationRow, view: ViewName, me: string): boolean | undefined => {
  if (isDepartment(view)) return active(row) && row.department === view;
  switch (view) {
    case "open":
      return active(row);
    case "mine":
      return active(row) && row.assignee === me;
    case "unassigned":
      return active(row) && row.assignee === null;
    case "snoozed":
    case "resolved":
    case "spam":
      return row.status === view;
    case "all":
      return row.status !== "spam";
    case "mentions":
    case "doubtful":
      return undefined;
  }
};
