import Ban from "@lucide/svelte/icons/ban";
import MapPin from "@lucide/svelte/icons/map-pin";
import NotebookPen from "@lucide/svelte/icons/notebook-pen";
import PackagePlus from "@lucide/svelte/icons/package-plus";
import Undo from "@lucide/svelte/icons/undo-2";
import type { DeedKind, Destination } from "../../shared/api";
import { countryName } from "../lib/format";
import type { may } from "../lib/permissions";
import type { Picture } from "../ui/icon";

export const icons: Record<DeedKind, Picture> = { refund: Undo, replacement: PackagePlus, cancellation: Ban, redirection: MapPin, packing_note: NotebookPen };

/** What a role needs for it: what costs the shop something is another matter. */
export const needs = (kind: DeedKind): keyof typeof may => (kind === "refund" || kind === "replacement" ? "makeRefunds" : "serveOrders");

/** An address in one line. */
export const oneLine = ({ name, street, more, postcode, city, region, country }: Destination) =>
  [name, street, more, [postcode, city].filter(Boolean).join(" "), region, country && countryName(country)].filter(Boolean).join(", ");
