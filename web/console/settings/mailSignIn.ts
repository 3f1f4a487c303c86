import type { MailClientView } from "../../shared/api";
import { api } from "../lib/api";
import { route } from "../lib/router.svelte";

export type Provider = MailClientView["provider"];

/** What each calls itself, in every language. */
export const providerNames: Record<Provider, string> = { google: "Google", microsoft: "Microsoft" };

/** Goes where somebody signs in; the browser comes back to the page of mailboxes. */
export async function goAndSignIn(provider: Provider, mailbox?: string) {
  const { address } = await api.post("/mailbox-sign-ins", { body: { provider, mailbox: mailbox ?? null } });
  location.assign(address);
}

/** Hands in what the provider sent the browser back with, and takes it out of the address. Nothing where nobody comes back. */
export async function comeBack() {
  const { query } = route.at;
  const [state, code, error] = ["state", "code", "error"].map((name) => query.get(name));
  if (!state || !(code || error)) return;
  route.go("/settings/mailboxes", { replace: true });
  const said = code ? { code, error: null } : { code: null, error };
  return api.post("/mailbox-sign-ins/completions", { body: { state, ...said } });
}
