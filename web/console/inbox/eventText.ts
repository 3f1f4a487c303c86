import type { MessageView } from "../../shared/api";
import { authorName } from "../customers/customerName";
import { directory } from "../lib/directory.svelte";
import { list, moment } from "../lib/format";
import { t } from "../lib/i18n.svelte";
import { channelMark } from "./channels";

const names = (ids: string[]) => list(directory.tagged(ids).map((tag) => tag.name));

/** What happened, in one sentence. An event this console has no sentence for is left out. */
export const eventText = ({ event, author }: Pick<MessageView, "event" | "author">, erased = false): string | undefined => {
  const name = authorName(author, erased);
  switch (event?.kind) {
    case "assigned": {
      const member = directory.member(event.member);
      if (member && member.id === author.id) return t("event-taken", { name });
      return member ? t("event-assigned", { name, to: member.name }) : t("event-unassigned", { name });
    }
    case "department": {
      const department = directory.departmentName(event.department);
      return department ? t("event-department", { name, to: department }) : t("event-no-department", { name });
    }
    case "priority":
      return t("event-priority", { name, to: t(`priority-${event.priority}`) });
    case "tags": {
      const [added, removed] = [names(event.added), names(event.removed)];
      if (added && removed) return t("event-tags", { name, added, removed });
      return added ? t("event-tagged", { name, added }) : t("event-untagged", { name, removed });
    }
    case "snoozed":
      return t("event-snoozed", { name, until: moment(event.until) });
    case "spam":
      return event.spam ? t("event-spam", { name }) : t("event-not-spam", { name });
    case "went_private":
      return t("event-went-private", { name });
    case "went_on":
      return t("event-went-on", { name, channel: channelMark(event.channel).name });
    case "moved":
    case "joined":
      return t(`event-${event.kind}`, { name });
    case "hidden":
      return t(event.hidden ? "event-hidden" : "event-unhidden", { name });
    case "woken":
      return t("event-woken");
    case "resolved":
    case "reopened":
      return t(`event-${event.kind}`, { name });
    default:
      return undefined;
  }
};
