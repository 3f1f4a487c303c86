import type { Locator, Page } from "playwright-core";
import type { Window } from "./browser";
import type { Desk } from "./server";
import { type Args, chat, type Language, whole } from "./words";

type About = { name?: string; email?: string; consent?: boolean };

/** Somebody on the shop's page, and the chat there. */
export class Shopper {
  readonly page: Page;
  readonly t: (key: string, args?: Args) => string;

  constructor(
    readonly window: Window,
    readonly language: Language = "en",
    page = window.page,
  ) {
    this.page = page;
    this.t = chat[language];
  }

  /** The demo shop's page. */
  async visits(server: Desk) {
    await this.page.goto(`${server.card.shop}?lang=${this.language}`);
    await this.launcher.waitFor();
    return this;
  }

  get launcher() {
    return this.page.locator("ombud-chat .launcher");
  }

  get panel() {
    return this.page.locator("ombud-chat .panel");
  }

  get log() {
    return this.panel.getByRole("log", { name: this.t("log") });
  }

  get field() {
    return this.panel.getByRole("textbox", { name: this.t("write") });
  }

  button(key: string, args?: Args): Locator {
    return this.panel.getByRole("button", { name: this.t(key, args), exact: true });
  }

  /** The whole bubble, not a part of another. */
  message(text: string): Locator {
    return this.log.locator(".bubble").filter({ hasText: whole(text) });
  }

  async opens() {
    await this.launcher.click();
    await this.panel.waitFor();
    return this;
  }

  /** Whom one may talk to. */
  get choices() {
    return this.panel.getByRole("navigation", { name: this.t("choose") });
  }

  async chooses(department: string) {
    await this.choices.getByRole("button", { name: department }).click();
  }

  async answers({ name, email, consent = true }: About) {
    if (name !== undefined) await this.panel.getByRole("textbox", { name: this.t("name") }).fill(name);
    if (email !== undefined) await this.panel.getByRole("textbox", { name: this.t("email") }).fill(email);
    if (consent) await this.panel.getByRole("checkbox").check();
    await this.button("go-on").click();
    await this.field.waitFor();
  }

  /** Picks a file, and waits until the shop has it. */
  async attaches(file: { name: string; mimeType: string; buffer: Buffer }, shown = file.name) {
    await this.panel.locator("input[type=file]").setInputFiles(file);
    await this.button("remove-file", { name: shown }).waitFor();
    await this.panel.getByRole("progressbar").first().waitFor({ state: "detached" });
  }

  async writes(text: string) {
    await this.field.fill(text);
    await this.button("send").click();
    await this.message(text).waitFor();
  }

  /** Drags files over the conversation, drops or pastes them there; `words` are on the clipboard beside them. */
  holds(files: { name: string; type: string; base64: string }[], act: "dragover" | "dragleave" | "drop" | "paste", words: Record<string, string> = {}) {
    return this.panel.evaluate(
      (panel, { files, act, words }) => {
        const data = new DataTransfer();
        for (const [type, text] of Object.entries(words)) data.setData(type, text);
        for (const { name, type, base64 } of files) data.items.add(new File([Uint8Array.from(atob(base64), (it) => it.charCodeAt(0))], name, { type }));
        const how = { bubbles: true, cancelable: true, composed: true };
        panel.dispatchEvent(act === "paste" ? new ClipboardEvent(act, { ...how, clipboardData: data }) : new DragEvent(act, { ...how, dataTransfer: data }));
      },
      { files, act, words },
    );
  }

  /** From the page to the first message. */
  async begins(server: Desk, { department, text, ...about }: About & { department: string; text: string }) {
    await this.visits(server);
    await this.opens();
    await this.chooses(department);
    await this.answers(about);
    await this.writes(text);
    await this.sent();
    return this;
  }

  /** The shop has the last message. */
  async sent() {
    const states = ["sent", "delivered", "read"].map((key) => this.t(key).replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    await this.log.locator(".meta.me").last().getByText(new RegExp(`^(${states.join("|")})$`)).waitFor();
  }
}
