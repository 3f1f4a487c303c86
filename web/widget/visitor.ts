import { Api, Problem } from './api';
import type { Host, Look } from './host';
import { Memory } from './memory';
import type { Outgoing } from './outbox';

export type Answers = { name?: string; email?: string };

type Kept = Look &
  Answers & { token: string; subject: string; talk: string; draft: string; outbox: Outgoing[]; agreed: boolean };

/** Who the shop thinks we are, and what this browser keeps about it. */
export class Visitor {
  readonly api: Api;
  readonly memory: Memory<Kept>;
  identity: string | null = null;
  /** The token from while nobody knew them: what they did on the shop's pages goes along when they sign in. */
  #before = '';
  #arriving?: Promise<void>;
  #leaving?: Promise<void>;

  constructor(readonly host: Host) {
    this.api = new Api(host.server, host.language);
    this.memory = new Memory(host.shop);
    this.api.token = this.memory.get('token') ?? '';
  }

  /** Which shop, in which language, for those who need not be known. */
  get place() {
    return `key=${encodeURIComponent(this.host.shop)}&lang=${this.host.language}`;
  }

  get known() {
    return !!this.api.token;
  }

  /** Empty where a question was asked and left open. */
  get answers(): Answers {
    return { name: this.memory.get('name'), email: this.memory.get('email') };
  }

  /** Whom the shop has signed in. */
  get subject() {
    return this.memory.get('subject');
  }

  get agreed() {
    return this.host.consent || !!this.memory.get('agreed');
  }

  /** Becomes a visitor of the shop, once, when there is something to send. */
  arrive() {
    this.#arriving ??= this.#arrive().finally(() => {
      this.#arriving = undefined;
    });
    return this.#arriving;
  }

  async #arrive() {
    if (this.known) return;
    const { shop: key, language } = this.host;
    const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const arrival = { key, language, time_zone, identity: this.identity, before: this.#before || null };
    const { token } = await this.api.post<{ token: string }>('visitors', arrival);
    this.welcome(token);
  }

  /** Says who one is; an address is where an answer goes, and proves nothing. */
  introduce(name: string, email: string, consent: boolean) {
    return this.api.ask('PUT', 'visitor', { name: name || null, email: email || null, consent: consent || null });
  }

  /** Takes the token the shop gave; none when it ended: then one is a stranger, and asked anew. */
  welcome(token?: string) {
    this.api.token = token ?? '';
    this.memory.set(token ? { token } : { token, name: undefined, email: undefined, agreed: false });
  }

  /** The shop's signed-in customer, or null after signing out. Whoever was signed in before leaves nothing to the next. */
  identify(jwt: string | null) {
    const subject = jwt ? subjectOf(jwt) : undefined;
    if (subject !== this.subject) {
      const before = this.subject ? '' : this.api.token;
      this.vanish();
      this.#before = before;
    }
    this.identity = jwt;
    this.memory.set({ subject });
  }

  /** Once, whoever asks for it meanwhile. */
  forget() {
    this.#leaving ??= this.#leave().finally(() => {
      this.#leaving = undefined;
    });
    return this.#leaving;
  }

  async #leave() {
    try {
      if (this.known) await this.api.ask('DELETE', 'visitor');
    } catch (failure) {
      if (!(failure instanceof Problem && failure.status === 401)) throw failure;
    }
    this.vanish();
  }

  vanish() {
    this.memory.forget();
    this.api.token = '';
    this.identity = null;
    this.#before = '';
  }
}

function subjectOf(jwt: string): string | undefined {
  try {
    return JSON.parse(atob(jwt.split('.')[1]?.replace(/-/g, '+').replace(/_/g, '/') ?? '')).sub;
  } catch {
    return undefined; // the server refuses what is no token, and says so
  }
}
