import type { Picture } from "./icon";

/** One line of a menu. `checked` makes it one of several; `parted` draws a line above it. */
export type MenuItem = { label: string; icon?: Picture; keys?: string; hint?: string; checked?: boolean; danger?: boolean; parted?: boolean; run: () => void };
