import { randomUUID } from "node:crypto";
import type { BrowserContextOptions } from "playwright-core";
import { vi } from "vitest";
import { Api, type List } from "./api";
import type { Server } from "./server";
import type { Language } from "./words";

export type Colleague = { id: string; name: string; email: string; password: string; state: BrowserContextOptions["storageState"] };
type Session = { member: { id: string } };

/** Invites somebody, reads the mail, accepts, and chooses a language: a colleague who can sign in. */
export async function hire(server: Server, { name, role = "agent", language = "en" }: { name: string; role?: string; language?: Language }): Promise<Colleague> {
  const email = `colleague-${randomUUID()}@example.com`;
  const password = "nine tents by the lake";
  const { items: roles } = await server.api.get<List<{ id: string; key: string }>>("/roles");
  await server.api.post("/invitations", { email, name, role: roles.find(({ key }) => key === role)?.id });
  const token = await vi.waitFor(() => invitationFor(server, email), { timeout: 10_000, interval: 50 });
  const answer = await fetch(`${server.origin}/api/v1/invitations/acceptances`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.origin },
    body: JSON.stringify({ token, name, password }),
  });
  if (!answer.ok) throw new Error(`The invitation was not accepted: ${answer.status} ${await answer.text()}`);
  const { member } = (await answer.json()) as Session;
  const cookie = answer.headers.getSetCookie()[0]!.split(";")[0]!;
  const own = new Api(server.origin);
  const headers = { cookie, origin: server.origin };
  await own.ask("PATCH", "/person", { language }, headers);
  await own.ask("PUT", `/members/${member.id}/availability`, { availability: "online" }, headers);
  return { id: member.id, name, email, password, state: stateOf(server, cookie) };
}

async function invitationFor(server: Server, email: string) {
  const page = await (await fetch(`${server.origin}/demo/mail`)).text();
  const token = page.split("<article>").find((mail) => mail.includes(email))?.match(/invitation#([\w-]+)/)?.[1];
  if (!token) throw new Error(`No invitation has come for ${email}`);
  return token;
}

/** The owner of the demo shop, signed in. */
export async function owner(server: Server): Promise<Colleague> {
  const { email, password } = server.card;
  const answer = await fetch(`${server.origin}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.origin },
    body: JSON.stringify({ email, password }),
  });
  const { member, person } = (await answer.json()) as Session & { person: { name: string } };
  return { id: member.id, name: person.name, email, password, state: stateOf(server, answer.headers.getSetCookie()[0]!.split(";")[0]!) };
}

const stateOf = (server: Server, cookie: string) => {
  const at = cookie.indexOf("=");
  const shared = { domain: new URL(server.origin).hostname, path: "/", expires: -1, httpOnly: true, secure: false, sameSite: "Lax" as const };
  return { cookies: [{ name: cookie.slice(0, at), value: cookie.slice(at + 1), ...shared }], origins: [] };
};
