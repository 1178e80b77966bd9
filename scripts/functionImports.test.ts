/** Edge Functions resolve packages by the import map in their deno.json alone: what it lacks does not load there. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const FUNCTIONS = join(import.meta.dirname, '../supabase/functions')
const IMPORT = /(?:^(?:import|export|\})[^'\n]*|\bimport\()'([^'\n]+)'\)?$/gmu

const { dependencies, devDependencies } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'),
) as Record<'dependencies' | 'devDependencies', Record<string, string>>

/** The packages that a module loads, through its relative imports. */
function packagesOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return new Set()
  seen.add(file)
  const found = new Set<string>()
  for (const [, name] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
    if (name!.startsWith('node:')) continue
    if (!name!.startsWith('.')) found.add(name!)
    else for (const one of packagesOf(join(file, '..', name!), seen)) found.add(one)
  }
  return found
}

const names = readdirSync(FUNCTIONS).filter((name) => existsSync(join(FUNCTIONS, name, 'index.ts')))

test('there are functions to look at, and some import packages', () => {
  expect(names.length).toBeGreaterThan(5)
  const found = (name: string) => [...packagesOf(join(FUNCTIONS, name, 'index.ts'))].sort()
  expect(found('verify-media')).toEqual(['mediabunny'])
  expect(found('verify-files'), 'one of them only when it is needed').toEqual(['fflate', 'mediabunny'])
})

test.each(names)(
  'the import map of %s names every package that it loads, in the version of this project',
  (name) => {
    const { imports = {} } = JSON.parse(readFileSync(join(FUNCTIONS, name, 'deno.json'), 'utf8')) as {
      imports?: Record<string, string>
    }
    const isMapped = (one: string) =>
      Object.keys(imports).some((key) => key === one || (key.endsWith('/') && one.startsWith(key)))
    expect([...packagesOf(join(FUNCTIONS, name, 'index.ts'))].filter((one) => !isMapped(one))).toEqual([])
    for (const [key, target] of Object.entries(imports)) {
      const pack = key.replace(/\/$/u, '')
      const version = dependencies[pack] ?? devDependencies[pack]
      expect(target.replace(/^npm:\/?/u, '').replace(/\/$/u, '')).toBe(`${pack}@${version}`)
    }
  },
)
