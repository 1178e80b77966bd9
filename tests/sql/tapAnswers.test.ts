/** «¿Ayuda?» answered by one tap: one answer for each secret and action, its consent, its totals and the rule of bursts. */
import canonicalize from 'canonicalize'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CampaignResults, ResultFigures, ResultsDesk } from '@/features/propuestas/results'
import { figuresOf, rowsIn } from '../../scripts/results/figures'
import { linesOf } from '../../supabase/functions/open-data/format'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import { CLOSED, writeEdition } from './resultFixtures'
import { retentionOn } from './retentionFixtures'

let db: TestDatabase
let notice_hash: string
let other: string
const { receipts, atTheEdge } = retentionOn(() => db)
beforeAll(async () => {
  db = await createTestDatabase()
  notice_hash = (await fx.propuesta(db)).notice_hash
  const { rows } = await db.pool.query<{ id: string }>(
    `select id from app.parts where convocatoria_id = $1 and kind = 'action' and id <> $2 order by position limit 1`,
    [fx.OPEN, fx.ACTION],
  )
  other = rows[0]!.id
})
beforeEach(async () => {
  await fx.setClock(db, null)
  await db.pool.query('delete from app.tap_answers')
  await db.pool.query('delete from app.caller_calls')
})
afterAll(() => db.drop())

const payload = (unlinked: unknown, more: object = {}) => ({
  convocatoria_id: fx.OPEN,
  notice_hash,
  locale: 'es-MX',
  consented_at: '2026-01-01T10:00:00Z',
  consent: 'ayuda-1',
  unlinked,
  ...more,
})
const opOf = (body: object, secret = fx.newSecret(), id: string = crypto.randomUUID()) =>
  fx.op('tap.answer', id, body, { secret })
const send = async (body: object, secret?: string) => {
  const verdict = await fx.applyOne(db, anon, opOf(body, secret))
  return verdict.status === 'refused' ? verdict.code : verdict.status
}
const withdrawal = { convocatoria_id: fx.OPEN, withdraw: true }
const kept = async () =>
  (
    await db.pool.query<{ part_id: string; helps: string }>(
      'select part_id, helps from app.tap_answers order by secret_hash, part_id',
    )
  ).rows
const desk = async () =>
  ((await callAs(db, fx.coordinator, 'results_desk', { p_id: fx.OPEN })) as ResultsDesk).taps

test('many answers come in one op, each secret has one for an action, and a later one changes it', async () => {
  const secret = fx.newSecret()
  expect(await send(payload({ [fx.ACTION]: 'no', [other]: 'partly' }), secret)).toBe('applied')
  expect(await kept()).toHaveLength(2)
  await send(payload({ [fx.ACTION]: 'yes', [other]: null }), secret)
  expect(await kept()).toEqual([{ part_id: fx.ACTION, helps: 'yes' }])
  await send(payload({ [fx.ACTION]: 'no' }))
  expect(await kept()).toHaveLength(2)
})

test('an op that is sent again changes nothing, and its receipt has no answer', async () => {
  const secret = fx.newSecret()
  const first = opOf(payload({ [fx.ACTION]: 'no' }), secret)
  await fx.applyOne(db, anon, first)
  await send(payload({ [fx.ACTION]: 'yes' }), secret)
  expect(await fx.applyOne(db, anon, first)).toMatchObject({ status: 'applied', row: null })
  expect(await kept()).toEqual([{ part_id: fx.ACTION, helps: 'yes' }])
  const { rows } = await db.pool.query<{ hash: string; same: boolean }>(
    `select payload_hash as hash, payload_hash = app.op_hash($2::jsonb) as same from app.op_receipts where op_id = $1`,
    [first.op_id, JSON.stringify({ ...first, payload: payload({ [fx.ACTION]: 'partly' }) })],
  )
  expect(rows[0]!.same).toBe(true)
})

test('answers are taken back with their secret and no other, also after the closing', async () => {
  const secret = fx.newSecret()
  await send(payload({ [fx.ACTION]: 'no', [other]: 'no' }), secret)
  await send(withdrawal)
  expect(await kept()).toHaveLength(2)
  await fx.setClock(db, CLOSED)
  expect(await send(withdrawal, secret)).toBe('applied')
  expect(await kept()).toEqual([])
})

test('keeps the words that were agreed to, their notice and when, and no secret', async () => {
  const secret = fx.newSecret()
  await send(payload({ [fx.ACTION]: 'no' }), secret)
  const { rows } = await db.pool.query(
    'select consent, notice_id, locale, consented_at, in_burst, secret_hash = $1 as bare from app.tap_answers',
    [secret],
  )
  expect(rows).toEqual([
    {
      consent: 'ayuda-1',
      notice_id: fx.NOTICE,
      locale: 'es-MX',
      consented_at: new Date('2026-01-01T10:00:00Z'),
      in_burst: false,
      bare: false,
    },
  ])
})

