/** A production build with a word in the name of every file: `b9/build <folder> <word>`. */
import path from 'node:path'
import { build } from 'vite'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const [outDir, word] = process.argv.slice(3)

await build({
  root: ROOT,
  configFile: path.join(ROOT, 'vite.config.ts'),
  mode: 'production',
  logLevel: 'error',
  build: {
    outDir: outDir!,
    emptyOutDir: true,
    rolldownOptions: {
      output: {
        entryFileNames: `assets/[name]-${word}-[hash].js`,
        chunkFileNames: `assets/[name]-${word}-[hash].js`,
        assetFileNames: `assets/[name]-${word}-[hash][extname]`,
      },
    },
  },
})
