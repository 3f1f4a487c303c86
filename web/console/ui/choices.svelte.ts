import type { Picture } from "./icon";

/** One line of a picker. */
export type Choice = {
  id: string;
  label: string;
  hint?: string;
  group?: string;
  icon?: Picture;
  /** Shows the round picture of this person. */
  person?: string;
  /** Shows the picture at this address; null where there is none to show. */
  picture?: string | null;
  color?: string;
  checked?: boolean;
  keys?: string;
};

const plain = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/** Every typed word must occur somewhere in the line, accents aside. */
export const matching = <C extends Choice>(choices: C[], typed: string): C[] => {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  return choices.filter(({ label, hint, group }) => {
    const line = plain(`${label} ${hint ?? ""} ${group ?? ""}`);
    return words.every((word) => line.includes(word));
  });
};

/** Which line Enter takes, while the focus stays in the text field. */
export class Highlight {
  index = $state(0);

  /** True when the key was one of ours. */
  walk(key: string, count: number): boolean {
    const to = { ArrowDown: this.index + 1, ArrowUp: this.index - 1, Home: 0, End: count - 1 }[key];
    if (to === undefined || count === 0) return false;
    this.index = (to + count) % count;
    return true;
  }
}
