/** Calendars that subscribe: what they read, as two independent parsers understand it, and who may read it. */
import ICAL from 'ical.js'
import { convertIcsCalendar } from 'ts-ics'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import words from '@/i18n/es-MX/jornadas.json'
import { calendarKey, newNonce } from '@/data/calendarAddress'
import { localDay } from '@/domain/centralTime'
import { createHandler, type Feed, type Refused } from '../../supabase/functions/calendar/handler'
import { anon, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

let db: TestDatabase
let body: string
beforeAll(async () => {
  db = await createTestDatabase()
  body = await jx.addBody(db)
})
beforeEach(async () => {
  await jx.clear(db)
  await db.pool.query('delete from app.caller_calls')
  await jx.setDay(db, jx.DAY, 9)
  await db.pool.query(`update app.jornadas set starts_at = date_trunc('minute', starts_at) where id = $1`, [
    jx.DAY,
  ])
})
afterAll(() => db.drop())

const handler = createHandler({
  app: () => 'https://participa.example',
  read: async ({ campaign, key, direct, hops }) =>
    (await callAs(db, service, 'calendar_feed', {
      p_campaign: campaign,
      p_key: key,
      p_direct: direct,
      p_hops: hops,
    })) as Feed | Refused,
})
const ask = (query: string, headers: Record<string, string> = {}, method = 'GET') =>
  handler(new Request(`https://api.example/functions/v1/calendar?${query}`, { method, headers }))
const read = async (query: string) => (await ask(query)).text()

interface Understood {
  uid: string
  sequence: number
  start: string
  title: string
  isCancelled: boolean
}

/** The events of a feed as `ical.js` reads them. */
const byIcal = (text: string): Understood[] =>
  new ICAL.Component(ICAL.parse(text) as never[]).getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component)
    return {
      uid: event.uid,
      sequence: event.sequence,
      start: event.startDate.toJSDate().toISOString(),
      title: event.summary,
      isCancelled: component.getFirstPropertyValue('status') === 'CANCELLED',
    }
  })
/** The same as `ts-ics` reads them. */
const byTsIcs = (text: string): Understood[] =>
  (convertIcsCalendar(undefined, text).events ?? []).map((event) => ({
    uid: event.uid,
    sequence: event.sequence ?? 0,
    start: event.start.date.toISOString(),
    title: event.summary,
    isCancelled: event.status === 'CANCELLED',
  }))

/** A calendar as programs keep one: an event is replaced by one of its UID with a greater SEQUENCE, and by no other. */
function subscribe(parse: (text: string) => Understood[]) {
  const kept = new Map<string, Understood>()
  return (text: string) => {
    for (const event of parse(text))
      if (event.sequence > (kept.get(event.uid)?.sequence ?? -1)) kept.set(event.uid, event)
    return [...kept.values()].map(({ start, isCancelled }) => [start, isCancelled])
  }
}

const sequenceOf = async (id: string) =>
  (await db.pool.query<{ n: number }>('select sequence as n from app.jornadas where id = $1', [id])).rows[0]!
    .n
/** Gives the day `id` another start, which may lie on another day. */
async function moveTo(id: string, starts_at: string) {
  const { rows } = await db.pool.query<{ row: object }>(
    'select app.day_record(j) as row from app.jornadas j where j.id = $1',
    [id],
  )
  const start = { on_day: localDay(starts_at), starts_at, ends_at: null }
  const payload = { ...rows[0]!.row, ...start, reason: 'Cambió la sede.' }
  for (const key of ['title', 'cancelled_at', 'link']) delete (payload as Record<string, unknown>)[key]
  const rest = { v: 2, expected_version: await sequenceOf(id) }
  const verdict = await fx.applyOne(db, fx.coordinator, fx.op('jornada.reschedule', id, payload, rest))
  expect(verdict.status).toBe('applied')
}
const startOf = async (id: string) =>
  (
    await db.pool.query<{ at: Date }>('select starts_at as at from app.jornadas where id = $1', [id])
  ).rows[0]!.at.toISOString()

/** A registration with an address for its calendar. */
async function withAddress() {
  const one = await jx.register(db, { body_id: body, jornada_ids: [jx.DAY] })
  const nonce = newNonce()
  const key = await calendarKey(one.secret, nonce)
  const choose = (args: object, secret = one.secret) =>
    callAs(db, anon, 'choose_calendar', { p_folio: one.row.folio, p_secret: secret, ...args })
  expect(await choose({ p_nonce: nonce, p_key: key })).toEqual({ calendar: nonce })
  return { ...one, nonce, key, choose }
}

