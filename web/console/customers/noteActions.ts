import type { NoteView } from "../../shared/api";
import { api } from "../lib/api";
import type { Beside } from "./beside.svelte";

const show = (beside: Beside, items: NoteView[]) => {
  beside.notes = { ...beside.notes, items };
};
const pathOf = (beside: Beside, note: NoteView) => ({ id: beside.customer, note: note.id });

export const writeNote = async (beside: Beside, text: string) => {
  const note = await api.post("/customers/{id}/notes", { path: { id: beside.customer }, body: { text } });
  show(beside, [note, ...beside.notes.items.filter(({ id }) => id !== note.id)]);
};

export const editNote = async (beside: Beside, note: NoteView, text: string) => {
  const edited = await api.patch("/customers/{id}/notes/{note}", { path: pathOf(beside, note), body: { text } });
  show(beside, beside.notes.items.map((other) => (other.id === note.id ? edited : other)));
};

export const removeNote = async (beside: Beside, note: NoteView) => {
  const before = beside.notes.items;
  show(beside, before.filter(({ id }) => id !== note.id));
  try {
    await api.delete("/customers/{id}/notes/{note}", { path: pathOf(beside, note) });
  } catch (error) {
    show(beside, before);
    throw error;
  }
};
