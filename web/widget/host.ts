import type { Language } from './language';
import type { Visitor } from './visitor';

/** What the loader hands to the panel when the visitor first needs it. */
export interface Host {
  shop: string;
  server: string;
  language: Language;
  consent: boolean;
  root: ShadowRoot;
  launcher: HTMLButtonElement;
  badge: HTMLElement;
  /** One on a page, whichever part needs it first. */
  visitor?: Visitor;
}

type Verb = 'open' | 'close' | 'toggle' | 'identify' | 'consent' | 'track' | 'cart';
export type Command = [verb: Verb, value?: string | boolean | null | object, more?: object];

/** What a part that is fetched later lets the loader ask of it. */
export interface Part {
  tell(...command: Command): void;
}

/** `said` is what every part must know, from before it came. */
export type Mount = (host: Host, said: Command[]) => Part;

/** One record per shop in localStorage; the loader reads it, the panel's `Memory` writes it. */
export const recordName = (shop: string) => `ombud:${shop}`;

export interface Look {
  color?: string;
  ink?: string;
  left?: boolean;
}

export function dress(root: ShadowRoot, { color, ink, left }: Look) {
  const region = root.firstElementChild as HTMLElement;
  if (color) region.style.setProperty('--accent', color);
  if (ink) region.style.setProperty('--on-accent', ink);
  region.classList.toggle('left', !!left);
}

/** A constructed sheet passes a `style-src` that forbids inline styles. */
export function wear(root: ShadowRoot, css: string) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets.push(sheet);
}
