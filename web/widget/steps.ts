import type { Department, TalkRow } from './api';
import { mustAsk } from './asked';
import type { Popover, Visit } from './visit';

// What only some visitors need comes in files of its own, fetched by the step that leads there.

/** Asks first what the shop wants to know, then opens the conversation. */
export function begin(visit: Visit, department?: Department) {
  visit.department = department;
  leave(visit);
  return visit.attempt(async () => {
    const asking = mustAsk(visit);
    if (asking) visit.questions ??= await import('./Questions');
    else await converse(visit);
    visit.show(asking ? 'questions' : 'chat');
  });
}

export function answered(visit: Visit) {
  visit.act();
  return visit.attempt(async () => {
    await converse(visit);
    visit.show('chat');
  });
}

export function resume(visit: Visit, row: TalkRow) {
  visit.department = undefined;
  return visit.attempt(async () => {
    if (visit.talk?.id !== row.id) await follow(visit, row);
    visit.show('chat');
  });
}

/** Opens a popover, or closes it when it is open. */
export function pop(visit: Visit, popover?: Popover) {
  return visit.attempt(async () => {
    visit.extras ??= await import('./extras');
    visit.popover = popover === visit.popover ? undefined : popover;
  });
}

export function attach(visit: Visit, picked?: FileList | null) {
  // A copy: the input's own list is emptied while the code that sends it is still being fetched.
  const files = [...(picked ?? [])];
  if (!files.length) return;
  visit.act();
  return visit.attempt(async () => {
    visit.extras ??= await import('./extras');
    visit.uploads ??= new visit.extras.Uploads(visit);
    visit.uploads.add(files);
  });
}

export async function converse(visit: Visit) {
  visit.conversation ??= await import('./conversation');
  visit.outbox ??= visit.conversation.ready(visit);
  return visit.conversation;
}

export async function follow(visit: Visit, { id, status, read_seq }: Pick<TalkRow, 'id' | 'status' | 'read_seq'>) {
  const { Talk } = await converse(visit);
  visit.talk?.leave();
  visit.talk = new Talk(visit.visitor.api, id, status, read_seq, visit.changed);
  visit.visitor.memory.set({ talk: status === 'resolved' ? undefined : id });
  visit.changed();
}

export function leave(visit: Visit) {
  visit.talk?.leave();
  visit.talk = undefined;
  visit.visitor.memory.set({ talk: undefined });
}