describe.each([
  ['ical.js', byIcal],
  ['ts-ics', byTsIcs],
])('as %s reads them', (_name, parse) => {
  test('the calendar of a registration follows a change of its day and a cancelled seat', async () => {
    const one = await withAddress()
    const calendar = subscribe(parse)
    const first = await startOf(jx.DAY)
    expect(calendar(await read(`key=${one.key}`))).toEqual([[first, false]])
    const later = new Date(Date.parse(first) + 3_600_000).toISOString()
    await moveTo(jx.DAY, later)
    expect(calendar(await read(`key=${one.key}`))).toEqual([[later, false]])
    expect(await jx.author(db, 'registration.cancel_day', one)).toBe('applied')
    expect(calendar(await read(`key=${one.key}`))).toEqual([[later, true]])
    expect(parse(await read(`key=${one.key}`))).toHaveLength(1) // it stays, as cancelled
  })

  test('the calendar of a campaign follows a change and a cancellation of a day, and has no registration', async () => {
    await jx.register(db, { body_id: body, jornada_ids: [jx.DAY] })
    const calendar = subscribe(parse)
    const query = 'campaign=jornadas-de-transparencia-proactiva'
    const before = calendar(await read(query))
    const at = await startOf(jx.DAY)
    const later = new Date(Date.parse(at) + 3_600_000).toISOString()
    await moveTo(jx.DAY, later)
    const moved = calendar(await read(query))
    expect(moved).toHaveLength(before.length)
    expect(moved).toContainEqual([later, false])
    await db.pool.query(
      `update app.jornadas set cancelled_at = app.now(), cancel_reason = 'Sin sede.', sequence = sequence + 1 where id = $1`,
      [jx.DAY],
    )
    expect(calendar(await read(query))).toContainEqual([later, true])
    await db.pool.query('update app.jornadas set cancelled_at = null, cancel_reason = null where id = $1', [
      jx.DAY,
    ])
    const text = await read(query)
    expect(text).not.toMatch(/JO-\d|Ana|CONVOCA:/u)
    expect(text).toContain('URL:https://participa.example/c/jornadas-de-transparencia-proactiva\r\n')
  })
})

test('a day without a date has no event, and the calendar of its campaign names it', async () => {
  await db.pool.query('update app.jornadas set on_day = null, starts_at = null where id = $1', [
    jx.UNDATED_DAY,
  ])
  const text = (await read('campaign=jornadas-de-transparencia-proactiva')).replaceAll('\r\n ', '')
  expect(text).not.toContain(jx.UNDATED_DAY)
  expect(text).toMatch(/X-WR-CALDESC:.*Con fecha por confirmar: .*Quinta/u)
})

test('the calendar of a registration says what its file says, and never the pass, the name or the link of a session', async () => {
  const one = await withAddress()
  await db.pool.query(`update app.jornadas set link = 'https://sesion.example/x' where id = $1`, [jx.DAY])
  const text = (await read(`key=${one.key}`)).replaceAll('\r\n ', '')
  expect(text).toContain(`UID:${one.id}.${jx.DAY}@participa.example`)
  expect(text).toContain(words['pass.calendar.text'].replace('{folio}', one.row.folio))
  const [seat] = (await jx.contentOf(db, one)).seats
  for (const secret of [seat!.pass_code!, 'Ana Pérez', 'sesion.example', one.secret])
    expect(text).not.toContain(secret)
  await db.pool.query('update app.jornadas set link = null where id = $1', [jx.DAY])
})

describe('the address of a registration', () => {
  test('is made and ended with the folio’s secret alone, and the database keeps only a hash of its key', async () => {
    const one = await withAddress()
    expect((await jx.contentOf(db, one)).calendar).toBe(one.nonce)
    expect(await fx.outcome(one.choose({}, fx.newSecret()))).toBe('PT404 submission_unknown')
    expect(await fx.outcome(one.choose({ p_nonce: 'x', p_key: 'y' }))).toBe('PT400 malformed_op')
    const { rows } = await db.pool.query<{ text: string }>(
      'select a::text as text from app.calendar_addresses a',
    )
    expect(rows.some(({ text }) => text.includes(one.key))).toBe(false)
    expect(await one.choose({})).toEqual({ calendar: null })
    expect((await ask(`key=${one.key}`)).status).toBe(404)
    expect((await jx.contentOf(db, one)).calendar).toBeUndefined()
  })

  test('that is made anew ends the one before', async () => {
    const one = await withAddress()
    const nonce = newNonce()
    await one.choose({ p_nonce: nonce, p_key: await calendarKey(one.secret, nonce) })
    expect((await ask(`key=${one.key}`)).status).toBe(404)
    expect((await ask(`key=${await calendarKey(one.secret, nonce)}`)).status).toBe(200)
  })
})

describe('a program that reads again', () => {
  test('gets 304 while nothing changed, without a text, and the new calendar after a change', async () => {
    const one = await withAddress()
    const first = await ask(`key=${one.key}`)
    const etag = first.headers.get('etag')!
    expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(first.headers.get('cache-control')).toBe('private, max-age=900')
    const second = await ask(`key=${one.key}`, { 'if-none-match': `"x", ${etag}` })
    expect([second.status, await second.text()]).toEqual([304, ''])
    await jx.author(db, 'registration.cancel_day', one)
    expect((await ask(`key=${one.key}`, { 'if-none-match': etag })).status).toBe(200)
    expect(await (await ask(`key=${one.key}`, {}, 'HEAD')).text()).toBe('')
    expect((await ask(`key=${one.key}`, {}, 'POST')).status).toBe(405)
  })

  test('is held back after 30 times an hour, and so is one that guesses; others of its network are not', async () => {
    const [one, other] = [await withAddress(), await withAddress()]
    const from = { 'cf-connecting-ip': '203.0.113.7' }
    const statuses = async (query: () => string, times: number) => {
      const all: number[] = []
      for (let i = 0; i < times; i++) all.push((await ask(query(), from)).status)
      return all
    }
    const own = await statuses(() => `key=${one.key}`, 31)
    expect([own.slice(0, 30).every((status) => status === 200), own[30]]).toEqual([true, 429])
    expect(await statuses(() => `key=${other.key}`, 1)).toEqual([200])
    const guesses = await statuses(() => `key=${newNonce()}`, 31)
    expect([guesses[29], guesses[30]]).toEqual([404, 429])
    expect((await ask(`key=${one.key}`, { 'cf-connecting-ip': '203.0.113.8' })).status).toBe(200)
  })
})
