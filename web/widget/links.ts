import { plain } from './text';

const LINK = /https?:\/\/[^\s<>"'\u200b-\u200f\u2060\ufeff，。！？；：、）】」』]+/gi;

export interface Piece {
  text: string;
  href?: string;
}

/** What of a text is a web address; a closing bracket or full stop after it is not. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  const shown = plain(text);
  let end = 0;
  for (const match of shown.matchAll(LINK)) {
    const link = trimmed(match[0]);
    if (!URL.canParse(link)) continue;
    if (match.index > end) found.push({ text: shown.slice(end, match.index) });
    found.push({ text: link, href: link });
    end = match.index + link.length;
  }
  if (end < shown.length) found.push({ text: shown.slice(end) });
  return found;
}

function trimmed(link: string): string {
  const bare = link.replace(/[.,:;!?]+$/, '');
  const unopened = bare.split(')').length > bare.split('(').length;
  return bare.endsWith(')') && unopened ? trimmed(bare.slice(0, -1)) : bare;
}
