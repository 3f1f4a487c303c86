import { api } from "../lib/api";
import { directory } from "../lib/directory.svelte";
import { attempt } from "../lib/toasts.svelte";
import { type Choice, Highlight, matching } from "../ui/choices.svelte";
import type { Composer } from "./composer.svelte";
import type { Editor, Lookup } from "./editor";

const most = 8;

/** Saved replies after `/`, colleagues after `@`: found while writing, taken with Enter. */
export class LookupList {
  editor: Editor | undefined;
  highlight = new Highlight();
  #asked = $state.raw<Lookup | null>(null);
  #dismissed: number | undefined;

  constructor(readonly composer: () => Composer) {}

  kind = $derived(this.#asked?.kind);
  choices = $derived.by<Choice[]>(() => {
    if (!this.#asked) return [];
    return matching(this.#asked.kind === "macro" ? macroChoices() : colleagueChoices(), this.#asked.typed).slice(0, most);
  });
  open = $derived(this.choices.length > 0);

  look = (asked: Lookup | null) => {
    const wanted = asked?.kind === "mention" && this.composer().kind !== "note" ? null : asked;
    if (wanted?.range.from !== this.#dismissed) this.#dismissed = undefined;
    if (wanted?.typed !== this.#asked?.typed) this.highlight.index = 0;
    this.#asked = this.#dismissed === undefined ? wanted : null;
  };

  /** True when the key was meant for the list. */
  press({ key }: KeyboardEvent): boolean {
    if (!this.open) return false;
    if (key === "Escape") {
      this.#dismissed = this.#asked?.range.from;
      this.#asked = null;
      return true;
    }
    const chosen = this.choices[this.highlight.index];
    if ((key !== "Enter" && key !== "Tab") || !chosen) return this.highlight.walk(key, this.choices.length);
    this.take(chosen);
    return true;
  }

  take({ id, label }: Choice) {
    const asked = this.#asked;
    if (!asked) return;
    if (asked.kind === "mention") {
      this.composer().mention(id);
      this.editor?.chain().focus().insertContentAt(asked.range, `@${label} `).run();
    } else {
      this.editor?.chain().focus().deleteRange(asked.range).run();
      insertMacro(this.composer(), this.editor, id);
    }
  }
}

export const macroChoices = (): Choice[] =>
  [...directory.macros].sort((one, other) => one.folder.localeCompare(other.folder)).map(({ id, name, folder }) => ({ id, label: name, group: folder || undefined }));

const colleagueChoices = (): Choice[] => directory.active.map(({ id, name, email }) => ({ id, label: name, hint: email, person: name }));

/** The server fills in the values; those it lacks are shown before anything is sent. */
export const insertMacro = (composer: Composer, editor: Editor | undefined, macro: string) =>
  attempt(async () => {
    const { html, missing } = await api.post("/macros/{id}/renderings", { path: { id: macro }, body: { conversation: composer.thread.id } });
    composer.missing = missing;
    editor?.chain().focus().insertContent(html).run();
  });
