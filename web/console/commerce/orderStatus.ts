import type { OrderView } from "../../shared/api";
import { known } from "../lib/i18n.svelte";

type Status = OrderView["status"];

/** The status in words. */
export const orderStatus = (status: Status) => known(`order-${status.replaceAll("_", "-")}`) ?? status;

const tones = {
  delivered: "good",
  failed_delivery: "danger",
  failed_fulfilment: "danger",
  attempted_delivery: "warn",
  ready_for_pickup: "warn",
} as const satisfies Partial<Record<Status, string>>;

/** How loudly it is said: what is wrong, what waits for the customer, what is done. */
export const toneOf = (status: Status) => (tones as Partial<Record<Status, "good" | "danger" | "warn">>)[status] ?? "plain";
