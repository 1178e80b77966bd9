/**
 * The Edge Functions as a hosted project gets them: folders, `config.toml`, docs/deploy.md and the parts that call or check
 * them name the same functions, and each has the packages that it imports.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { SCHEDULED, serviceChecks } from './deployCheck/service'

const ROOT = path.resolve(import.meta.dirname, '..')
const FOLDER = path.join(ROOT, 'supabase/functions')
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')

const names = readdirSync(FOLDER)
  .filter((name) => existsSync(path.join(FOLDER, name, 'index.ts')))
  .sort()

/** The words in a shell command of the document. */
const wordsAfter = (text: string, command: RegExp) =>
  command
    .exec(text)?.[1]
    ?.split(/[\s\\]+/u)
    .filter(Boolean)

test('config.toml describes every function: without a check of tokens by the gateway, and with its own entry point', () => {
  const sections = [...read('supabase/config.toml').matchAll(/^\[functions\.([\w-]+)\]\n((?:\w.*\n?)+)/gmu)]
  const described = sections.map(([, name, settings]) => [name, settings!.trim().split('\n')])
  const expected = names.map((name) => [
    name,
    ['enabled = true', 'verify_jwt = false', `entrypoint = "./functions/${name}/index.ts"`],
  ])
  expect(described.sort()).toEqual(expected)
})

test('docs/deploy.md deploys every function and schedules those that a schedule calls', () => {
  const text = read('docs/deploy.md')
  expect(wordsAfter(text, /functions deploy ((?:[\w-]+[\s\\]+)+)/u)?.sort()).toEqual(names)
  expect(wordsAfter(text, /unnest\(array\[([^\]]+)\]\)/u)?.map((word) => word.replace(/[',]/gu, ''))).toEqual(
    SCHEDULED,
  )
})

test('deploy:check and the embedded backend know every function', () => {
  const checks = serviceChecks({ appUrl: null } as never)
    .map(({ title, advice }) => `${title} ${advice}`)
    .join('\n')
  const routes = read('supabase/local/routes.ts')
  for (const name of names) {
    expect(checks).toContain(name)
    expect(routes).toMatch(new RegExp(`\\['?${name}'?,`, 'u'))
  }
})

/** The packages that a file imports, and those of the files that it imports. */
function packagesOf(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return []
  seen.add(file)
  const found = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export|\}) ?(?:.*?from )?'([^']+)'|\bawait import\('([^']+)'\)/gmu,
  )
  return [...found].flatMap(([, named, awaited]) => {
    const imported = named ?? awaited
    if (imported!.startsWith('node:')) return []
    return imported!.startsWith('.')
      ? packagesOf(path.resolve(path.dirname(file), imported!), seen)
      : [imported!]
  })
}

describe.each(names)('the function %s', (name) => {
  const { imports = {} }: { imports?: Record<string, string> } = JSON.parse(
    read(`supabase/functions/${name}/deno.json`),
  )
  const packages = packagesOf(path.join(FOLDER, name, 'index.ts'))

  test('has every package that it imports, and no other', () => {
    const isFor = (key: string) => (imported: string) =>
      key.endsWith('/') ? imported.startsWith(key) : imported === key
    const keys = Object.keys(imports)
    expect(packages.filter((imported) => !keys.some((key) => isFor(key)(imported)))).toEqual([])
    expect(keys.filter((key) => !packages.some(isFor(key)))).toEqual([])
  })

  test('has the versions of the packages that the tests use', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >
    for (const target of Object.values(imports)) {
      const [, dependency, version] = /^npm:\/?((?:@[\w-]+\/)?[\w-]+)@([\d.]+)\/?$/u.exec(target) ?? []
      expect(version).toBe(dependencies[dependency!] ?? devDependencies[dependency!])
    }
  })
})
