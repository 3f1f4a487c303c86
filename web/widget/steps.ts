import type { Department, TalkRow } from './api';
import { mustAsk } from './asked';
import { Talk } from './talk';
import { Uploads } from './uploads';
import type { Visit } from './visit';

/** Asks first what the shop wants to know, then shows an empty conversation. */
export function begin(visit: Visit, department?: Department) {
  leave(visit);
  visit.department = department;
  visit.show(mustAsk(visit) ? 'questions' : 'chat');
}

/** Goes on with a conversation from the list. */
export function resume(visit: Visit, row: TalkRow) {
  visit.department = undefined;
  if (visit.talk?.id !== row.id) follow(visit, row);
  visit.show('chat');
}

export function follow(visit: Visit, { id, status, read_seq }: Pick<TalkRow, 'id' | 'status' | 'read_seq'>) {
  visit.talk?.leave();
  visit.talk = new Talk(visit.visitor.api, id, status, read_seq, visit.changed);
  visit.visitor.memory.set({ talk: status === 'resolved' ? undefined : id });
  visit.changed();
}

export function leave(visit: Visit) {
  visit.talk?.leave();
  visit.talk = visit.department = visit.next = undefined;
  visit.visitor.memory.set({ talk: undefined });
}

/** Takes files along with the message being written. */
export function attach(visit: Visit, files?: FileList | null) {
  if (!files?.length) return;
  visit.act();
  visit.uploads ??= new Uploads(visit);
  visit.uploads.add(files);
}
