import { expect, test, vi } from "vitest";
import { type Shortcut, Shortcuts } from "./shortcuts.svelte";

const shortcut = (keys: string, always?: boolean): Shortcut => ({ keys, about: "search", group: "keys-everywhere", run: vi.fn(), always });
const press = (shortcuts: Shortcuts, key: string, target: HTMLElement = document.body, options: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options });
  target.addEventListener("keydown", (heard) => shortcuts.press(heard as KeyboardEvent), { once: true });
  target.dispatchEvent(event);
};

test("two keys in a row are one shortcut", () => {
  const shortcuts = new Shortcuts();
  const [go, i] = [shortcut("g i"), shortcut("i")];
  shortcuts.add(() => [go, i]);
  press(shortcuts, "g");
  press(shortcuts, "i");
  expect(go.run).toHaveBeenCalledOnce();
  expect(i.run).not.toHaveBeenCalled();
});

test("letters are letters while somebody writes; the palette opens even then", () => {
  const shortcuts = new Shortcuts();
  const [e, palette] = [shortcut("e"), shortcut("Ctrl+K", true)];
  shortcuts.add(() => [e, palette]);
  const field = document.body.appendChild(document.createElement("textarea"));
  press(shortcuts, "e", field);
  press(shortcuts, "k", field, { ctrlKey: true });
  expect(e.run).not.toHaveBeenCalled();
  expect(palette.run).toHaveBeenCalledOnce();
});

test("what a screen added goes with it", () => {
  const shortcuts = new Shortcuts();
  const remove = shortcuts.add(() => [shortcut("j")]);
  expect(shortcuts.all).toHaveLength(1);
  remove();
  expect(shortcuts.all).toHaveLength(0);
});
