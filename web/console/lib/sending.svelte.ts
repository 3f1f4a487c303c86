import type { PathOf } from "./contract";
import { address, language, Problem } from "./api";
import { t } from "./i18n.svelte";

/** A file on its way up. `fetch` cannot tell how far it is, so this is the one place with an XMLHttpRequest. */
export class Sending<Answer> {
  progress = $state(0);
  done = $state.raw<Answer>();
  #request = new XMLHttpRequest();

  constructor(
    readonly file: File,
    readonly path: PathOf<"post">,
  ) {}

  send(): Promise<Answer> {
    const request = this.#request;
    return new Promise((resolve, reject) => {
      request.upload.onprogress = ({ loaded, total }) => (this.progress = loaded / total);
      request.onload = () => {
        const answer = parsed(request.responseText);
        if (request.status === 201) resolve(this.#take(answer));
        else reject(new Problem("invalid", request.status, answer.detail ?? t("upload-failed", { name: this.file.name })));
      };
      request.onerror = () => reject(new Problem("offline", 0, ""));
      request.open("POST", address(this.path, { query: { name: this.file.name } }));
      request.setRequestHeader(...language());
      request.send(this.file);
    });
  }

  #take(answer: Answer) {
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
