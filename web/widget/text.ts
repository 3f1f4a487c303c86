// Overrides of the writing direction: they can make a link or a file name read as something it is not.
const OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/g;
const UNSEEN = /[\s\p{Default_Ignorable_Code_Point}]/gu;
const LINK = /https?:\/\/[^\s<>"'\u200b-\u200f\u2060\ufeff，。！？；：、）】」』]+/gi;

/** Links leave the shop's page alone and tell the target nothing about it. */
export const outward = { target: '_blank', rel: 'noopener noreferrer nofollow' };

export interface Piece {
  text: string;
  href?: string;
}

/** Text as it may be shown: joiners stay (emoji and scripts need them), direction overrides go. */
export const plain = (text: string) => text.replace(OVERRIDES, '');

/** A name of a file or person: nothing unseen but ordinary spaces. */
export const clean = (name: string) => name.replace(UNSEEN, (it) => (it === ' ' ? it : ''));

export const isBlank = (text: string) => !text.replace(UNSEEN, '');

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
