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
const panel: UserConfig = {
  oxc,
  base: './',
  build: {
    target,
    outDir: out,
    emptyOutDir: true,
    // Library mode: no preload helper. It would leave white space in, so that is asked for.
    lib: { entry: resolve(import.meta.dirname, 'widget/mount.tsx'), formats: ['es'], fileName: () => 'panel-[hash].js' },
    rolldownOptions: {
      preserveEntrySignatures: 'allow-extension',
      output: { minify: true, chunkFileNames: '[name]-[hash].js' },
    },
  },
};

/** The classic script of the shop's one tag; it knows the panel's name, so it is built second. */
const loader = (): UserConfig => ({
  define: { PANEL: JSON.stringify(readdirSync(out).find((name) => /^panel-.*\.js$/.test(name))) },
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

export default defineConfig(() => (process.env.PART === 'loader' ? loader() : panel));
