import css from './chat.css?inline';
import { wear } from './host';
import { Outbox } from './outbox';
import { receive } from './receiving';
import { send } from './sending';
import type { Visit } from './visit';

// What only those who write need: one file, fetched by the step that leads to the first message.
export { ask } from './bot';
export { Chat } from './Chat';
export { Menu } from './Menu';
export { Questions } from './Questions';
export { begin, follow, resume } from './steps';

/** Makes a visit able to converse. */
export function ready(visit: Visit) {
  const { host, visitor, changed } = visit;
  wear(host.root, css);
  receive(visit);
  const outbox = new Outbox({
    load: () => visitor.memory.get('outbox') ?? [],
    save: (messages) => {
      visitor.memory.set({ outbox: messages });
      changed();
    },
    send: (message) => send(visit, message),
  });
  addEventListener('online', () => outbox.flush());
  return outbox;
}
