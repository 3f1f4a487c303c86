import { createHmac, randomUUID } from "node:crypto";
import { createServer, type Server as HttpServer } from "node:http";
import type { Api } from "./api";
import type { Server } from "./server";

type Page = { csp?: string; head?: string; body?: string; script?: string; title?: string };

/** A shop's own site, on an origin that is not Ombud's. */
export class Site {
  page: (asked: string) => Page = () => ({});
  #http!: HttpServer;

  private constructor(
    readonly server: Server,
    public key: string,
  ) {}

  static async opens(server: Server) {
    const { key } = await server.api.get<{ key: string }>("/widget");
    const site = new Site(server, key);
    site.#http = createServer((request, response) => {
      if (request.url === "/favicon.ico") return response.writeHead(204).end();
      const { csp, head = "", body = "", script, title = "A shop" } = site.page(request.url ?? "/");
      response.setHeader("content-type", "text/html; charset=utf-8");
      if (csp) response.setHeader("content-security-policy", csp);
      response.end(`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>${head}
${script ? `<script>window.ombud = function () { (ombud.q = ombud.q || []).push(arguments) };${script}</script>` : ""}
<script async src="${server.origin}/widget.js" data-shop="${site.key}" data-lang="en"></script></head>
<body><main><h1>A shop</h1>${body || "<p>Things to buy.</p>".repeat(40)}</main></body></html>`);
    });
    await new Promise<void>((done) => site.#http.listen(0, "127.0.0.1", done));
    return site;
  }

  get origin() {
    return `http://127.0.0.1:${(this.#http.address() as { port: number }).port}`;
  }

  /** As docs/widget.md says. */
  get policy() {
    const { origin } = this.server;
    return `default-src 'none'; style-src 'self'; script-src ${origin}; connect-src ${origin} ${origin.replace("http", "ws")}; img-src 'self' ${origin}`;
  }

  closes() {
    this.#http.closeAllConnections();
    return new Promise((done) => this.#http.close(done));
  }
}

export type Widget = { key: string; settings: Record<string, unknown> };

/** Changes some of the chat's settings. */
export async function setWidget(api: Api, change: Record<string, unknown>) {
  const { settings } = await api.get<Widget>("/widget");
  await api.put("/widget", { ...settings, ...change });
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** What the shop's own server would sign for a customer who is signed in there. */
export function signed(secret: string, audience: string, claims: Record<string, unknown>) {
  const body = `${part({ alg: "HS256", typ: "JWT" })}.${part({ aud: audience, exp: Math.floor(Date.now() / 1000) + 300, nonce: randomUUID(), ...claims })}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
}
