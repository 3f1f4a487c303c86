import { Editor, Extension, type Range } from "@tiptap/core";
import { Bold } from "@tiptap/extension-bold";
import { Document } from "@tiptap/extension-document";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Italic } from "@tiptap/extension-italic";
import { Link } from "@tiptap/extension-link";
import { BulletList, ListItem, ListKeymap, OrderedList } from "@tiptap/extension-list";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Text } from "@tiptap/extension-text";
import { UndoRedo } from "@tiptap/extensions";

/** What is being looked up while writing: a saved reply after `/`, a colleague after `@`. */
export type Lookup = { kind: "macro" | "mention"; typed: string; range: Range };

type Options = {
  element: HTMLElement;
  html: string;
  attributes: Record<string, string>;
  onwrite: (html: string) => void;
  onlookup: (lookup: Lookup | null) => void;
  onkey: (press: KeyboardEvent) => boolean;
  onfiles: (files: File[]) => void;
};

const lookupIn = (editor: Editor): Lookup | null => {
  const { $from, empty, from } = editor.state.selection;
  if (!empty) return null;
  const before = $from.parent.textBetween(0, $from.parentOffset, undefined, "￼");
  const first = $from.parent === editor.state.doc.firstChild;
  const macro = first ? /^\/([^\n]{0,40})$/.exec(before) : null;
  if (macro) return { kind: "macro", typed: macro[1]!, range: { from: from - macro[0].length, to: from } };
  const mention = /(?:^|\s)@([\p{L}\p{M}.-]{0,30})$/u.exec(before);
  return mention && { kind: "mention", typed: mention[1]!, range: { from: from - mention[1]!.length - 1, to: from } };
};

const filesOf = (data: DataTransfer | null) => [...(data?.files ?? [])];

export const createEditor = ({ element, html, attributes, onwrite, onlookup, onkey, onfiles }: Options) => {
  const take = (data: DataTransfer | null) => {
    const files = filesOf(data);
    if (files.length > 0) onfiles(files);
    return files.length > 0;
  };
  // before every other extension: Ctrl+Enter must not become a line break
  const keys = Extension.create({ name: "keys", priority: 1000, addKeyboardShortcuts: () => ({ "Mod-Enter": () => true }) });
  const link = Link.configure({ openOnClick: false, defaultProtocol: "https", protocols: ["http", "https", "mailto"] });
  return new Editor({
    element,
    content: html,
    // the page's policy allows no style elements; ours are in EditorField.svelte
    injectCSS: false,
    extensions: [Document, Paragraph, Text, Bold, Italic, HardBreak, BulletList, OrderedList, ListItem, ListKeymap, link, UndoRedo, keys],
    editorProps: {
      attributes,
      handleKeyDown: (_, press) => onkey(press),
      handlePaste: (_, paste) => take(paste.clipboardData),
      handleDrop: (_, drop) => take((drop as DragEvent).dataTransfer),
    },
    onUpdate: ({ editor }) => onwrite(editor.getHTML()),
    // not for a lost focus: a field that is taken away while somebody writes loses it too, and has nothing to look up
    onTransaction: ({ editor, transaction }) => (transaction.docChanged || transaction.selectionSet) && onlookup(lookupIn(editor)),
  });
};

export type { Editor };
