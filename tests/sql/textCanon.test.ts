/** Texts have one form, which the phone and the database compute alike. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { canon, canonJson, tidied, visibleLength } from '@/domain/canon'
import { createTestDatabase, type TestDatabase } from '../support/database'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

/** What people and machines put into texts: breaks, marks, joiners, blanks, emoji, and letters that compose. */
const PIECES = [
  ...'\r|\n|\r\n|\t|\v|\f|\u0085|\u2028|\u2029|\u0001|\u001b|\u007f|\u0080|\u009f'.split('|'),
  ...'\u00a0|\u3000|\u00ad|\u034f|\u061c|\u180e|\u200b|\u200c|\u200d|\u200e|\u202e|\u2060|\u2063'.split('|'),
  ...'\u2066|\u2069|\u206f|\ufeff|\ufff9|\ufffc|\ufffd|\uffff|\u2800|\u3164|\u115f|\uffa0|\u17b4'.split('|'),
  ...'\ufe0f|\ufe0e|\u{e0100}|\u0301|\u0331|\u0338|\u20e3|\u0653|\u093c|\u302a'.split('|'),
  ...'a|e|i|ñ|ꞌ|ꞌ|n\u0331|\u0915|\u094d|\u0627|\u06cc|\u05d0|\u0e01|\u2adc|\u2190|\u1100|\u1161'.split('|'),
  ...'👩|👨|💻|❤|🏳|🌈|🏴|☠|🏽|©|\u{e0067}|\u{e007f}|\u{1f1f2}|\u{1d15e}|\u212b|\u0958|ﬁ'.split('|'),
]
const storable = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...PIECES) },
      fc.constantFrom(' ', 'hola', 'Ayuntamiento', '¿', '—', '“'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => !text.includes('\u0000') && text.isWellFormed())

interface Forms {
  canon: string
  tidied: string
  length: number
}
const inTypeScript = (text: string): Forms => ({
  canon: canon(text),
  tidied: tidied(text),
  length: visibleLength(text),
})

/** Postgres composes as of Unicode 15.1, so texts with newer characters are left out. */
async function inSql(texts: readonly string[]): Promise<(Forms & { text: string })[]> {
  const { rows } = await db.pool.query<Forms & { text: string }>(
    `select t as text, app.canon(t) as canon, app.tidied(t) as tidied, app.visible_length(t) as length
     from unnest($1::text[]) with ordinality as x (t, n) where unicode_assigned(t) order by n`,
    [texts],
  )
  return rows
}

test('8,000 generated texts have the same form and length in SQL and TypeScript, and the form is its own form', async () => {
  const rows = await inSql(fc.sample(storable, 8000))
  expect(rows.length).toBeGreaterThan(5000)
  for (const { text, ...row } of rows) {
    const seen = JSON.stringify(text)
    expect({ seen, ...row }).toEqual({ seen, ...inTypeScript(text) })
    expect([seen, canon(row.canon)]).toEqual([seen, row.canon])
    expect([seen, tidied(row.tidied)]).toEqual([seen, row.tidied])
  }
})

test('a joiner that is left alone when marks change places goes too', async () => {
  const text = '"\u0301\u200d\u093c\u200d"'
  const [row] = await inSql([text])
  expect([row!.canon, canon(text), canon(canon(text))]).toEqual(Array(3).fill('"\u093c\u0301"'))
})

test('every character has the same form and draws or not in SQL and TypeScript', async () => {
  const points = Array.from({ length: 0xe0200 }, (_, point) => point).filter(
    (point) => point > 0 && (point < 0x3400 || point > 0xa000) && (point < 0x20000 || point >= 0xe0000),
  )
  const characters = points.map((point) => String.fromCodePoint(point)).filter((one) => one.isWellFormed())
  const rows = await inSql([...characters, ...characters.map((one) => `a${one}`)])
  expect(rows.length).toBeGreaterThan(100_000)
  const wrong = rows.filter(({ text, ...row }) => {
    const here = inTypeScript(text)
    return row.canon !== here.canon || row.length !== here.length || row.tidied !== here.tidied
  })
  expect(wrong.map(({ text }) => JSON.stringify(text))).toEqual([])
})

test('the texts inside of 2,000 generated JSON values have their form in SQL and TypeScript', async () => {
  const values = fc.sample(
    fc
      .jsonValue({ maxDepth: 3 })
      .chain((value) => storable.map((text) => ({ [text]: value, text, list: [text, value] }))),
    2000,
  )
  const texts = values.map((value) => JSON.stringify(value)).filter((text) => !/\\u0000|\\ud/u.test(text))
  const { rows } = await db.pool.query<{ given: string; value: unknown }>(
    `select t as given, app.canon_json(t::jsonb) as value from unnest($1::text[]) t where unicode_assigned(t)`,
    [texts],
  )
  expect(rows.length).toBeGreaterThan(800)
  for (const { given, value } of rows) {
    // Postgres writes numbers as it keeps them, so that both sides are read from its own form.
    expect([given, value]).toEqual([given, canonJson(JSON.parse(given))])
  }
})

test('a formatted text keeps its mark, and only at its beginning', async () => {
  const { rows } = await db.pool.query<{ formatted: string; plain: string }>(
    `select app.canon(t, true) as formatted, app.canon(t) as plain from unnest($1::text[]) t`,
    [['\u2063**a\u2063\u200bb**\v', 'a\u2063']],
  )
  expect(rows).toEqual([
    { formatted: '\u2063**ab**\n', plain: '**ab**\n' },
    { formatted: 'a', plain: 'a' },
  ])
})
