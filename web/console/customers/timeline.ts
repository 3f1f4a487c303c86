import type { ConsentView, ConversationRow, CustomerView, NoteView, OrderView } from "../../shared/api";
import type { Beside, Newest } from "./beside.svelte";

/** Something that happened with a customer. */
export type Moment = { id: string; at: string } & (
  | { kind: "conversation"; row: ConversationRow }
  | { kind: "order"; order: OrderView }
  | { kind: "note"; note: NoteView }
  | { kind: "consent"; consent: ConsentView }
  | { kind: "first-seen" }
);
type Told = Pick<Beside, "notes" | "consents" | "orders" | "conversations">;

/** Where a list that goes on has been cut: of what is older only part is known. */
const horizon = <Item>({ items, next }: Newest<Item>, at: (item: Item) => string) => (next && items.length > 0 ? at(items.at(-1)!) : "");

/** All that happened, the newest first, back to where nothing is missing in between. */
export const timeline = ({ notes, consents, orders, conversations }: Told, customer: Pick<CustomerView, "id" | "created_at">): Moment[] => {
  const moments: Moment[] = [
    ...conversations.items.map((row) => ({ kind: "conversation" as const, id: row.id, at: row.created_at, row })),
    ...orders.items.map((order) => ({ kind: "order" as const, id: order.id, at: order.placed_at, order })),
    ...notes.items.map((note) => ({ kind: "note" as const, id: note.id, at: note.written_at, note })),
    ...consents.items.map((consent) => ({ kind: "consent" as const, id: consent.id, at: consent.at, consent })),
    { kind: "first-seen", id: customer.id, at: customer.created_at },
  ];
  // conversations come by their last change: of one that began before that, another may have begun since
  const known = [horizon(conversations, (row) => row.changed_at), horizon(orders, (it) => it.placed_at), horizon(notes, (it) => it.written_at), horizon(consents, (it) => it.at)];
  const since = known.sort().at(-1)!;
  return moments.filter(({ at }) => at >= since).sort((one, other) => other.at.localeCompare(one.at));
};