test.each<[string, unknown, object, string]>([
  ['a notice of before', { [fx.ACTION]: 'no' }, { notice_hash: 'x' }, 'notice_outdated'],
  ['a consent that there is not', { [fx.ACTION]: 'no' }, { consent: 'otro' }, 'consent_missing'],
  ['no instant', { [fx.ACTION]: 'no' }, { consented_at: 'hoy' }, 'malformed_op'],
  ['no answers', {}, {}, 'malformed_op'],
  ['another answer', { [fx.ACTION]: 'maybe' }, {}, 'malformed_op'],
  ['a list', [fx.ACTION], {}, 'malformed_op'],
  ['a paragraph', { [fx.PARAGRAPH]: 'no' }, {}, 'part_unknown'],
  ['a part that there is not', { [fx.NOTICE]: 'no' }, {}, 'part_unknown'],
  [
    'a campaign of another kind',
    { [fx.ACTION]: 'no' },
    { convocatoria_id: fx.COMING },
    'convocatoria_unknown',
  ],
])('with %s is refused, and nothing of it is kept', async (_, unlinked, more, code) => {
  expect(await send(payload(unlinked, more))).toBe(code)
  expect(await kept()).toEqual([])
})

test('after the closing nothing more is received', async () => {
  await fx.setClock(db, CLOSED)
  expect(await send(payload({ [fx.ACTION]: 'no' }))).toBe('convocatoria_closed')
})

test('totals come after the closing, hide what points at few, and leave out a burst by a rule that they name', async () => {
  await db.pool.query(`create or replace function app.taps_counted() returns int language sql as 'select 7'`)
  await db.pool.query(
    `create or replace function app.caller_hash() returns text language sql as $$ select 'one' $$`,
  )
  const first = fx.newSecret()
  await send(payload({ [fx.ACTION]: 'yes' }), first)
  for (let place = 0; place < 6; place++)
    await send(payload({ [fx.ACTION]: 'yes', [other]: place < 5 ? 'no' : 'yes' }))
  expect(await send(payload({ [fx.ACTION]: 'no', [other]: 'no' }))).toBe('applied') // the eighth phone is in the burst
  await send(payload({ [fx.ACTION]: 'yes', [other]: 'no' }), first) // a counted phone stays counted
  expect(await desk()).toEqual([])
  await fx.setClock(db, CLOSED)
  const counts = Object.fromEntries(
    (await desk()).map((one) => [`${one.clave} ${one.respuesta}`, one.cuenta]),
  )
  const { rows } = await db.pool.query<{ number: string }>(
    'select number from app.parts where id = any ($1) order by id = $2 desc',
    [[fx.ACTION, other], fx.ACTION],
  )
  const [action, second] = rows.map(({ number }) => number)
  expect(counts).toEqual({
    'respuestas null': 14,
    'respuestas_excluidas null': 2,
    'telefonos_por_red_y_hora null': 7,
    [`${action} si`]: 7,
    [`${action} en_parte`]: 0,
    [`${action} no`]: 0,
    [`${second} si`]: null,
    [`${second} en_parte`]: null,
    [`${second} no`]: null,
  })
  await callAs(db, fx.coordinator, 'publish_results', { p_id: fx.OPEN, p_number: 1 })
  const steps = await writeEdition(db)
  const { edition } = (await callAs(db, anon, 'campaign_results', {
    p_convocatoria: fx.OPEN,
  })) as CampaignResults
  const lines = steps
    .filter(({ work }) => work === 'page')
    .map(({ head, rows: of }) => linesOf([...head!, ...of!]))
  expect(canonicalize(figuresOf(rowsIn(lines)))).toBe(edition.figures)
  const figures = JSON.parse(edition.figures) as ResultFigures
  expect(figures.totals).toMatchObject({
    respuestas: 14,
    respuestas_excluidas: 2,
    telefonos_por_red_y_hora: 7,
  })
  expect(
    figures.parts
      .filter(({ taps }) => taps)
      .map(({ number }) => number)
      .sort(),
  ).toEqual([action, second].sort())
})

test('goes with the records of its campaign, with a receipt', async () => {
  await send(payload({ [fx.ACTION]: 'no' }))
  const [before, after] = await atTheEdge(
    `select app.end_of_campaign(c) + make_interval(years => app.kept_for(c, 'keep_records_years')) from app.convocatorias c where c.id = $1`,
    fx.OPEN,
    kept,
  )
  expect([before.length, after.length]).toEqual([1, 0])
  expect(await receipts('taps')).toEqual([[expect.any(Number), 1]])
})
