/** Test pages, bundled by Vite as the app is, so that a browser runs the app's own modules. */
import path from 'node:path'
import vue from '@vitejs/plugin-vue'
import { build } from 'vite'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** The aliases of vite.config.ts. */
const PRODUCT = {
  '@': path.join(ROOT, 'src'),
  dexie: path.join(ROOT, 'node_modules/dexie/dist/modern/dexie.min.mjs'),
}

export interface PageSource {
  /** The file of the module. */
  input: string
  outDir: string
  fileName: string
  /** A service worker: one file without modules. */
  isWorker?: boolean
  /** Another library, with its own dependencies and none of the app's. */
  isPeer?: boolean
}

/** Writes `fileName` and its chunks into `outDir`, keeping other files there. */
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
