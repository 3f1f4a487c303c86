import { mustAsk } from './asked';
import { type Config, type Department, Problem, type TalkRow } from './api';
import { dress, type Host } from './host';
import { inkOn } from './ink';
import type { Outbox } from './outbox';
import type { Talk } from './talk';
import type { Uploads } from './uploads';
import { Visitor } from './visitor';
import { type Args, explain, filled } from './words';

export type Popover = 'menu' | 'forget' | 'emoji';

/** The visitor's side of the desk: what is on the screen, and what one can do there. Each part is fetched when it is needed. */
export class Visit {
  readonly visitor: Visitor;
  config?: Config;
  failed = false;
  open = false;
  screen: 'home' | 'questions' | 'chat' = 'home';
  notice = '';
  popover?: Popover;
  talks: TalkRow[] = [];
  talk?: Talk;
  department?: Department;
  outbox?: Outbox;
  uploads?: Uploads;
  questions?: typeof import('./Questions');
  conversation?: typeof import('./conversation');
  extras?: typeof import('./extras');
  #drawing = false;

  constructor(readonly host: Host, readonly draw: () => void) {
    this.visitor = new Visitor(host);
    document.addEventListener('visibilitychange', this.changed);
  }

  get language() {
    return this.config?.language ?? this.host.language;
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
    try {
      const path = `config?key=${encodeURIComponent(host.shop)}&lang=${host.language}`;
      const config = await visitor.api.get<Config>(path);
      this.config = config;
      const look = { color: config.color, ink: inkOn(config.color), left: config.position === 'left' };
      visitor.memory.set(look);
      dress(host.root, look);
      if (visitor.identity) await visitor.arrive();
      if (visitor.known) await this.#recall();
      if (visitor.memory.get('outbox')?.length) (await this.converse()).flush();
    } catch (failure) {
      this.failed = !this.config;
      this.tell(failure);
    }
    this.changed();
  }

  show(screen: Visit['screen']) {
    this.screen = screen;
    this.notice = '';
    this.popover = undefined;
    if (screen === 'home' && this.visitor.known) this.#recall().catch(() => {});
    this.changed();
  }

  /** Asks first what the shop wants to know, then opens the conversation. */
  begin(department?: Department) {
    this.department = department;
    this.leave();
    return this.fetch(async () => {
      const asking = mustAsk(this);
      if (asking) this.questions ??= await import('./Questions');
      else await this.converse();
      this.show(asking ? 'questions' : 'chat');
    });
  }

  answered() {
    this.act();
    return this.fetch(async () => {
      await this.converse();
      this.show('chat');
    });
  }

  resume(row: TalkRow) {
    this.department = undefined;
    return this.fetch(async () => {
      if (this.talk?.id !== row.id) await this.follow(row);
      this.show('chat');
    });
  }

  async converse() {
    this.conversation ??= await import('./conversation');
    this.outbox ??= this.conversation.ready(this);
    return this.outbox;
  }

  /** Opens a popover, or closes it when it is open; what few visitors need is fetched when they need it. */
  async pop(popover?: Popover) {
    await this.fetch(async () => {
      this.extras ??= await import('./extras');
      this.popover = popover === this.popover ? undefined : popover;
    });
  }

  async attach(picked?: FileList | null) {
    // A copy: the input's own list is emptied while the code that sends it is still being fetched.
    const files = [...(picked ?? [])];
    if (!files.length) return;
    this.act();
    await this.fetch(async () => {
      this.extras ??= await import('./extras');
      this.uploads ??= new this.extras.Uploads(this);
      this.uploads.add(files);
    });
  }

  /** Does what needs the network, and says in words when that fails. */
  async fetch(work: () => Promise<unknown>) {
    await work().catch(this.tell);
    this.changed();
  }

  async follow({ id, status, read_seq }: Pick<TalkRow, 'id' | 'status' | 'read_seq'>) {
    await this.converse();
    this.talk?.leave();
    this.talk = this.conversation && new this.conversation.Talk(this.visitor.api, id, status, read_seq, this.changed);
    this.visitor.memory.set({ talk: status === 'resolved' ? undefined : id });
    this.changed();
  }

  leave() {
    this.talk?.leave();
    this.talk = undefined;
    this.visitor.memory.set({ talk: undefined });
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
  }

  identify(jwt: string | null) {
    if (this.visitor.identify(jwt)) this.#empty();
    if (jwt && this.config) this.start();
  }

  forget() {
    return this.fetch(async () => {
      await this.visitor.forget();
      this.#empty();
    });
  }

  tell = (failure: unknown) => {
    const { status, message, waitSeconds } = failure instanceof Problem ? failure : new Problem(0);
    if (this.config) this.notice = explain(this, status, message, waitSeconds);
    this.changed();
  };

  async #recall() {
    this.talks = (await this.visitor.api.get<{ items: TalkRow[] }>('conversations')).items;
    const going = this.talks.find(({ id }) => id === this.visitor.memory.get('talk'));
    if (going && !this.talk) await this.follow(going);
    this.changed();
  }

  #empty() {
    this.talk?.leave();
    this.talk = undefined;
    this.talks = [];
    this.uploads = undefined;
    this.show('home');
  }
}
