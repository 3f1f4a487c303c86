import type { Locator, Page } from "playwright-core";
import type { Window } from "./browser";
import type { Desk } from "./server";
import { type Args, desk, type Language, whole } from "./words";

/** Somebody at the console. */
export class Agent {
  readonly t: (key: string, args?: Args) => string;

  constructor(
    readonly window: Window,
    readonly language: Language = "en",
    readonly page: Page = window.page,
  ) {
    this.t = desk[language];
  }

  async goes(server: Desk, path = "/inbox/open") {
    await this.page.goto(`${server.card.console}${path}`);
    return this;
  }

  async signsIn(server: Desk, { email, password }: { email: string; password: string }) {
    await this.goes(server);
    await this.page.getByRole("textbox", { name: this.t("email") }).fill(email);
    await this.page.getByLabel(this.t("password"), { exact: true }).fill(password);
    await this.page.getByRole("button", { name: this.t("sign-in"), exact: true }).click();
    await this.list.waitFor();
  }

  get list() {
    return this.page.getByRole("region", { name: this.t("conversations"), exact: true });
  }

  /** The line of a customer in the list. */
  row(customer: string): Locator {
    return this.list.getByRole("link").filter({ hasText: customer });
  }

  get messages() {
    return this.page.getByRole("region", { name: this.t("messages"), exact: true });
  }

  message(text: string): Locator {
    return this.messages.getByRole("article").filter({ has: this.page.locator(".text").filter({ hasText: whole(text) }) });
  }

  get editor() {
    return this.page.getByRole("textbox", { name: this.t("write-reply"), exact: true });
  }

  get toasts() {
    return this.page.getByRole("region", { name: this.t("toasts"), exact: true });
  }

  button(key: string, args?: Args): Locator {
    return this.page.getByRole("button", { name: this.t(key, args), exact: true });
  }

  async opens(customer: string) {
    await this.row(customer).click();
    await this.messages.waitFor();
  }

  async replies(text: string) {
    await this.editor.click();
    await this.page.keyboard.type(text);
    await this.button("send").click();
    await this.message(text).waitFor();
  }

  /** From the menu that is there on every size. */
  async does(key: string) {
    await this.button("more").click();
    await this.page.getByRole("menuitem", { name: this.t(key) }).click();
  }
}
