import { Problem } from "./api";
import { t } from "./i18n.svelte";

export type Toast = {
  id: number;
  tone: "plain" | "good" | "danger";
  text: string;
  action?: { label: string; run: () => void };
  /** When it goes by itself; a countdown is shown when `counts`. */
  until: number;
  counts: boolean;
};
type Options = Partial<Pick<Toast, "action" | "counts">> & { seconds?: number };

class Toasts {
  all = $state.raw<Toast[]>([]);
  #next = 1;

  say(text: string, options: Options = {}) {
    return this.#show("plain", text, options);
  }

  done(text: string, options: Options = {}) {
    return this.#show("good", text, options);
  }

  /** Says what the server said; what was typed stays where it is. */
  failed(error: unknown) {
    const offline = error instanceof Problem && error.kind === "offline";
    const text = offline ? t("problem-offline") : error instanceof Problem && error.message ? error.message : t("problem-unknown");
    if (!(error instanceof Problem)) console.error(error);
    return this.#show("danger", text, { seconds: 8 });
  }

  close(id: number) {
    this.all = this.all.filter((toast) => toast.id !== id);
  }

  #show(tone: Toast["tone"], text: string, { seconds = 5, action, counts = false }: Options) {
    const id = this.#next++;
    const shown = { id, tone, text, action, counts, until: Date.now() + seconds * 1000 };
    this.all = [...this.all.filter((other) => other.text !== text), shown].slice(-3);
    setTimeout(() => this.close(id), seconds * 1000);
    return id;
  }
}

export const toasts = new Toasts();

/** Runs what a click asked for and says so when it failed. */
export const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
  try {
    await work();
    return true;
  } catch (error) {
    toasts.failed(error);
    return false;
  }
};
