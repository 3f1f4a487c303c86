import type { Word } from "../lib/i18n.svelte";

/** What a saved reply can ask for, with the words for it and an example to look at. */
export const replyValues = [
  { path: "customer.first_name", label: "value-customer-first-name", example: "Maja" },
  { path: "customer.name", label: "value-customer-name", example: "Maja Holm" },
  { path: "customer.email", label: "value-customer-email", example: "maja@example.com" },
  { path: "agent.first_name", label: "value-agent-first-name", example: "" },
  { path: "agent.name", label: "value-agent-name", example: "" },
  { path: "shop.name", label: "value-shop-name", example: "" },
  { path: "conversation.number", label: "value-conversation-number", example: "1042" },
] as const satisfies { path: string; label: Word; example: string }[];

/** What to look at in their place: an example of a customer, and who is signed in. */
export const exampleValues = ({ member, shop }: { member: { name: string }; shop: { name: string } }): Record<string, string> => ({
  ...Object.fromEntries(replyValues.map(({ path, example }) => [path, example])),
  "agent.name": member.name,
  "agent.first_name": member.name.split(/\s+/)[0]!,
  "shop.name": shop.name,
});

export type Piece = { text: string; kind: "said" | "filled" | "unknown" };

const asked = /\{\{-?\s*([\w.]+)[^}]*\}\}/g;

/** A reply with its variables filled in; one nobody knows stays as written. */
export const filled = (text: string, values: Record<string, string>): Piece[] => {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(asked)) {
    if (found.index > from) pieces.push({ kind: "said", text: text.slice(from, found.index) });
    const value = values[found[1]!];
    pieces.push(value === undefined ? { kind: "unknown", text: found[0] } : { kind: "filled", text: value });
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push({ kind: "said", text: text.slice(from) });
  return pieces;
};
