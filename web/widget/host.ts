import type { Language } from './language';

/** What the loader hands to the panel when the visitor first needs it. */
export interface Host {
  shop: string;
  server: string;
  language: Language;
  consent: boolean;
  root: ShadowRoot;
  launcher: HTMLButtonElement;
  badge: HTMLElement;
}

export type Command = [verb: 'open' | 'close' | 'toggle' | 'identify' | 'consent', value?: string | boolean | null];

/** What the panel lets the loader ask of it. */
export interface Panel {
  tell(...command: Command): void;
}

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
