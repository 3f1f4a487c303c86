import { recordName } from './host';

/** What is remembered between pages: kept in this page only until `allow()`, then in localStorage too. */
export class Memory<Kept extends object> {
  #kept: Partial<Kept> = {};
  #name: string;
  #allowed = false;

  constructor(shop: string) {
    this.#name = recordName(shop);
    this.#allowed = !!read(this.#name);
  }

  get<K extends keyof Kept>(key: K): Kept[K] | undefined {
    return this.#all()[key];
  }

  /** Reads before it writes: another tab of the same shop may have changed the rest. */
  set(change: Partial<Kept>) {
    this.#kept = { ...this.#all(), ...change };
    if (this.#allowed) write(this.#name, JSON.stringify(this.#kept));
  }

  allow() {
    if (this.#allowed) return;
    this.#allowed = true;
    write(this.#name, JSON.stringify(this.#kept));
  }

  forget() {
    this.#kept = {};
    this.#allowed = false;
    write(this.#name, null);
  }

  #all(): Partial<Kept> {
    const stored = this.#allowed && read(this.#name);
    return stored ? JSON.parse(stored) : this.#kept;
  }
}

// Browsers may forbid storage altogether; the chat then lives as long as the page.
function read(name: string) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function write(name: string, value: string | null) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // as above: the page's own copy holds
  }
}
