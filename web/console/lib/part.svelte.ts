import { untrack } from "svelte";
import { live } from "./live.svelte";

/** Whether anybody is there: then a part that cannot be fetched has been replaced by a newer one. */
const serverAnswers = () => fetch("/console/", { method: "HEAD", cache: "no-store" }).then(({ ok }) => ok, () => false);

const missing = new Set<HTMLLinkElement>();
const note = ({ target }: Event) => target instanceof HTMLLinkElement && target.rel === "stylesheet" && missing.add(target);
addEventListener("error", note, { capture: true });

/** Styles that did not arrive are asked for once more: the import itself asks for them only the first time. */
const fetchMissingStyles = () =>
  Promise.all(
    [...missing].map((missed) => {
      const link = missed.cloneNode() as HTMLLinkElement;
      const arrived = new Promise((done, fail) => Object.assign(link, { onload: done, onerror: fail }));
      missing.delete(missed);
      missed.replaceWith(link);
      return arrived;
    }),
  );

/** A part of the console that is fetched when it is first needed. Made while a component is; tries again when the network is back. */
export class Part<T> {
  content = $state.raw<T>();
  trouble = $state<"cut" | "replaced">();

  constructor(readonly load: () => Promise<T>) {
    this.fetch();
    $effect(() => {
      if (live.connection === "on") untrack(this.#again);
    });
    $effect(() => {
      addEventListener("online", this.#again);
      return () => removeEventListener("online", this.#again);
    });
  }

  fetch = async () => {
    const again = this.trouble !== undefined;
    this.trouble = undefined;
    try {
      if (again) await fetchMissingStyles();
      this.content = await this.load();
    } catch {
      this.trouble = (await serverAnswers()) ? "replaced" : "cut";
    }
  };

  #again = () => {
    if (this.trouble === "cut") this.fetch();
  };
}
