import { route } from "../lib/router.svelte";

type Guarded = { readonly dirty: boolean; undo: () => void };
type Navigate = Event & { destination: { url: string; sameDocument: boolean } };

/** Asks before somebody walks away from what they have not saved. */
class Leaving {
  /** Where they wanted to go. */
  asked = $state<string>();
  #guarded = new Set<Guarded>();

  get dirty() {
    return [...this.#guarded].some(({ dirty }) => dirty);
  }

  guard(editing: Guarded) {
    this.#guarded.add(editing);
    return () => void this.#guarded.delete(editing);
  }

  stay() {
    this.asked = undefined;
  }

  leave() {
    const to = this.asked;
    for (const editing of this.#guarded) editing.undo();
    this.asked = undefined;
    if (to) route.go(to);
  }

  /** Links, keys and the browser's back button alike; where the browser cannot tell, closing the page still asks. */
  watch() {
    const navigation = (window as unknown as { navigation?: EventTarget }).navigation;
    const walk = (event: Event) => this.#stop(event as Navigate);
    const close = (event: BeforeUnloadEvent) => this.dirty && event.preventDefault();
    navigation?.addEventListener("navigate", walk);
    addEventListener("beforeunload", close);
    return () => {
      navigation?.removeEventListener("navigate", walk);
      removeEventListener("beforeunload", close);
    };
  }

  #stop(event: Navigate) {
    const to = new URL(event.destination.url);
    const elsewhere = event.destination.sameDocument && to.pathname !== location.pathname;
    if (!elsewhere || !event.cancelable || !this.dirty) return;
    event.preventDefault();
    this.asked = to.pathname.replace(/^\/console/, "") + to.search;
  }
}

export const leaving = new Leaving();
