/**
 * Compares the messages of every area with the code: none is missing or unused. `vue-tsc` already refuses a key that
 * does not exist. Here a file of a folder that imports an area must have each key as a literal, or make it from a
 * template (`chip.${state}`).
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const SRC = join(import.meta.dirname, '..')
const WORDS = join(import.meta.dirname, 'es-MX')

/** Areas whose keys are the server's codes (`refusals.test.ts` and `problems.test.ts` compare them with the domain). */
const BY_CODE = ['refusals', 'faults', 'problems']

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(ts|vue)$/u.test(file) && !file.endsWith('.test.ts'))
  .map((file) => ({ file, code: readFileSync(join(SRC, file), 'utf8') }))

const areas = readdirSync(WORDS)
  .map((file) => file.replace('.json', ''))
  .filter((area) => !BY_CODE.includes(area))

const keysOf = (area: string) => [
  ...new Set(
    Object.keys(JSON.parse(readFileSync(join(WORDS, `${area}.json`), 'utf8')) as object).map(baseOf),
  ),
]
const baseOf = (key: string) => key.replace(/#\w+$/u, '')

/** Keys that a kind of campaign may override. The code that uses the shared key uses the override too. */
const shared = new Set(keysOf('campaign'))
const ownKeysOf = (area: string) => keysOf(area).filter((key) => area === 'campaign' || !shared.has(key))

/** The code that may use an area's keys: every file of the folders that import it. */
function usersOf(area: string): string[] {
  const isUser = (code: string) =>
    code.includes(`es-MX/${area}.json`) ||
    (area.endsWith('Status') && code.includes('es-MX/folio.json')) ||
    (area === 'campaign' && code.includes("'@/campaign/words'")) ||
    (/^folio$|Status$/u.test(area) && code.includes("'@/campaign/submission/statusWords'"))
  const importers = sources.filter(({ code }) => isUser(code))
  const folders = new Set(importers.map(({ file }) => folderOf(file)))
  return sources.filter(({ file }) => folders.has(folderOf(file))).map(({ code }) => code)
}

/** `staff`, `ui`, `features/envios`. */
const folderOf = (file: string) =>
  file
    .split(/[\\/]/u)
    .slice(0, file.startsWith('features') ? 2 : 1)
    .join('/')

/** Patterns of the keys that templates make: `chip.${state}` gives /^chip\..+$/. */
const familiesOf = (code: string): RegExp[] =>
  [...code.matchAll(/`((?:[^`\s$]|\$\{[^`{}]*\})*)`/gu)].map(([, template]) => {
    const parts = template!.split(/\$\{[^}]*\}/u).map((part) => part.replace(/[.*+?^(){}|[\]\\]/gu, '\\$&'))
    return new RegExp(`^${parts.join('.+')}$`, 'u')
  })

/** Patterns of the keys that are values themselves: `t(chip)`. */
const WHOLE_KEYS: Record<string, RegExp> = { chips: /^[a-z_]+$/u }

test.each(areas)('the code uses every message of «%s»', (area) => {
  const code = usersOf(area).join('\n')
  const families = familiesOf(code).filter((family) => !family.test('\u0000'))
  const isUsed = (key: string) =>
    [`'${key}'`, `"${key}"`, `\`${key}\``].some((literal) => code.includes(literal)) ||
    families.some((family) => family.test(key)) ||
    (WHOLE_KEYS[area]?.test(key) ?? false)
  expect(ownKeysOf(area).filter((key) => !isUsed(key))).toEqual([])
})

test.each(areas)('every key that the code reads from «%s» has a message', (area) => {
  const keys = new Set(keysOf(area))
  const named = sources
    .filter(({ code }) => code.includes(`es-MX/${area}.json`))
    .flatMap(({ file, code }) => {
      const t = /const (\w+) = translator\((\w+)\)/gu
      const names = [...code.matchAll(t)].filter(([, , messages]) =>
        code.includes(`import ${messages} from '@/i18n/es-MX/${area}.json'`),
      )
      return names.flatMap(([, name]) =>
        [...code.matchAll(new RegExp(`[^\\w.]${name}\\('([^']+)'[,)]`, 'gu'))].map(([, key]) => ({
          file,
          key: key!,
        })),
      )
    })
  expect(named.filter(({ key }) => !keys.has(key))).toEqual([])
})
