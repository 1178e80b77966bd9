/** The renewed text of a strategy: what a change must name, two people, and the frozen text with its hash. */
import { createHash, randomUUID } from 'node:crypto'
import canonicalize from 'canonicalize'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RenewalDesk, RenewedStrategy } from '@/features/propuestas/renewal'
import { type Actor, anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import { answeredFinding, CLOSED } from './resultFixtures'

let db: TestDatabase
let finding: string
beforeAll(async () => {
  db = await createTestDatabase()
  finding = await answeredFinding(db, 'Mesas en sábado')
})
afterAll(() => db.drop())

const desk = (actor: Actor = fx.coordinator) =>
  callAs(db, actor, 'strategy_renewal', { p_id: fx.OPEN }) as Promise<RenewalDesk>
const save = async (parts: object[], actor: Actor = fx.coordinator) =>
  callAs(db, actor, 'save_renewal', {
    p_id: fx.OPEN,
    p_version: (await desk()).version,
    p_data: JSON.stringify({ parts }),
  }) as Promise<RenewalDesk>
const act = async (fn: 'offer_renewal' | 'approve_renewal', actor: Actor) =>
  callAs(db, actor, fn, { p_id: fx.OPEN, p_version: (await desk()).version }) as Promise<RenewalDesk>
const same = (id: string) => ({ id, change: 'same', findings: [], why: 'Nadie pidió cambiarla.' })
/** Every part stays but the action, which reads otherwise because of the finding. */
const whole = async (change: object = {}) =>
  (await desk()).strategy.parts.map(({ id, title }) =>
    id === fx.ACTION
      ? {
          id,
          change: 'changed',
          findings: [finding],
          why: '',
          title,
          body: 'Cinco mesas; dos en sábado.',
          ...change,
        }
      : same(id),
  )

test('a draft says what it lacks: untouched parts, a finding, its answer, a reason, a change', async () => {
  const before = await desk()
  expect(before.problems.every(({ code }) => code === 'renewal_part_open')).toBe(true)
  expect(before.problems).toHaveLength(before.strategy.parts.length)
  const unanswered = randomUUID()
  await db.pool.query(
    'insert into app.findings (id, convocatoria_id, title, position, created_by) values ($1, $2, $3, 2, $4)',
    [unanswered, fx.OPEN, 'Sin respuesta', fx.coordinator.sub],
  )
  const old = before.strategy.parts.find(({ id }) => id === fx.ACTION)!
  const codes = async (change: object) => (await save(await whole(change))).problems.map(({ code }) => code)
  expect(await codes({})).toEqual([])
  expect(await codes({ findings: [] })).toEqual(['renewal_finding_required'])
  expect(await codes({ findings: [unanswered] })).toEqual(['renewal_answer_missing'])
  expect(await codes({ body: old.body })).toEqual(['renewal_same_text'])
  expect(await codes({ change: 'removed' })).toEqual(['text_required'])
  await expect(save(await whole({ change: 'added' }))).rejects.toThrow('malformed_op')
  await expect(save(await whole({ findings: 'x' }))).rejects.toThrow('malformed_op')
})

test('a new part needs a free number in a topic of the strategy', async () => {
  const { strategy } = await desk()
  const added = {
    id: randomUUID(),
    change: 'added',
    kind: 'paragraph',
    topic_id: strategy.topics[0]!.id,
    findings: [finding],
    why: '',
    title: '',
    body: 'Un párrafo nuevo.',
  }
  const codes = async (number: string) =>
    (await save([...(await whole()), { ...added, number }])).problems.map(({ code }) => code)
  expect(await codes(strategy.parts[0]!.number)).toEqual(['number_taken'])
  expect(await codes('99')).toEqual([])
  await expect(save([{ ...added, topic_id: randomUUID(), number: '99' }])).rejects.toThrow('malformed_op')
})

test('who wrote does not approve, what was handed over is saved anew, and an older version is a conflict', async () => {
  await save(await whole())
  await expect(act('approve_renewal', fx.admin)).rejects.toThrow('renewal_not_offered')
  await act('offer_renewal', fx.coordinator)
  await expect(act('approve_renewal', fx.coordinator)).rejects.toThrow('renewal_second_person')
  await expect(act('approve_renewal', fx.admin)).rejects.toThrow('still_receiving')
  expect((await save(await whole(), fx.admin)).offered_at).toBeNull()
  await expect(callAs(db, fx.coordinator, 'offer_renewal', { p_id: fx.OPEN, p_version: 1 })).rejects.toThrow(
    'conflict',
  )
})

test('the approved text is frozen, public and canonical, and its hash is that of its bytes', async () => {
  await save(await whole())
  await act('offer_renewal', fx.coordinator)
  await fx.setClock(db, CLOSED)
  const approved = await act('approve_renewal', fx.admin)
  await fx.setClock(db, null)
  const shown = (await callAs(db, anon, 'renewed_strategy', { p_convocatoria: fx.OPEN })) as RenewedStrategy
  const document = JSON.parse(shown.text)
  expect(canonicalize(document)).toBe(shown.text)
  expect(createHash('sha256').update(shown.text).digest('hex')).toBe(shown.hash)
  expect(approved.approved).toMatchObject([{ number: 1, hash: shown.hash }])
  const part = document.parts.find(({ id }: { id: string }) => id === fx.ACTION)
  expect(part).toMatchObject({
    change: 'changed',
    new: { body: 'Cinco mesas; dos en sábado.' },
    findings: [{ id: finding, title: 'Mesas en sábado' }],
  })
  await expect(db.pool.query("update app.renewals set text = 'x'")).rejects.toThrow('append-only')
  await save(await whole({ body: 'Seis mesas.' }))
  expect(await callAs(db, anon, 'renewed_strategy', { p_convocatoria: fx.OPEN })).toEqual(shown)
})
