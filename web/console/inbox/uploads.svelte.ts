import type { FileView } from "../../shared/api";
import { address, language, Problem } from "../lib/api";
import { t } from "../lib/i18n.svelte";

export const mostFiles = 5;
export const mostBytes = 10 * 1024 * 1024;

/** A file on its way up. `fetch` cannot tell how far it is, so this is the one place with an XMLHttpRequest. */
export class Upload {
  readonly key = crypto.randomUUID();
  progress = $state(0);
  done = $state.raw<FileView>();
  #request = new XMLHttpRequest();

  constructor(readonly file: File) {}

  send(): Promise<FileView> {
    const request = this.#request;
    return new Promise((resolve, reject) => {
      request.upload.onprogress = ({ loaded, total }) => (this.progress = loaded / total);
      request.onload = () => {
        const answer = parsed(request.responseText);
        if (request.status === 201) resolve(this.#take(answer));
        else reject(new Problem("invalid", request.status, answer.detail ?? t("upload-failed", { name: this.file.name })));
      };
      request.onerror = () => reject(new Problem("offline", 0, ""));
      request.open("POST", address("/files", { query: { name: this.file.name } }));
      request.setRequestHeader(...language());
      request.send(this.file);
    });
  }

  #take(answer: FileView) {
    this.done = answer;
    return answer;
  }

  abort() {
    this.#request.abort();
  }
}

const parsed = (text: string) => {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
};
