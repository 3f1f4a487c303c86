import { api, Problem } from "../lib/api";
import { live } from "../lib/live.svelte";

/** Since when nothing leaves the shop: from a restore on, until somebody resumes. */
class Pause {
  since = $state<string | null>(null);

  /** Follows what others do; returns how to stop. */
  follow() {
    const look = () => void this.load().catch((error) => {
      // what was known stays until the next greeting
      if (!(error instanceof Problem)) throw error;
    });
    const events = live.onEvent(({ event }) => {
      if (event === "sending_resumed") look();
    });
    const resync = live.onResync(look);
    return () => {
      events();
      resync();
    };
  }

  async load() {
    this.since = (await api.get("/shop/pause")).since;
  }

  async resume() {
    await api.delete("/shop/pause");
    await this.load();
  }
}

export const pause = new Pause();
