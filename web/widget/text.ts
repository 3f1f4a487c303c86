// Overrides of the writing direction: they can make a link or a file name read as something it is not.
const OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/g;
const UNSEEN = /[\s\p{Default_Ignorable_Code_Point}]/gu;

/** Links leave the shop's page alone and tell the target nothing about it. */
export const outward = { target: '_blank', rel: 'noopener noreferrer nofollow' };

/** Text as it may be shown: joiners stay (emoji and scripts need them), direction overrides go. */
export const plain = (text: string) => text.replace(OVERRIDES, '');

/** A name of a file or person: nothing unseen but ordinary spaces. */
export const clean = (name: string) => name.replace(UNSEEN, (it) => (it === ' ' ? it : ''));

export const isBlank = (text: string) => !text.replace(UNSEEN, '');
