/** `npm run screens [-- tour…]`: writes pictures of every screen and state, light and dark, to `screens/`. */
import { join } from 'node:path'
import { runnerImport } from 'vite'

const ROOT = join(import.meta.dirname, '..')

const { module } = await runnerImport<typeof import('../tests/e2e/makeScreens')>(
  join(ROOT, 'tests/e2e/makeScreens.ts'),
  { root: ROOT, configFile: false, resolve: { alias: { '@': join(ROOT, 'src') } } },
)
const names = process.argv.slice(2)
await module.makeScreens(names.length > 0 ? names : undefined)
process.exit(0)
