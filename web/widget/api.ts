export type Asked = 'no' | 'optional' | 'required';

/** Whether somebody is there, and when somebody is again. */
export interface Hours {
  open: boolean;
  opens_at?: string | null;
}

export interface Department extends Hours {
  id: string;
  name: string;
  about: string;
}

/** What the bot answers at once, and what its button says. */
export interface QuickReply {
  topic: string;
  label: string;
}

/** What the bot says; the shop takes it back under its seal. `start`: a person must look at it, in a conversation begun by this id. */
export interface Answer {
  text: string;
  sealed: string;
  start: string | null;
}

export interface Config extends Hours {
  shop: { name: string };
  language: string;
  color: string;
  position: 'right' | 'left';
  greeting: string;
  reply_minutes: number | null;
  agents: { name: string }[];
  departments: Department[];
  quick_replies: QuickReply[];
  order_codes: boolean;
  ask_name: Asked;
  ask_email: Asked;
  privacy_url: string | null;
  identity: 'off' | 'optional' | 'required';
  needs_consent: boolean;
  browsing: 'never' | 'agreed' | 'always';
  strings: Record<string, string>;
  limits: { text: number; file_bytes: number; files: number; types: string[] };
}

export interface FileView {
  id: string;
  name: string;
  media_type: string;
  size: number;
  width: number | null;
  height: number | null;
  url: string;
}

export interface Money {
  minor: number;
  currency: string;
}

export interface Card {
  product: string;
  title: string;
  page: string | null;
  picture: string | null;
  price: Money | null;
  before: Money | null;
  dearer: boolean;
  in_stock: boolean | null;
  /** How many are left now, where few are. */
  left: number | null;
}

export interface ChatMessage {
  id: string;
  seq: number;
  by: 'me' | 'agent' | 'shop' | 'bot';
  name: string | null;
  text: string;
  html: string | null;
  files: FileView[];
  products: Card[];
  at: string;
  client_id: string | null;
  state: string;
  event?: { kind: 'joined' | 'resolved' } | null;
}

export interface TalkRow {
  id: string;
  number: number;
  status: string;
  last_seq: number;
  read_seq: number;
  preview: string;
  changed_at: string;
}

export interface Opening {
  department: string | null;
  name?: string;
  email?: string;
  consent: boolean;
  page: { url: string; title: string } | null;
  said: string[];
}

/** A request that failed; status 0 means the server was not reached. */
export class Problem extends Error {
  constructor(readonly status: number, detail = '', readonly waitSeconds = 0, readonly field = '') {
    super(detail);
  }

  /** The same request may succeed later, unchanged. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export class Api {
  token = '';

  constructor(
    readonly server: string,
    readonly language: string,
  ) {}

  get live() {
    return `${this.server.replace(/^http/, 'ws')}api/v1/chat/live`;
  }

  /** `keepalive`: it is sent though the page goes away meanwhile. */
  async ask(method: string, path: string, body?: unknown, keepalive = false): Promise<Response> {
    const answer = await fetch(this.address(path), {
      method,
      headers: {
        'Accept-Language': this.language,
        ...(this.token && { Authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      keepalive,
    }).catch(() => {
      throw new Problem(0);
    });
    if (!answer.ok) throw problem(answer.status, await answer.text(), answer.headers.get('Retry-After'));
    return answer;
  }

  async get<T>(path: string): Promise<T> {
    return (await this.ask('GET', path)).json();
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    return (await this.ask('POST', path, body)).json();
  }

  address(path: string) {
    return `${this.server}api/v1/chat/${path}`;
  }
}

export function problem(status: number, body: string, wait: string | null) {
  const waitSeconds = Number(wait) || 0;
  try {
    const { detail, fields } = JSON.parse(body);
    const [wrong] = fields ?? [];
    return new Problem(status, wrong?.message ?? detail, waitSeconds, wrong?.field);
  } catch {
    // a proxy's error page says nothing a shopper can use
    return new Problem(status, '', waitSeconds);
  }
}
