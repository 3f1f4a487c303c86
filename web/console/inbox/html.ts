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

const address = /https?:\/\/[^\s<>"]+[^\s<>".,:;!?)\]]/g;

/** Plain text cut where links and mentioned names stand, so that it can be shown without HTML. */
export const pieces = (text: string, names: string[] = []): { text: string; href?: string; name?: true }[] => {
  const marks = [address.source, ...names.map((name) => `@${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`)].join("|");
  return text
    .split(new RegExp(`(${marks})`))
    .filter(Boolean)
    .map((piece) => {
      if (/^https?:\/\//.test(piece)) return { text: piece, href: piece };
      return names.some((name) => piece === `@${name}`) ? { text: piece, name: true } : { text: piece };
    });
};
