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
    // as patient as the browser is when it waits for something to be on the page
    expect: { poll: { timeout: 15_000 } },
    // a server and a browser each: more at once would only take turns
    maxWorkers: 2,
  },
});
