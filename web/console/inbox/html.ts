import type { OrderView } from "../../shared/api";

const blocks = /<\/(?:p|li|h\d|blockquote)>|<br\s*\/?>/gi;
const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", "#39": "'" };

/** The words of the editor's own HTML, a line per paragraph. */
export const textOf = (html: string) =>
  html
    .replace(blocks, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&(\w+|#39);/g, (whole, name) => entities[name] ?? whole)
    .trim();

export const isBlank = (html: string) => textOf(html) === "";

const names: Record<string, string> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot" };
const escaped = (text: string) => text.replace(/[&<>"]/g, (letter) => `&${names[letter]};`);

/** Plain text as a paragraph of the editor's own HTML; a web address leads where it says. */
export const paragraph = (text: string) => `<p>${/^https?:\/\/\S+$/.test(text) ? `<a href="${escaped(text)}">${escaped(text)}</a>` : escaped(text)}</p>`;

const address = /https?:\/\/[^\s<>"]+[^\s<>".,:;!?)\]]/g;

type Piece = { text: string; href?: string; name?: true; order?: OrderView };

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Plain text cut where links, mentioned names and orders stand, so that it can be shown without HTML. */
export const pieces = (text: string, names: string[] = [], orders: ReadonlyMap<string, OrderView> = new Map()): Piece[] => {
  const numbers = [...orders.keys()].map((number) => `(?<![\\p{L}\\d#])${literally(number)}(?![\\p{L}\\d])`);
  const marks = [address.source, ...names.map((name) => literally(`@${name}`)), ...numbers].join("|");
  return text
    .split(new RegExp(`(${marks})`, "u"))
    .filter(Boolean)
    .map((piece) => {
      if (/^https?:\/\//.test(piece)) return { text: piece, href: piece };
      if (names.some((name) => piece === `@${name}`)) return { text: piece, name: true };
      return { text: piece, order: orders.get(piece) };
    });
};
