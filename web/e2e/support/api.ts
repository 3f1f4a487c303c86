/** What the server refused. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly answer: string,
    what: string,
  ) {
    super(`${what} was answered ${status}: ${answer}`);
  }
}

/** The agents' side of the API, with a token: what the walks compare the screens with. */
export class Api {
  constructor(
    readonly origin: string,
    readonly token?: string,
  ) {}

  async ask<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const raw = body instanceof Uint8Array;
    const answer = await fetch(`${this.origin}/api/v1${path}`, {
      method,
      headers: {
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && { "content-type": raw ? "application/octet-stream" : "application/json" }),
        ...headers,
      },
      body: body === undefined ? undefined : raw ? (body as BodyInit) : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Refused(answer.status, text, `${method} ${path}`);
    return (answer.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text) as T;
  }

  get = <T>(path: string) => this.ask<T>("GET", path);
  post = <T>(path: string, body?: unknown, headers?: Record<string, string>) => this.ask<T>("POST", path, body, headers);
  put = <T>(path: string, body?: unknown) => this.ask<T>("PUT", path, body);
  patch = <T>(path: string, body?: unknown) => this.ask<T>("PATCH", path, body);
  delete = <T>(path: string) => this.ask<T>("DELETE", path);
}

export type List<T> = { items: T[]; next: string | null };
