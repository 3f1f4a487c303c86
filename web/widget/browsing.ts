import { type Config, Problem } from './api';
import type { Command, Host, Mount, Part } from './host';
import { Visitor } from './visitor';

type Sighting = { type: string } & Record<string, unknown>;
type Source = { referrer: string | null; campaign: Record<string, string | null> | null };

/** What is told at once, as the server takes it. */
const most = 50;
/** What happens within so long is told together. */
const together = 1_000;

export const mount: Mount = (host, said) => {
  const browsing = new Browsing(host);
  for (const command of said) browsing.tell(...command);
  return browsing;
};

/** Tells the shop what its visitor does on its pages, where they agreed to it or nobody need be asked. */
export class Browsing implements Part {
  readonly #visitor: Visitor;
  #waiting: Sighting[] = [];
  #source = cameFrom(location, document.referrer);
  #timer?: ReturnType<typeof setTimeout>;
  #refused = false;
  /** Nothing more is told from this page. */
  #over = false;
  #unasked?: Promise<boolean>;

  constructor(readonly host: Host) {
    host.visitor ??= new Visitor(host);
    this.#visitor = host.visitor;
    document.addEventListener('visibilitychange', () => document.hidden && this.flush());
  }

  tell(...[verb, value, more]: Command) {
    if (verb === 'consent') this.#consent(!!value);
    else if (verb === 'identify') this.#visitor.identify((value as string) || null);
    else if (verb === 'cart') this.#see({ type: 'cart_changed', cart: value });
    else if (verb === 'track') this.#see(sighting(value as string, more));
  }

  #consent(given: boolean) {
    this.host.consent = given;
    this.#refused = !given;
    if (given) return this.#soon();
    this.#waiting = [];
    this.#visitor.forget().catch(() => {});
  }

  #see(it: Sighting) {
    if (this.#over || this.#refused) return;
    // a cart is told whole: the last one says it all
    if (it.type === 'cart_changed') this.#waiting = this.#waiting.filter(({ type }) => type !== it.type);
    this.#waiting = [...this.#waiting, it].slice(-most);
    this.#soon();
  }

  #soon() {
    this.#timer ??= setTimeout(() => this.flush(), together);
  }

  /** A browser that wants none of it (Global Privacy Control) counts as asked, and as having said no. */
  async #may() {
    if (this.host.consent) return true;
    if (this.#refused || (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl) return false;
    const { shop, language } = this.host;
    this.#unasked ??= this.#visitor.api
      .get<Config>(`config?key=${encodeURIComponent(shop)}&lang=${language}`)
      .then(({ browsing }) => browsing === 'always', () => false);
    return this.#unasked;
  }

  async flush() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#waiting.length || !(await this.#may())) return;
    const batch = { consent: this.host.consent, source: this.#source, sightings: this.#waiting };
    this.#waiting = [];
    this.#source = null;
    this.#visitor.memory.allow();
    await this.#send(batch).catch((failure) => {
      // the token ended: they are somebody new
      if (status(failure) !== 401) throw failure;
      this.#visitor.welcome();
      return this.#send(batch);
    }).catch(this.#failed);
  }

  async #send(batch: object) {
    await this.#visitor.arrive();
    await this.#visitor.api.ask('POST', 'browsing', batch, true);
  }

  /** What could not be told is not told again: it is not worth it. Whoever builds the page is told why. */
  #failed = (failure: unknown) => {
    if (!(failure instanceof Problem) || failure.passing) return;
    this.#over = failure.status === 403;
    console.warn('Ombud:', failure.field, failure.message);
  };
}

const status = (failure: unknown) => (failure instanceof Problem ? failure.status : 0);

function sighting(type: string, about: object = {}): Sighting {
  const page = { address: location.href, title: document.title.slice(0, 300) };
  if (type === 'page_viewed') return { type, page: { ...page, ...about } };
  if (type === 'product_viewed') return { type, product: about, page };
  return { type, ...about };
}

/** Null within the shop: the visit goes on. */
export function cameFrom({ search, host }: Pick<Location, 'search' | 'host'>, from: string): Source | null {
  const asked = new URLSearchParams(search);
  const tag = (name: string) => asked.get(`utm_${name}`)?.slice(0, 200) || null;
  const tags = { source: tag('source'), medium: tag('medium'), name: tag('campaign'), term: tag('term'), content: tag('content') };
  const campaign = Object.values(tags).some(Boolean) ? tags : null;
  const referrer = /^https?:/.test(from) && new URL(from).host !== host ? from : null;
  return referrer || campaign ? { referrer, campaign } : null;
}
