/** The database and the phone measure folios and days alike. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dammDigit, parseFolio } from '@/domain/folio'
import { decisionsFor, outcomeOf, DECISIONS, STATES } from '@/domain/states'
import { createTestDatabase, type TestDatabase } from '../support/database'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

const ask = async <T>(sql: string, ...args: unknown[]): Promise<T> =>
  (await db.pool.query<{ answer: T }>(`select ${sql} as answer`, args)).rows[0]!.answer

test('the check digit is the same in SQL and TypeScript', async () => {
  const examples = fc.sample(fc.stringMatching(/^\d{1,14}$/), 300)
  const { rows } = await db.pool.query<{ digit: number }>(
    'select app.damm_digit(d) as digit from unnest($1::text[]) with ordinality as x (d, n) order by n',
    [examples],
  )
  expect(rows.map(({ digit }) => digit)).toEqual(examples.map(dammDigit))
})

test.each([
  ['propuestas', 42],
  ['videos', 999_999],
  ['jornadas', 1_000_000],
])('the folio of %s number %i can be typed in any case', async (kind, number) => {
  const folio = await ask<string>('app.compose_folio($1, $2, $3)', kind, '2026', number)
  expect(parseFolio(folio.toLowerCase())).toBe(folio)
})

test('the 125 municipalities have the keys 15001 to 15125', async () => {
  const { rows } = await db.pool.query<{ cve: string; name: string }>(
    'select cve, name from app.municipalities order by cve',
  )
  expect(rows.map(({ cve }) => Number(cve))).toEqual(
    Array.from({ length: 125 }, (_, index) => 15_001 + index),
  )
  expect(rows.find(({ cve }) => cve === '15106')?.name).toBe('Toluca')
})

test('the decisions of each state and their outcomes are the same in SQL and TypeScript', async () => {
  for (const state of STATES)
    expect(await ask('app.decisions_for($1)', state)).toEqual([...decisionsFor(state)])
  for (const decision of DECISIONS)
    expect(await ask('app.outcome_of($1)', decision)).toBe(outcomeOf(decision))
})

test.each([
  ['a Monday', '2026-03-02T10:00:00-06:00', 5, '2026-03-09T23:59:59-06:00'],
  ['a Friday', '2026-03-06T10:00:00-06:00', 5, '2026-03-13T23:59:59-06:00'],
  ['a Saturday', '2026-03-07T10:00:00-06:00', 1, '2026-03-09T23:59:59-06:00'],
  [
    'late on a Friday that is already Saturday in UTC',
    '2026-03-06T23:30:00-06:00',
    1,
    '2026-03-09T23:59:59-06:00',
  ],
  ['the week before a holiday', '2026-03-12T10:00:00-06:00', 2, '2026-03-17T23:59:59-06:00'],
  [
    'a day in April, when Mexico had summer time until 2022',
    '2026-04-03T10:00:00-06:00',
    1,
    '2026-04-06T23:59:59-06:00',
  ],
])('the deadline in business days counted from %s ends in central Mexico', async (_, from, days, until) => {
  await db.pool.query(
    `insert into app.holidays values ('2026-03-16', 'Natalicio de Benito Juárez') on conflict do nothing`,
  )
  expect(await ask<Date>('app.business_deadline($1, $2)', from, days)).toEqual(new Date(until))
})

test.each([
  ['2026-01-01T10:00:00Z', true],
  ['2026-01-01T10:00:00.123456-06:00', true],
  ['now', false],
  ['infinity', false],
  ['2026-02-30T10:00:00Z', false],
  ['2026-01-01', false],
  ['2026-01-01T10:00:00', false],
])('the text %s is a valid instant: %s', async (text, good) => {
  expect((await ask('app.parse_instant($1)', text)) !== null).toBe(good)
})
