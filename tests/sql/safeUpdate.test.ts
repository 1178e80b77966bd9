/** A hosted project loads pg-safeupdate, which stops every UPDATE and DELETE without a WHERE, also inside functions. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

const withoutNoise = (body: string) =>
  body
    .replace(/--.*$/gm, '')
    .replace(/'(?:[^']|'')*'/g, "''")
    .replace(/\s+/g, ' ')
    .toLowerCase()

/** From `start` to the end of the statement: a semicolon, or the bracket that closes what the statement stands in. */
function statementAt(text: string, start: number): string {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    if (text[at] === ')') depth -= 1
    if (depth < 0 || (depth === 0 && text[at] === ';')) return text.slice(start, at)
  }
  return text.slice(start)
}

/** The statement without what stands in brackets, so that a WHERE of a subquery does not count. */
function ownWords(statement: string): string {
  let text = statement
  while (/\([^()]*\)/.test(text)) text = text.replace(/\([^()]*\)/g, '')
  return text
}

/** The statements of a function's body that change rows without a condition. */
function loose(body: string): string[] {
  const text = withoutNoise(body)
  return [
    ...text.matchAll(
      /(?<!\b(?:for|do|no key|before|after|or) )\b(?:update (?:only )?[a-z_."]+ |delete from )/g,
    ),
  ]
    .map(({ index }) => statementAt(text, index))
    .filter((statement) => !/\bwhere\b/.test(ownWords(statement)))
}

test.each([
  ['delete from app.a;', 1],
  ['update app.a set b = 1;', 1],
  ["update app.a set b = 'where' -- where\n;", 1],
  ['update app.a set b = (select c from app.d where e);', 1],
  ['with x as (delete from app.a returning 1) select from x where true;', 1],
  ['update app.a x set b = 1 from app.c where c.id = x.id; delete from app.a where b;', 0],
  ['insert into app.a values (1) on conflict (id) do update set b = 1;', 0],
  ['select 1 from app.a where b for update;', 0],
])('the check sees in «%s» %i statement without a condition', (body, count) =>
  expect(loose(body)).toHaveLength(count),
)

test('no function changes rows without a condition', async () => {
  const { rows } = await db.pool.query<{ name: string; body: string }>(
    `select oid::regprocedure::text as name, prosrc as body from pg_proc
     where pronamespace in ('app'::regnamespace, 'public'::regnamespace)`,
  )
  expect(rows.length).toBeGreaterThan(400)
  expect(rows.flatMap(({ name, body }) => loose(body).map((one) => `${name}: ${one}`))).toEqual([])
})
