import { defineConfig } from "vitest/config";

/** Walks in a real browser against the real binary; scripts/test says with which. */
export default defineConfig({
  test: {
    include: ["e2e/**/*.spec.ts"],
    environment: "node",
    env: { TZ: "Europe/Oslo" },
    testTimeout: 90_000,
    hookTimeout: 60_000,
    retry: 0,
    // a server and a browser each: more at once would only take turns
    maxWorkers: 2,
  },
});
