import type { ImportColumn, ImportMapping, ImportView } from "../../../shared/api";
import { api, fetchFile } from "../../lib/api";
import { download } from "../../lib/download";
import { live } from "../../lib/live.svelte";
import { soon } from "../../lib/soon";

const limit = 100;

/** Whether it is being worked on. */
export const isGoing = ({ state }: ImportView) => state === "checking" || state === "running";
/** Whether what its columns mean can be said. */
export const canBeMapped = (one: ImportView) => one.state !== "receiving" && !isGoing(one);

/** The files of customers there are, kept true while they are shown. */
class Imports {
  items = $state.raw<ImportView[]>([]);
  state = $state<"loading" | "ready" | "failed">("loading");

  load = async () => {
    try {
      this.items = (await api.get("/customer-imports", { query: { limit } })).items;
      this.state = "ready";
    } catch {
      if (this.state === "loading") this.state = "failed";
    }
  };

  find(id: string | undefined) {
    return this.items.find((one) => one.id === id);
  }

  /** For `$effect`: fetches, and follows how far they come. */
  follow = () => {
    const again = soon(this.load, 150);
    const stops = [live.onEvent(({ ids }) => void (ids.import && again())), live.onResync(again)];
    this.load();
    return () => {
      for (const stop of stops) stop();
    };
  };

  put(changed: ImportView) {
    const others = this.items.filter(({ id }) => id !== changed.id);
    this.items = [changed, ...others].sort((one, other) => (one.id < other.id ? 1 : -1));
  }

  async map({ id }: ImportView, body: ImportMapping) {
    this.put(await api.put("/customer-imports/{id}/mapping", { path: { id }, body }));
  }

  async run({ id }: ImportView, dry: boolean) {
    this.put(await api.post("/customer-imports/{id}/runs", { path: { id }, body: { dry } }));
  }

  async cancel({ id }: ImportView) {
    this.put(await api.put("/customer-imports/{id}/cancellation", { path: { id } }));
  }

  async remove({ id }: ImportView) {
    await api.delete("/customer-imports/{id}", { path: { id } });
    this.items = this.items.filter((other) => other.id !== id);
  }

  async errors({ id }: ImportView) {
    download(await fetchFile("/customer-imports/{id}/errors", { path: { id } }, () => {}), `${id}-errors.csv`);
  }
}

export const imports = new Imports();

/** What is said of a file before anybody has said anything. */
export const asSuggested = (one: ImportView): ImportMapping => one.mapping ?? { columns: one.suggested, existing: "fill", dates: "day_first", country: null, proved: false };

/** The mapping with another meaning for one column; none leaves it out. */
export const withColumn = (mapping: ImportMapping, column: number, meaning: Omit<ImportColumn, "column"> | undefined): ImportMapping => {
  const others = mapping.columns.filter((other) => other.column !== column);
  const columns = meaning ? [...others, { column, ...meaning }] : others;
  return { ...mapping, columns: columns.sort((one, other) => one.column - other.column) };
};
