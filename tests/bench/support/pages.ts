/**
 * Pages that run in the browser, bundled by Vite as the product is: one for the product's own modules, one a
 * peer, each alone on its page, so that nobody pays for another's code.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import vue from '@vitejs/plugin-vue'
import { build } from 'vite'
import type { Bench } from './run'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const BENCH = path.join(ROOT, 'tests/bench')

/** As vite.config.ts has them; peers keep their own Dexie. */
const PRODUCT = {
  '@': path.join(ROOT, 'src'),
  dexie: path.join(ROOT, 'node_modules/dexie/dist/modern/dexie.min.mjs'),
}

async function bundle(source: string, outDir: string, fileName: string, isWorker: boolean): Promise<void> {
  const isPeer = source.includes('/peers/')
  await build({
    configFile: false,
    root: BENCH,
    base: './',
    logLevel: 'error',
    publicDir: false,
    plugins: isPeer ? [] : [vue()],
    resolve: isPeer ? {} : { alias: PRODUCT },
    define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'false' },
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      reportCompressedSize: false,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: path.join(BENCH, source),
        preserveEntrySignatures: false,
        output: {
          entryFileNames: fileName,
          ...(isWorker && { format: 'iife' as const, codeSplitting: false }),
        },
      },
    },
  })
}

/** The folder with `<name>/main.js` of each page; `sources` are paths inside `tests/bench`. */
export async function buildPages(bench: Bench, sources: Record<string, string>): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'convoca-bench-'))
  bench.finally(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, source] of Object.entries(sources)) {
    bench.say(`building ${name}`)
    await bundle(source, path.join(folder, name), 'main.js', false)
  }
  return folder
}

/** Adds a service worker: one file, no modules. */
export const buildWorker = (folder: string, name: string, source: string): Promise<void> =>
  bundle(source, path.join(folder, name), 'sw.js', true)
