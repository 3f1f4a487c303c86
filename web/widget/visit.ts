import { type Config, type Department, type Hours, Problem, type QuickReply, type TalkRow } from './api';
import type { Said } from './bot';
import { dress, type Host } from './host';
import { inkOn } from './ink';
import type { Outbox } from './outbox';
import type { Talk } from './talk';
import type { Uploads } from './uploads';
import { Visitor } from './visitor';
import { type Args, explain, filled } from './words';

export type Popover = 'menu' | 'forget' | 'emoji';

/** The visitor's side of the desk: what is on the screen, and what one can do there. */
export class Visit {
  readonly visitor: Visitor;
  config?: Config;
  failed = false;
  /** The conversation that goes on is being fetched: what could be chosen now would be taken away again. */
  recalling = false;
  open = false;
  screen: 'home' | 'questions' | 'chat' = 'home';
  notice = '';
  popover?: Popover;
  /** Files are held over the conversation. */
  dropping = false;
  talks: TalkRow[] = [];
  talk?: Talk;
  department?: Department;
  outbox?: Outbox;
  uploads?: Uploads;
  conversation?: typeof import('./conversation');
  /** What was said to the bot; with the first message the shop is told of it. */
  said: Said[] = [];
  /** What was about to be done when something had to be asked first. */
  next?: () => void;
  #drawing = false;
  /** Whose conversations are shown. */
  #shown?: string;

  constructor(readonly host: Host, readonly draw: () => void) {
    host.visitor ??= new Visitor(host);
    this.visitor = host.visitor;
    this.#shown = this.visitor.subject;
    document.addEventListener('visibilitychange', this.changed);
  }

  get language() {
    return this.config?.language ?? this.host.language;
  }

  /** When somebody is there: for this conversation, else in the chosen department, else at all. */
  get hours(): Hours | undefined {
    return this.talk?.shop ?? this.department ?? this.config;
  }

  t = (key: string, args?: Args) => filled(this.config?.strings[key] ?? key, args);

  /** Many changes in a row are drawn once. */
  changed = () => {
    if (this.#drawing) return;
    this.#drawing = true;
    queueMicrotask(() => {
      this.#drawing = false;
      this.talk?.look(this.open && this.screen === 'chat' && !document.hidden);
      this.draw();
    });
  };

  async start() {
    const { host, visitor } = this;
    this.failed = false;
    this.recalling = !this.talk && visitor.known && !!visitor.memory.get('talk');
    try {
      const config = await visitor.api.get<Config>(`config?${visitor.place}`);
      this.config = config;
      const look = { color: config.color, ink: inkOn(config.color), left: config.position === 'left' };
      visitor.memory.set(look);
      dress(host.root, look);
      if (visitor.identity) await visitor.arrive();
      if (visitor.known) await this.#recall();
      if (visitor.memory.get('outbox')?.length) {
        await this.#converse();
        this.outbox?.flush();
      }
    } catch (failure) {
      this.failed = !this.config;
      this.tell(failure);
    }
    this.recalling = false;
    this.changed();
  }

  show(screen: Visit['screen']) {
    this.screen = screen;
    this.notice = '';
    this.popover = undefined;
    // Since the panel was fetched the shop may have opened, closed or answered.
    if (screen === 'home' && this.config) this.start();
    this.changed();
  }

  /** Does what needs the network, and says in words when that fails. */
  async attempt(work: () => Promise<unknown>) {
    await work().catch(this.tell);
    this.changed();
  }

  begin(department?: Department) {
    return this.attempt(async () => (await this.#converse()).begin(this, department));
  }

  ask(wanted: QuickReply) {
    return this.attempt(async () => (await this.#converse()).ask(this, wanted));
  }

  resume(row: TalkRow) {
    return this.attempt(async () => (await this.#converse()).resume(this, row));
  }

  /** Opens a popover, or closes it when it is open. */
  pop(popover?: Popover) {
    this.popover = popover === this.popover ? undefined : popover;
    this.changed();
  }

  /** Storage is free to use once the visitor acts or, where the shop wants consent, once that is given. */
  get mayKeep() {
    return !this.config?.needs_consent || this.visitor.agreed;
  }

  act() {
    if (this.mayKeep) this.visitor.memory.allow();
  }

  consent(given: boolean) {
    this.host.consent = given;
    if (given) this.visitor.memory.allow();
    else this.forget();
    this.changed();
  }

  identify(jwt: string | null) {
    this.visitor.identify(jwt);
    if (this.visitor.subject !== this.#shown) {
      this.#shown = this.visitor.subject;
      this.#empty();
    } else if (jwt && this.config) this.start();
  }

  forget() {
    return this.attempt(async () => {
      await this.visitor.forget();
      this.#empty();
    });
  }

  tell = (failure: unknown) => {
    const { status, message, waitSeconds } = failure instanceof Problem ? failure : new Problem(0);
    if (this.config) this.notice = explain(this, status, message, waitSeconds);
    this.changed();
  };

  /** Fetches what a conversation needs, once. */
  async #converse() {
    this.conversation ??= await import('./conversation');
    this.outbox ??= this.conversation.ready(this);
    return this.conversation;
  }

  async #recall() {
    try {
      this.talks = (await this.visitor.api.get<{ items: TalkRow[] }>('conversations')).items;
    } catch (failure) {
      // A token that ended is no trouble: with the next message one is a visitor anew.
      if (failure instanceof Problem && failure.status === 401) return this.visitor.welcome();
      throw failure;
    }
    const going = this.talks.find(({ id }) => id === this.visitor.memory.get('talk'));
    if (going && !this.talk) {
      (await this.#converse()).follow(this, going);
      if (this.open) this.show('chat');
    }
    this.changed();
  }

  #empty() {
    this.talk?.leave();
    this.talk = undefined;
    this.talks = [];
    this.said = [];
    this.uploads = undefined;
    this.show('home');
  }
}
