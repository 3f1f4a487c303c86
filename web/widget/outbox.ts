import { type FileView, type Opening, Problem } from './api';

/** A message on its way. `talk` is null while the conversation it begins does not exist yet. */
export interface Outgoing {
  client_id: string;
  talk: string | null;
  opening: Opening;
  text: string;
  files: FileView[];
  refused?: { status: number; detail: string };
}

interface Ends {
  load: () => Outgoing[];
  save: (messages: Outgoing[]) => void;
  send: (message: Outgoing) => Promise<void>;
}

/** Messages wait here until the server has them. They go one at a time, in order, each under its own id. */
export class Outbox {
  sending = false;
  #failures = 0;
  /** Why the messages still wait, when the server was reached and said so. */
  delay?: Problem;
  #retry?: ReturnType<typeof setTimeout>;

  constructor(readonly ends: Ends) {}

  get messages() {
    return this.ends.load();
  }

  add(message: Outgoing) {
    this.ends.save([...this.messages, message]);
    return this.flush();
  }

  change(id: string, change: Partial<Outgoing>) {
    this.ends.save(this.messages.map((it) => (it.client_id === id ? { ...it, ...change } : it)));
  }

  remove(id: string) {
    this.ends.save(this.messages.filter((it) => it.client_id !== id));
  }

  retry(id: string) {
    this.change(id, { refused: undefined });
    return this.flush();
  }

  /** What was written before the conversation existed belongs to it now. */
  adopt(talk: string) {
    this.ends.save(this.messages.map((it) => ({ ...it, talk: it.talk ?? talk })));
  }

  async flush() {
    if (this.sending) return;
    clearTimeout(this.#retry);
    this.sending = true;
    let pause = 0;
    for (let next = this.#next; next && !pause; next = this.#next) pause = await this.#send(next);
    this.sending = false;
    this.ends.save(this.messages);
    if (pause) this.#retry = setTimeout(() => this.flush(), pause);
  }

  get #next() {
    return this.messages.find((it) => !it.refused);
  }

  /** Milliseconds to pause before the same message is tried again; 0 when it is settled. */
  async #send(message: Outgoing): Promise<number> {
    try {
      await this.ends.send(message);
      this.remove(message.client_id);
      this.#failures = 0;
      this.delay = undefined;
      return 0;
    } catch (failure) {
      const problem = failure instanceof Problem ? failure : new Problem(0);
      this.delay = problem.passing && problem.status ? problem : undefined;
      if (problem.passing) return problem.waitSeconds * 1000 || Math.min(30_000, 1000 * 2 ** this.#failures++);
      this.change(message.client_id, { refused: { status: problem.status, detail: problem.message } });
      return 0;
    }
  }
}
