import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, type UserConfig } from 'vite';

const out = resolve(import.meta.dirname, 'dist/widget');
const target = ['chrome109', 'firefox128', 'safari16.4'];
// Classic calls: the automatic runtime would be another 300 bytes.
const oxc = {
  jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment', pure: false },
  jsxInject: "import { h, Fragment } from 'preact'",
} as const;

/** Fetched on first use, under a name that changes with its content. */
const part = (name: string, entry: string, emptyOutDir: boolean): UserConfig => ({
  base: './',
  build: {
    target,
    outDir: out,
    emptyOutDir,
    // Library mode: no preload helper. It would leave white space in, so that is asked for.
    lib: { entry: resolve(import.meta.dirname, entry), formats: ['es'], fileName: () => `${name}-[hash].js` },
    rolldownOptions: {
      preserveEntrySignatures: 'allow-extension',
      output: { minify: true, comments: false, chunkFileNames: '[name]-[hash].js' },
    },
  },
});

const built = (part: string) => JSON.stringify(readdirSync(out).find((name) => name.startsWith(`${part}-`) && name.endsWith('.js')));

/** The classic script of the shop's one tag; it knows the parts' names, so it is built last. */
const loader = (): UserConfig => ({
  define: { PANEL: built('panel'), BROWSING: built('browsing') },
  build: {
    target,
    outDir: out,
    emptyOutDir: false,
    lib: {
      entry: resolve(import.meta.dirname, 'widget/loader.ts'),
      formats: ['iife'],
      name: 'ombudLoader',
      fileName: () => 'widget.js',
    },
  },
});

const parts: Record<string, () => UserConfig> = {
  panel: () => ({ oxc, ...part('panel', 'widget/mount.tsx', true) }),
  // apart from the panel, though some of it is in both: pages that only tell must not fetch the chat
  browsing: () => part('browsing', 'widget/browsing.ts', false),
  loader,
};

export default defineConfig(() => parts[process.env.PART ?? 'panel']?.() ?? {});
