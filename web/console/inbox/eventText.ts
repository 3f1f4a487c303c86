import type { MessageView } from "../../shared/api";
import { directory } from "../lib/directory.svelte";
import { list, moment } from "../lib/format";
import { known, t } from "../lib/i18n.svelte";

const text = (value: unknown) => (typeof value === "string" ? value : undefined);
const ids = (value: unknown) => (Array.isArray(value) ? value.filter((id) => typeof id === "string") : []);

/** What happened, in one sentence. An event this console has no sentence for is left out. */
export const eventText = ({ event, author: { name } }: Pick<MessageView, "event" | "author">): string | undefined => {
  const data = event?.data ?? {};
  switch (event?.kind) {
    case "assigned": {
      const member = directory.member(text(data.member) ?? null);
      return member ? t("event-assigned", { name, to: member.name }) : t("event-unassigned", { name });
    }
    case "department": {
      const department = directory.departmentName(text(data.department) ?? null);
      return department ? t("event-department", { name, to: department }) : t("event-no-department", { name });
    }
    case "priority":
      return t("event-priority", { name, to: known(`priority-${data.priority}`) ?? "" });
    case "tags": {
      const tags = directory.tagged(ids(data.tags)).map((tag) => tag.name);
      return tags.length > 0 ? t("event-tags", { name, tags: list(tags) }) : t("event-no-tags", { name });
    }
    case "snoozed":
      return t("event-snoozed", { name, until: text(data.until) ? moment(text(data.until)!) : "" });
    case "woken":
    case "resolved":
    case "reopened":
    case "spam":
    case "contact":
      return t(`event-${event.kind}`, { name });
    default:
      return undefined;
  }
};
