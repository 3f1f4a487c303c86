import type { Word } from "./i18n.svelte";

export type Shortcut = {
  /** As pressed: "j", "?", "Ctrl+K", or two in a row: "g i". */
  keys: string;
  about: Word;
  group: Word;
  run: () => void;
  /** Also while somebody types. */
  always?: boolean;
};

const patience = 1200;
const writing = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox]), textarea, select"));
const named = (press: KeyboardEvent) => (press.ctrlKey || press.metaKey ? `Ctrl+${press.key.toUpperCase()}` : press.key);

/** What the keyboard can do just now: each part of the screen adds its own while it is shown. */
export class Shortcuts {
  #sets = $state.raw<(() => Shortcut[])[]>([]);
  #first: { key: string; at: number } | undefined;

  get all() {
    return this.#sets.flatMap((set) => set());
  }

  add(set: () => Shortcut[]) {
    this.#sets = [...this.#sets, set];
    return () => {
      this.#sets = this.#sets.filter((other) => other !== set);
    };
  }

  press(key: KeyboardEvent) {
    if (key.defaultPrevented || key.altKey || key.isComposing || document.querySelector("dialog[open]")) return;
    const name = named(key);
    const pair = this.#first && key.timeStamp - this.#first.at < patience ? `${this.#first.key} ${name}` : undefined;
    const usable = this.all.filter(({ always }) => always || !writing(key.target)).reverse();
    const found = usable.find(({ keys }) => keys === pair) ?? usable.find(({ keys }) => keys === name);
    const begins = usable.some(({ keys }) => keys.startsWith(`${name} `));
    this.#first = !found && begins ? { key: name, at: key.timeStamp } : undefined;
    if (!found) return;
    key.preventDefault();
    found.run();
  }
}

export const shortcuts = new Shortcuts();
