import type { OrderView } from "../../shared/api";

type Dispute = OrderView["disputes"][number];

const waits = { needs_response: 2, under_review: 1 } as const satisfies Partial<Record<Dispute["state"], number>>;
const urgency = ({ state }: Dispute) => (waits as Partial<Record<Dispute["state"], number>>)[state] ?? 0;

/** What a bank still asks about the order; what the shop has to answer before what the bank thinks about. */
export const openDispute = ({ disputes }: Pick<OrderView, "disputes">) => disputes.filter((one) => urgency(one) > 0).sort((a, b) => urgency(b) - urgency(a))[0];
