/** What the desk reads of the analysis: pages, search, and likely twins with the reason why. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SortingItem, TwinPair } from '@/features/propuestas/findings'
import { callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as an from './findingFixtures'
import * as fx from './fixtures'

let db: TestDatabase
let otomi: fx.Sent
let again: fx.Sent
let phone: fx.Sent
beforeAll(async () => {
  db = await createTestDatabase()
  const say = (body: string) => an.published(db, { body })
  otomi = await say(
    'Traducir los avisos al otomí con gente de la comunidad, y que se les pague por ese trabajo.',
  )
  again = await say(
    'Que se traduzcan los avisos al otomi con personas de la comunidad y se pague su trabajo.',
  )
  phone = await say('Pongan un número de teléfono al que sí contesten en la sierra.')
})
afterAll(() => db.drop())

const twins = async () =>
  ((await callAs(db, fx.auditor, 'likely_twins', { p_convocatoria: fx.OPEN })) as { items: TwinPair[] }).items
const list = async (args: object = {}) =>
  (await callAs(db, fx.auditor, 'list_sorted', { p_convocatoria: fx.OPEN, ...args })) as {
    items: SortingItem[]
    next: string | null
  }
const ids = (items: readonly SortingItem[]) => items.map(({ submission_id }) => submission_id)

test('two that say the same with other words are a pair, with the stems that both have', async () => {
  const pairs = await twins()
  expect(pairs).toHaveLength(1)
  expect([pairs[0]!.first, pairs[0]!.second].map(({ submission_id }) => submission_id).sort()).toEqual(
    [otomi.id, again.id].sort(),
  )
  expect(pairs[0]!.shared).toEqual(expect.arrayContaining(['otomi', 'comun', 'avis']))
  expect(pairs[0]!.likeness).toBeGreaterThanOrEqual(30)
})

test('the search narrows what is in no finding, without accents too', async () => {
  expect(ids((await list()).items)).toEqual([otomi.id, again.id, phone.id])
  expect(ids((await list({ p_search: 'telefono' })).items)).toEqual([phone.id])
})

test('a merged pair is offered no more, and its twin stands in the finding of the other', async () => {
  const finding = await an.finding(db, 'Avisos en otomí')
  await an.group(db, fx.moderator, otomi.id, finding)
  await an.sort(db, fx.moderator, again.id, { twin_of: otomi.id, ideas: [] })
  expect(await twins()).toEqual([])
  const { items } = await list({ p_finding: finding })
  expect(
    items.map(({ submission_id, twin_folio, twins: count }) => [submission_id, twin_folio, count]),
  ).toEqual([
    [otomi.id, null, 1],
    [again.id, otomi.row.folio, 0],
  ])
  expect(ids((await list()).items)).toEqual([phone.id])
})

test('a page holds fifty and names where the next one begins', async () => {
  await db.pool.query(
    `with more as (
       insert into app.submissions (id, convocatoria_id, kind, folio, captured_at, late, state)
       select gen_random_uuid(), $1, 'propuestas', 'PR-2026-9' || lpad(n::text, 5, '0') || '-0', app.now(), false, 'accepted'
       from generate_series(1, 60) n returning id)
     insert into app.propuestas (submission_id, body) select id, 'Una propuesta de relleno bastante larga.' from more`,
    [fx.OPEN],
  )
  const first = await list()
  const second = await list({ p_after: first.next })
  expect([first.items.length, second.items.length, second.next]).toEqual([50, 11, null])
  expect(new Set([...ids(first.items), ...ids(second.items)]).size).toBe(61)
})
