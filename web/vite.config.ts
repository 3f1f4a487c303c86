import { resolve } from "node:path";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { catalogue, file, languages, parts } from "./scripts/catalogue.mjs";

/**
 * `virtual:messages` says how each part of each catalogue is fetched, and `virtual:messages/nb/settings` is one part of the Bokmål catalogue as one chunk:
 * a person downloads one language, and what the screens need.
 */
const messages = (): Plugin => ({
  name: "messages",
  resolveId: (id) => (/^virtual:messages($|\/)/.test(id) ? `\0${id}` : undefined),
  load(id) {
    if (id === "\0virtual:messages") return `export default { ${languages.map(fetched).join(", ")} }`;
    const [, language, part] = /^\0virtual:messages\/(\w+)\/(\w+)$/.exec(id) ?? [];
    if (!language || !part) return;
    const rooms = parts[part as keyof typeof parts];
    for (const room of rooms) this.addWatchFile(file(language, room));
    return `export default ${JSON.stringify(catalogue(language, rooms))}`;
  },
});

const fetched = (language: string) => `${language}: { ${Object.keys(parts).map((part) => `${part}: () => import("virtual:messages/${language}/${part}")`).join(", ")} }`;

const server = process.env.OMBUD_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig(({ mode }) => ({
  root: "console",
  base: "/console/",
  plugins: [svelte({ configFile: resolve(import.meta.dirname, "svelte.config.js") }), messages()],
  resolve: mode === "test" ? { conditions: ["browser"] } : {},
  build: {
    outDir: "../dist/console",
    emptyOutDir: true,
    manifest: true,
    // the page's policy allows fonts from our own address only, so nothing is folded into data: URLs
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: { chunkFileNames: ({ name, facadeModuleId }) => `assets/${chunk(facadeModuleId) ?? name}-[hash].js` },
    },
  },
  server: {
    proxy: {
      "/api": { target: server, ws: true },
      "/files": server,
      "/widget": server,
    },
  },
  test: {
    root: ".",
    include: ["console/**/*.test.ts", "widget/**/*.test.{ts,tsx}"],
    environment: "happy-dom",
    setupFiles: ["console/lib/test-setup.ts"],
    env: { TZ: "Europe/Oslo" },
    testTimeout: 60_000,
  },
}));

const chunk = (id: string | null) => /virtual:messages\/(.+)/.exec(id ?? "")?.[1]?.replace("/", "-").replace(/^/, "messages-");
