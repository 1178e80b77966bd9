/** `npm run bench:b1 [-- --quick]`: runs one benchmark of `tests/bench`, with the app's import aliases. */
import { join } from 'node:path'
import { runnerImport } from 'vite'

const ROOT = join(import.meta.dirname, '..')
const name = process.argv[2] ?? ''

await runnerImport(join(ROOT, `tests/bench/${name}.ts`), {
  root: ROOT,
  configFile: false,
  logLevel: 'error',
  resolve: { alias: { '@': join(ROOT, 'src') } },
})
