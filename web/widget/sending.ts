import { type ChatMessage, type Opening, Problem } from './api';
import type { Outgoing } from './outbox';
import { follow, leave } from './steps';
import type { Visit } from './visit';

/** Hands one message to the shop; the first of a conversation begins it. */
export async function send(visit: Visit, message: Outgoing): Promise<void> {
  const { visitor, talk } = visit;
  try {
    await visitor.arrive();
    if (!message.talk) return await begin(visit, message);
    const sent = await visitor.api.post<ChatMessage>(`conversations/${message.talk}/messages`, wire(message));
    if (talk?.id === message.talk) talk.take([sent]);
  } catch (failure) {
    if (!(failure instanceof Problem && failure.status === 401 && visitor.known)) throw failure;
    // The visitor was forgotten elsewhere: what is written goes out as a new one's.
    visitor.welcome();
    leave(visit);
    return send(visit, { ...message, talk: null });
  }
}

async function begin(visit: Visit, message: Outgoing) {
  type Begun = { conversation: { id: string }; message: ChatMessage };
  const body = { ...wire(message), ...message.opening };
  const begun = await visit.visitor.api.post<Begun>('conversations', body);
  const { id } = begun.conversation;
  visit.outbox?.adopt(id);
  visit.said = [];
  follow(visit, { id, status: 'open', read_seq: 0 });
  visit.talk?.take([begun.message]);
}

const wire = ({ client_id, text, files }: Outgoing) => ({ client_id, text, files: files.map(({ id }) => id) });

/** 128 random bits; `randomUUID` is missing on pages without https. */
const clientId = () => crypto.getRandomValues(new Uint32Array(4)).join('-');

/** Puts what was written on its way. */
export function say(visit: Visit, text: string, client_id = clientId()) {
  visit.act();
  const files = visit.uploads?.done ?? [];
  visit.uploads = undefined;
  visit.notice = '';
  visit.visitor.memory.set({ draft: '' });
  visit.outbox?.add({ client_id, talk: visit.talk?.id ?? null, opening: opening(visit), text, files });
}

/** What the shop learns with the first message. */
function opening({ visitor, department, said }: Visit): Opening {
  const { href, origin, pathname } = location;
  return {
    department: department?.id ?? null,
    ...visitor.answers,
    consent: visitor.agreed,
    page: { url: href.length > 2000 ? origin + pathname : href, title: document.title.slice(0, 200) },
    said: said.flatMap(({ sealed }) => sealed ?? []).slice(-10),
  };
}
