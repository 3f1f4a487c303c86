import type { Component } from "svelte";

/** Any of the Lucide icons, imported by its own path. */
export type Picture = Component<{ size?: number | string; "aria-hidden"?: boolean | "true" | "false" }>;
