/**
 * Each table declares, in its comment, the personal data it has, who reads them, how long they are kept and what
 * deletes them. docs/data.md is written from these comments (`-u`).
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database'

let db: TestDatabase
let tables: { name: string; declared: string | null }[]
beforeAll(async () => {
  db = await createTestDatabase()
  const { rows } = await db.pool.query<(typeof tables)[number]>(
    `select c.relname as name, obj_description(c.oid, 'pg_class') as declared from pg_class c
     where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') order by c.relname`,
  )
  tables = rows
})
afterAll(() => db.drop())

const FORM = /^Personal data: (.+)\. Readers: (.+)\. Kept: (.+)\. Deleted by: (.+)\.$/u

/**
 * Personal data that nothing deletes: what an institution publishes of itself and the acts of its staff, which the
 * archive law keeps. No table of citizens is among them. The list may only become shorter.
 */
const KEPT_WITHOUT_END = [
  'body_events',
  'body_imports',
  'convocatoria_events',
  'institution',
  'institution_events',
  'jornada_changes',
  'reply_templates',
  'staff',
  'staff_events',
]

test('every table declares its personal data, their readers, how long they are kept and what deletes them', () => {
  expect(tables.filter(({ declared }) => !FORM.test(declared ?? '')).map(({ name }) => name)).toEqual([])
})

test('what a declaration names as deleting exists', async () => {
  const named = tables.flatMap(({ declared }) => FORM.exec(declared ?? '')?.[4] ?? [])
  const { rows } = await db.pool.query<{ name: string }>(
    `select distinct pronamespace::regnamespace || '.' || proname as name from pg_proc where prosrc ilike '%delete%'`,
  )
  const deleting = new Set(rows.map(({ name }) => name))
  expect(named.filter((name) => name !== 'nothing' && !deleting.has(name))).toEqual([])
})

test('the tables whose personal data nothing deletes are the known ones', () => {
  const endless = tables.filter(({ declared }) => {
    const [, personal, , , by] = FORM.exec(declared ?? '') ?? []
    return personal !== 'none' && by === 'nothing'
  })
  expect(endless.map(({ name }) => name)).toEqual(KEPT_WITHOUT_END)
})

test('docs/data.md says what the tables declare', async () => {
  const lines = tables.map(({ name, declared }) => {
    const [, ...parts] = FORM.exec(declared ?? '') ?? []
    return `| ${[`\`${name}\``, ...parts].join(' | ')} |`
  })
  const words = [
    '# What is kept of people',
    '',
    'Written by `tests/sql/declarations.test.ts` from the comments of the tables (`-u`). «nothing» in the last column: the',
    'rows stay; none of them is of citizens. Decision 0046 names the periods and what each rule deletes.',
    '',
    '| table | personal data | readers | kept | deleted by |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ]
  await expect(words.join('\n')).toMatchFileSnapshot('../../docs/data.md')
})
