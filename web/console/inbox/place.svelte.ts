import { link, route } from "../lib/router.svelte";
import { isView, type ViewName } from "./views";

/** The address says it all: /inbox/<view>/<conversation>?pane=customer */
class Place {
  #words = $derived(route.segments[0] === "inbox" ? route.segments : []);
  view: ViewName = $derived.by(() => {
    const name = this.#words[1];
    return isView(name) ? name : "open";
  });
  conversation = $derived(this.#words[2] ?? null);
  pane: "list" | "conversation" | "customer" = $derived.by(() => {
    if (!this.conversation) return "list";
    return route.at.query.get("pane") === "customer" ? "customer" : "conversation";
  });

  to(view: ViewName, conversation?: string | null) {
    return link(this.#path(view, conversation));
  }

  open(conversation: string | null) {
    route.go(this.#path(this.view, conversation));
  }

  show(pane: "conversation" | "customer") {
    route.go(this.#path(this.view, this.conversation) + (pane === "customer" ? "?pane=customer" : ""), { replace: pane === "conversation" });
  }

  #path(view: ViewName, conversation?: string | null) {
    return `/inbox/${view}${conversation ? `/${conversation}` : ""}`;
  }
}

export const place = new Place();
