/**
 * What is promised is kept: each sentence of the demonstration's avisos and campaigns, and of citizens' screens, that
 * promises something names the test that keeps it, or the people who do. A new sentence without an entry fails.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { campaignPromises } from './testing/campaignPromises'
import { BROWSER, type Kept, LAW, PEOPLE } from './testing/keepers'
import { minorPromises } from './testing/minorPromises'
import { noticePromises } from './testing/noticePromises'
import { screenPromises } from './testing/screenPromises'
import { seatPromises } from './testing/seatPromises'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

/** What a promise sounds like: a deed of ours to come, a term, or what happens to somebody's words. */
const IN_NOTICES =
  /\b(respond|avis(ar|amos)|se borra|borramos|retir|hasta |después d|a más tardar|volvemos a|deja de|se cumple|presenta|public|subtítul|constancia|mesa|transfiere|emit|lista de espera|autoriza|cuenta si|sin conexión|nada sale|asigna|anónima|sin dar|respuesta|la confirmación|elige|ve todos|horas|cambia el|termina de|registrar|expresa)/iu
const ON_SCREENS =
  /(\b(te|le|les) (respond(?!imos)|avis|mand|llega|damos|enviamos)|no se publica|se publica si|se borra|se borró el|se borraron|borraremos|retiraremos|cancelaremos|deshacerlo hasta|quien lo tenga|sin plazo|conservar su lugar|no se guarda quién|decidirá|sigue con nosotros|no borrará|quedará marcad|pedir la lista|pasará a|verá si|nos llegue tu cambio|se suman a|se anota que|cinco o más|puedes (corregir hasta|agregar la|dejarla))/iu

const sentences = (text: string) =>
  text
    .split(/(?<=[.?!])\s+|\s*\\n(?:\\n)?|\n+/u)
    .map((one) => one.trim())
    .filter(Boolean)

/** Every text of a JSON value. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : value && typeof value === 'object'
      ? Object.values(value).flatMap(textsIn)
      : []

/** The avisos and the campaigns of the seed. What it recreates from the minutes tells of 2021 and promises nothing. */
function seedTexts(): string[] {
  const seed = read('supabase/seed.sql')
  const part = seed.slice(seed.indexOf('-- Avisos de privacidad'), seed.indexOf('-- The strategy ---'))
  const notices = [...part.matchAll(/\$j\$(.*?)\$j\$/gsu)].flatMap(([, json]) => textsIn(JSON.parse(json!)))
  const rest = part.replaceAll(/\$j\$.*?\$j\$/gsu, '').replaceAll(/--.*/gu, '')
  const literals = [...rest.matchAll(/'((?:[^']|'')*)'/gu)].map(([, literal]) => literal!)
  return [...notices, ...literals].filter((text) => !/\bacta\b|Infoem|compromiso/u.test(text))
}

/** The screens of citizens: staff read theirs with the institution's rules at hand. */
const OF_STAFF =
  /^staff|Staff|[sS]tudio|^(problems|portable|preview|refusals|jornadasReschedule|jornadasDoor|jornadasRegistrations)$/u
function screenTexts(): string[] {
  const folder = new URL('./es-MX/', import.meta.url)
  const names = readdirSync(folder).map((name) => name.replace('.json', ''))
  return names
    .filter((name) => !OF_STAFF.test(name))
    .flatMap((name) => textsIn(JSON.parse(read(`src/i18n/es-MX/${name}.json`))))
}

const promised = (texts: readonly string[], sound: RegExp) =>
  [...new Set(texts.flatMap(sentences))].filter((one) => sound.test(one) && /[.a-záéíóúñ]$/iu.test(one))

describe.each<[string, readonly Kept[], () => string[], RegExp]>([
  ['avisos and campaigns', [...noticePromises, ...campaignPromises], seedTexts, IN_NOTICES],
  ['screens', [...screenPromises, ...seatPromises, ...minorPromises], screenTexts, ON_SCREENS],
])('the promises of %s', (_, table, texts, sound) => {
  const entries = table.flatMap(({ words }) => words)

  test('each has an entry', () => {
    const known = new Set(entries)
    expect(promised(texts(), sound).filter((one) => one.endsWith('.') && !known.has(one))).toEqual([])
  })

  test('each entry is a sentence that people read, once', () => {
    const all = new Set(texts().flatMap(sentences))
    expect(entries.filter((one) => !all.has(one))).toEqual([])
    expect(new Set(entries).size).toBe(entries.length)
  })

  test('each test that keeps one exists', () => {
    const tests = table.map(({ by }) => by).filter((by) => ![PEOPLE, LAW, BROWSER].includes(by))
    const missing = tests.filter((by) => {
      const [file, title] = by.split(' › ')
      return !existsSync(new URL(`../../${file}`, import.meta.url)) || !read(file!).includes(title!)
    })
    expect(missing).toEqual([])
  })
})

test('nothing of the demonstration or of the templates promises subtitles or rights by folio', () => {
  const templates = ['propuestas', 'videos', 'jornadas'].flatMap((kind) => [
    read(`src/features/${kind}/staff/studio/notice.ts`),
    read(`src/features/${kind}/staff/studio/template.ts`),
  ])
  const words = [...seedTexts(), ...templates, read('src/staff/studio/notice/template.ts')]
  const found = (texts: string[], unkept: RegExp) =>
    texts.flatMap(sentences).filter((one) => unkept.test(one))
  expect(found(words, /subtítulos/iu)).toEqual([]) // staff make them, and may not
  expect(found([...words, ...screenTexts()], /basta con (su|tu|el) folio/iu)).toEqual([])
})
