import type { MessageView } from "../../shared/api";
import { directory } from "../lib/directory.svelte";
import { list, moment } from "../lib/format";
import { known, t } from "../lib/i18n.svelte";

const text = (value: unknown) => (typeof value === "string" ? value : undefined);
const names = (ids: unknown) => (Array.isArray(ids) ? list(directory.tagged(ids).map((tag) => tag.name)) : "");

/** What happened, in one sentence. An event this console has no sentence for is left out. */
export const eventText = ({ event, author }: Pick<MessageView, "event" | "author">): string | undefined => {
  const name = author.name ?? "Ombud";
  const data: Record<string, unknown> = event ?? {};
  switch (event?.kind) {
    case "assigned": {
      const member = directory.member(text(data.member) ?? null);
      if (member && member.id === author.id) return t("event-taken", { name });
      return member ? t("event-assigned", { name, to: member.name }) : t("event-unassigned", { name });
    }
    case "department": {
      const department = directory.departmentName(text(data.department) ?? null);
      return department ? t("event-department", { name, to: department }) : t("event-no-department", { name });
    }
    case "priority":
      return t("event-priority", { name, to: known(`priority-${data.priority}`) ?? "" });
    case "tags": {
      const [added, removed] = [names(data.added), names(data.removed)];
      if (added && removed) return t("event-tags", { name, added, removed });
      return added ? t("event-tagged", { name, added }) : t("event-untagged", { name, removed });
    }
    case "snoozed":
      return t("event-snoozed", { name, until: text(data.until) ? moment(text(data.until)!) : "" });
    case "spam":
      return data.spam === false ? t("event-not-spam", { name }) : t("event-spam", { name });
    case "woken":
      return t("event-woken");
    case "resolved":
    case "reopened":
      return t(`event-${event.kind}`, { name });
    default:
      return undefined;
  }
};
