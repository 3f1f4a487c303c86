import Ban from "@lucide/svelte/icons/ban";
import CopyPlus from "@lucide/svelte/icons/copy-plus";
import MapPin from "@lucide/svelte/icons/map-pin";
import NotebookPen from "@lucide/svelte/icons/notebook-pen";
import PackagePlus from "@lucide/svelte/icons/package-plus";
import TicketPercent from "@lucide/svelte/icons/ticket-percent";
import Undo from "@lucide/svelte/icons/undo-2";
import type { ActionView, DeedKind, Destination, Off } from "../../shared/api";
import { countryName } from "../lib/format";
import { t } from "../lib/i18n.svelte";
import type { may } from "../lib/permissions";
import type { Picture } from "../ui/icon";

export const icons: Record<DeedKind, Picture> = { refund: Undo, replacement: PackagePlus, cancellation: Ban, redirection: MapPin, packing_note: NotebookPen, discount_code: TicketPercent, duplicate: CopyPlus };

/** What a role needs for it: what costs the shop something is another matter. */
export const needs = (kind: DeedKind): keyof typeof may => (["refund", "replacement", "discount_code"].includes(kind) ? "makeRefunds" : "serveOrders");

/** An address in one line. */
const oneLine = ({ name, street, more, postcode, city, region, country }: Destination) =>
  [name, street, more, [postcode, city].filter(Boolean).join(" "), region, country && countryName(country)].filter(Boolean).join(", ");

/** What a discount code takes off, and for how long. */
const takenOff = ({ off, days }: { off: Off; days: number }) =>
  t("discount-terms", { off: off.kind === "percent" ? t("discount-percent", { percent: off.percent }) : t("discount-shipping"), days });

/** What was asked for beside what it is called: what is written, where it goes, what else happens with it. */
export const written = (deed: ActionView["deed"]) => {
  switch (deed.kind) {
    case "packing_note":
      return deed.text;
    case "redirection":
      return oneLine(deed.to);
    case "discount_code":
      return takenOff(deed);
    case "refund":
      return [deed.restock && t("refund-restocked"), deed.notify && t("refund-notified")].filter(Boolean).join(" · ");
    default:
      return undefined;
  }
};
