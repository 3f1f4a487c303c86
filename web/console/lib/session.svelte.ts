import type { Availability, Language, SessionView } from "../../shared/api";
import { api, onSignInNeeded, Problem } from "./api";
import { isLanguage, tongue } from "./i18n.svelte";
import type { Permission } from "./permissions";

/** Who works here, and in which shop. `unknown` until the server has answered once. */
class Session {
  view = $state.raw<SessionView | null>(null);
  state = $state<"unknown" | "out" | "in">("unknown");
  /** The shop somebody has just closed, and where else they work. */
  closed = $state.raw<{ shop: string; others: string[] }>();
  #last: string | undefined;

  /** Only for screens behind the sign-in. */
  get current(): SessionView {
    if (!this.view) throw new Error("nobody is signed in");
    return this.view;
  }

  may(permission: Permission) {
    return this.view?.permissions.includes(permission) ?? false;
  }

  async load() {
    onSignInNeeded(() => this.forget());
    try {
      await this.begin(await api.get("/session"));
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      this.forget();
    }
  }

  /** After a sign-in or an accepted invitation. */
  async begin(view: SessionView) {
    // what this window remembers belongs to somebody else
    if (this.#last && this.#last !== view.member.id) return location.assign("/console/inbox");
    this.#last = view.member.id;
    const language = view.person.language;
    if (isLanguage(language) && language !== tongue.language) await tongue.speak(language);
    this.closed = undefined;
    this.view = view;
    this.state = "in";
  }

  async end() {
    await api.delete("/session");
    this.forget();
  }

  async enterShop(shop: string) {
    await api.put("/session/shop", { body: { shop } });
    location.assign("/console/inbox");
  }

  /** Closes the shop for good. With it the session ends, here and everywhere. */
  async closeShop(name: string) {
    const { shop, shops } = this.current;
    await api.delete("/shop", { query: { name } });
    this.closed = { shop: shop.name, others: shops.flatMap((other) => (other.id === shop.id ? [] : other.name)) };
    this.forget();
  }

  async beAvailable(availability: Availability) {
    const before = this.current;
    this.view = { ...before, member: { ...before.member, availability } };
    try {
      await api.put("/members/{id}/availability", { path: { id: before.member.id }, body: { availability } });
    } catch (error) {
      this.view = before;
      throw error;
    }
  }

  async speak(language: Language) {
    await tongue.choose(language);
    if (this.view) await api.patch("/person", { body: { language } });
  }

  forget() {
    this.view = null;
    this.state = "out";
  }
}

export const session = new Session();
