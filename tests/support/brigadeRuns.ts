/**
 * Random histories of two promoters' phones that capture, die, send, hand over and send the same twice. Nothing is lost, nothing is
 * doubled, and no phone says received before the database has it.
 */
import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { expect } from 'vitest'
import { cardOf } from '@/campaign/card/card'
import { db as phones } from '@/data/db'
import { Fault } from '@/domain/fault'
import type { Op } from '@/domain/ops'
import { closeCapture, retryCapture, saveCapture } from '@/features/propuestas/staff/captura/capture'
import { newCode, noteHanded, packCaptures, takeCaptures } from '@/features/propuestas/staff/captura/handOver'
import { listCaptures, listSent } from '@/features/propuestas/staff/captura/keptCaptures'
import { sendCaptures } from '@/features/propuestas/staff/captura/sendCaptures'
import * as fx from '../sql/fixtures'
import type { TestDatabase } from './database'

/** Two phones: the rows of a phone are under the id of its member. */
const MEMBERS = [fx.moderator, fx.coordinator] as const
const idOf = (phone: number) => MEMBERS[phone]!.sub!

let db: TestDatabase
let isDying = false
let form: Awaited<ReturnType<typeof fx.propuesta>>
/** How often each step was taken, and how many people were captured. */
let counts: Record<string, number>
const count = (what: string) => void (counts[what] = (counts[what] ?? 0) + 1)

async function prepare(database: TestDatabase): Promise<void> {
  ;[db, counts] = [database, {}]
  form = await fx.propuesta(db)
  phones.meta.hook('deleting', () => {
    if (isDying) throw new Error('killed')
  })
}

const step = fc.record({
  what: fc.constantFrom('capture', 'capture', 'send', 'send', 'hand', 'both'),
  phone: fc.nat(1),
  card: fc.option(fc.nat(1)),
  fault: fc.constantFrom('none', 'lost', 'unanswered', 'killed'),
})
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

/** The line between a phone and the database, with its fault. */
const lineOf = (phone: number, fault: Step['fault']) => async (ops: Op[]) => {
  if (fault === 'lost') throw new Fault('offline', true)
  const verdicts = await fx.apply(db, MEMBERS[phone]!, ...ops)
  if (fault === 'unanswered') throw new Fault('timeout', true)
  isDying = fault === 'killed'
  return { now: '', verdicts }
}

async function send(phone: number, fault: Step['fault']) {
  await sendCaptures(idOf(phone), lineOf(phone, fault)).catch((error: unknown) => {
    if (!isDying) throw error
  })
  isDying = false
}

async function capture({ phone, card }: Step, cards: readonly string[]): Promise<string> {
  const id = await saveCapture(idOf(phone), form, { channel: 'brigade', isOpen: true })
  const bound = card === null ? null : await cardOf(cards[card]!)
  await closeCapture(idOf(phone), id, bound).catch(() => closeCapture(idOf(phone), id, null)) // it is on another one here
  return id
}

async function hand(from: number) {
  const code = newCode()
  const { text, ids } = await packCaptures(idOf(from), code)
  await takeCaptures(idOf(1 - from), text, code)
  await noteHanded(idOf(from), ids)
}

async function play(one: Step, cards: readonly string[]): Promise<string[]> {
  count(one.what)
  if (one.what === 'send' && one.fault !== 'none') count(one.fault)
  if (one.what === 'capture') return [await capture(one, cards)]
  if (one.what === 'send') await send(one.phone, one.fault)
  else if (one.what === 'hand') await hand(one.phone)
  else await Promise.all([send(0, one.fault === 'killed' ? 'none' : one.fault), send(1, 'none')])
  return []
}

/** With signal, and members who take used cards off, every phone becomes empty. */
async function heal() {
  for (let round = 0; round < 4; round += 1)
    for (const phone of [0, 1]) {
      const stuck = (await listCaptures(idOf(phone))).filter(({ state }) => state === 'stuck')
      for (const { capture_id } of stuck) await retryCapture(idOf(phone), capture_id, true)
      await send(phone, 'none')
    }
}

const storedOf = async (ids: readonly string[]) => {
  const { rows } = await db.pool.query<{ capture_id: string }>(
    `select c.capture_id from app.captured_propuestas c join app.propuestas p on p.submission_id = c.submission_id
     where c.capture_id = any ($1) order by 1`,
    [ids],
  )
  return rows.map(({ capture_id }) => capture_id)
}
const heldOf = async () =>
  (await Promise.all([0, 1].map((phone) => listCaptures(idOf(phone))))).flat().map((one) => one.capture_id)

/** Whether every capture is on a phone or in the database. */
async function isWhole(captured: readonly string[]) {
  const known = new Set([...(await heldOf()), ...(await storedOf(captured))])
  return captured.every((id) => known.has(id))
}

/** One history, until every phone is empty again. */
async function live(steps: readonly Step[]): Promise<void> {
  await phones.meta.clear()
  const cards = [fx.newSecret(), fx.newSecret()]
  const captured: string[] = []
  for (const one of steps) {
    captured.push(...(await play(one, cards)))
    expect(await isWhole(captured)).toBe(true)
  }
  await heal()
  expect(await heldOf()).toEqual([])
  expect(await storedOf(captured)).toEqual(captured.toSorted())
  const said = await Promise.all([0, 1].map((phone) => listSent(idOf(phone), fx.OPEN)))
  expect([...new Set(said.flat())].toSorted()).toEqual(captured.toSorted())
  expect((await phones.meta.toArray()).filter(({ key }) => !key.includes(':sent:'))).toEqual([])
}

/** Plays so many histories, and answers how often each step was taken. */
export async function expectBrigades(
  database: TestDatabase,
  { count: numRuns, seed }: { count: number; seed: number },
): Promise<Record<string, number>> {
  await prepare(database)
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), live), { numRuns, seed })
  const { rows } = await db.pool.query<{ extra: string }>(
    `select count(*) as extra from app.submissions s where s.convocatoria_id = $1 and exists (
       select from app.consents c where c.submission_id = s.id and c.channel = 'brigade')
       and not exists (select from app.captured_propuestas c where c.submission_id = s.id)`,
    [fx.OPEN],
  )
  expect(rows).toEqual([{ extra: '0' }])
  return counts
}
