import type { Language } from "../../shared/api";
import type { Narrowed } from "./customers.svelte";

const day = 86_400_000;

/** What the list is narrowed by, as the filters over it stand; an empty one asks for nothing. */
export class Narrowing {
  tag = $state("");
  language = $state<Language | "">("");
  country = $state("");
  blocked = $state<"" | "true" | "false">("");
  /** Seen within so many days. */
  seen = $state("");
  /** Those who only looked around in the shop, instead of those who came forward. */
  visitors = $state<"" | "true">("");

  get filtered() {
    return [this.tag, this.language, this.country, this.blocked, this.seen, this.visitors].filter(Boolean).length;
  }

  wanted(now: number): Omit<Narrowed, "q"> {
    return {
      tag: this.tag || undefined,
      language: this.language || undefined,
      country: this.country || undefined,
      blocked: this.blocked ? this.blocked === "true" : undefined,
      visitors: this.visitors ? true : undefined,
      seen_since: this.seen ? new Date(now - Number(this.seen) * day).toISOString() : undefined,
    };
  }

  clear() {
    Object.assign(this, { tag: "", language: "", country: "", blocked: "", seen: "", visitors: "" });
  }
}
