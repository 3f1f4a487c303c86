const base = "/console";
const here = () => ({ path: location.pathname.slice(base.length) || "/", query: new URLSearchParams(location.search) });

/** Where we are: `path` below /console, and what stands behind the question mark. */
class Route {
  at = $state.raw(here());
  segments = $derived(this.at.path.split("/").filter(Boolean));

  go(to: string, { replace = false } = {}) {
    if (base + to === location.pathname + location.search) return;
    history[replace ? "replaceState" : "pushState"](null, "", base + to);
    this.at = here();
  }

  watch() {
    addEventListener("popstate", () => (this.at = here()));
    addEventListener("click", (click) => this.#follow(click));
  }

  #follow(click: MouseEvent) {
    const link = (click.target as Element).closest?.("a");
    const foreign = !link || link.origin !== location.origin || !link.pathname.startsWith(base) || link.target || link.download;
    if (foreign || click.defaultPrevented || click.button > 0 || click.metaKey || click.ctrlKey || click.shiftKey) return;
    click.preventDefault();
    this.go(link.pathname.slice(base.length) + link.search);
  }
}

export const route = new Route();
export const link = (to: string) => base + to;
