/** Pages for tests, bundled by Vite as the product is, so that a browser runs the product's own modules. */
import path from 'node:path'
import vue from '@vitejs/plugin-vue'
import { build } from 'vite'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** As vite.config.ts has them. */
const PRODUCT = {
  '@': path.join(ROOT, 'src'),
  dexie: path.join(ROOT, 'node_modules/dexie/dist/modern/dexie.min.mjs'),
}

export interface PageSource {
  /** The module's file. */
  input: string
  outDir: string
  fileName: string
  /** A service worker: one file, no modules. */
  isWorker?: boolean
  /** A library of others, with its own dependencies and none of the product's. */
  isPeer?: boolean
}

/** Writes `fileName` and its chunks into `outDir`, beside what is there already. */
export async function bundlePage({ input, outDir, fileName, isWorker, isPeer }: PageSource): Promise<void> {
  await build({
    configFile: false,
    root: path.dirname(input),
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
        input,
        preserveEntrySignatures: false,
        output: {
          entryFileNames: fileName,
          ...(isWorker && { format: 'iife' as const, codeSplitting: false }),
        },
      },
    },
  })
}
