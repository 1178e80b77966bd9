/**
 * The words of every area against the code: none missing, none left over. `vue-tsc` already refuses a key
 * that does not exist; here some file of the island that imports an area must hold the key as a
 * literal, or put it together from a template (`chip.${state}`).
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const SRC = join(import.meta.dirname, '..')
const WORDS = join(import.meta.dirname, 'es-MX')

/** Areas read by code of the server (`refusals.test.ts` and `problems.test.ts` compare them with the domain). */
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

/** Shared words that a kind of campaign says its own way: what says the shared one says it. */
const shared = new Set(keysOf('campaign'))
const ownKeysOf = (area: string) => keysOf(area).filter((key) => area === 'campaign' || !shared.has(key))

/** The code that may speak with this area's words: every file of the folders that import it. */
function speakersOf(area: string): string[] {
  const isSpoken = (code: string) =>
    code.includes(`es-MX/${area}.json`) ||
    (area.endsWith('Status') && code.includes('es-MX/folio.json')) ||
    (area === 'campaign' && code.includes("'@/campaign/words'")) ||
    (/^folio$|Status$/u.test(area) && code.includes("'@/campaign/submission/statusWords'"))
  const importers = sources.filter(({ code }) => isSpoken(code))
  const folders = new Set(importers.map(({ file }) => islandOf(file)))
  return sources.filter(({ file }) => folders.has(islandOf(file))).map(({ code }) => code)
}

/** `staff`, `ui`, `features/envios`. */
const islandOf = (file: string) =>
  file
    .split(/[\\/]/u)
    .slice(0, file.startsWith('features') ? 2 : 1)
    .join('/')

/** Pieces of code that put a key together: `chip.${state}` makes the family /^chip\..+$/. */
const familiesOf = (code: string): RegExp[] =>
  [...code.matchAll(/`((?:[^`\s$]|\$\{[^`{}]*\})*)`/gu)].map(([, template]) => {
    const parts = template!.split(/\$\{[^}]*\}/u).map((part) => part.replace(/[.*+?^()|[\]\\]/gu, '\\$&'))
    return new RegExp(`^${parts.join('.+')}$`, 'u')
  })

/** Families whose keys are put together from values alone: `t(chip)`. */
const WHOLE_KEYS: Record<string, RegExp> = { chips: /^[a-z_]+$/u }

test.each(areas)('every word of «%s» is said somewhere', (area) => {
  const code = speakersOf(area).join('\n')
  const families = familiesOf(code).filter((family) => !family.test('\u0000'))
  const isSaid = (key: string) =>
    [`'${key}'`, `"${key}"`, `\`${key}\``].some((literal) => code.includes(literal)) ||
    families.some((family) => family.test(key)) ||
    (WHOLE_KEYS[area]?.test(key) ?? false)
  expect(ownKeysOf(area).filter((key) => !isSaid(key))).toEqual([])
})

test.each(areas)('no word of «%s» is missing', (area) => {
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
