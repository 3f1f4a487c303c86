import { randomUUID } from "node:crypto";
import type { BrowserContextOptions } from "playwright-core";
import { vi } from "vitest";
import { Api, type List } from "./api";
import type { Desk } from "./server";
import type { Language } from "./words";

export type Colleague = { id: string; name: string; email: string; password: string; cookie: string; state: BrowserContextOptions["storageState"] };
type Session = { member: { id: string } };

/** Invites somebody, reads the mail, accepts, and chooses a language: a colleague who can sign in. */
export async function hire(server: Desk, { name, role = "agent", language = "en" }: { name: string; role?: string; language?: Language }): Promise<Colleague> {
  const email = `colleague-${randomUUID()}@example.com`;
  const password = "nine tents by the lake";
  const { items: roles } = await server.api.get<List<{ id: string; key: string }>>("/roles");
  await server.api.post("/invitations", { email, name, role: roles.find(({ key }) => key === role)?.id });
  const token = (await mailedLink(server, email, "invitation")).split("#")[1];
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
  return { id: member.id, name, email, password, cookie, state: stateOf(server, cookie) };
}

/** The address in the newest mail to somebody, once it has come. */
export const mailedLink = (server: Desk, email: string, to: "invitation" | "reset") =>
  vi.waitFor(
    async () => {
      const page = await (await fetch(`${server.origin}/demo/mail`)).text();
      const mail = page.split("<article>").find((mail) => mail.includes(email) && mail.includes(`/${to}#`));
      const link = mail?.match(new RegExp(`http\\S+/${to}#[\\w-]+`))?.[0];
      return link ?? Promise.reject(new Error(`No mail with a link to ${to} has come for ${email}`));
    },
    { timeout: 10_000, interval: 50 },
  );

/** A browser of theirs that looks at another of their shops. */
export async function enter(server: Desk, { email, password }: { email: string; password: string }, shop: string): Promise<Colleague> {
  const colleague = await signIn(server, email, password);
  await new Api(server.origin).ask("PUT", "/session/shop", { shop }, { cookie: colleague.cookie, origin: server.origin });
  return colleague;
}

/** The owner of the demo shop, signed in. */
export const owner = (server: Desk): Promise<Colleague> => signIn(server, server.card.email, server.card.password);

async function signIn(server: Desk, email: string, password: string): Promise<Colleague> {
  const answer = await fetch(`${server.origin}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.origin },
    body: JSON.stringify({ email, password }),
  });
  const { member, person } = (await answer.json()) as Session & { person: { name: string } };
  const cookie = answer.headers.getSetCookie()[0]!.split(";")[0]!;
  return { id: member.id, name: person.name, email, password, cookie, state: stateOf(server, cookie) };
}

const stateOf = (server: Desk, cookie: string) => {
  const at = cookie.indexOf("=");
  const shared = { domain: new URL(server.origin).hostname, path: "/", expires: -1, httpOnly: true, secure: false, sameSite: "Lax" as const };
  return { cookies: [{ name: cookie.slice(0, at), value: cookie.slice(at + 1), ...shared }], origins: [] };
};
