/** The board of a campaign: figures counted by hand, in a week of 2022 in which central Mexico left summer time. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CampaignBoard } from '@/domain/board'
import { type Actor, anon, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'
import * as vx from './videoFixtures'

/** Campaigns are open for years, so that the clock can stand on any day of 2022. */
const OPEN_FOR_YEARS = `update app.convocatorias set opens_at = '2022-01-01T06:00Z', closes_at = '2032-01-01T06:00Z',
  answer_by = '2022-11-04', results_on = null`

let db: TestDatabase
beforeEach(async () => {
  db = await createTestDatabase()
  await db.pool.query(OPEN_FOR_YEARS)
  await fx.setClock(db, '2022-11-01T18:00:00Z')
})
afterEach(() => db.drop())

const board = (id = fx.OPEN, actor: Actor = fx.coordinator) =>
  callAs(db, actor, 'campaign_board', { p_id: id }) as Promise<CampaignBoard>
const runJobs = () => callAs(db, service, 'run_due_jobs') as Promise<Record<string, number | null>>
const submitAt = async (at: string) => {
  await fx.setClock(db, at)
  return fx.submit(db)
}
const decideAt = async (at: string, id: string, decision: string, rest: Record<string, unknown> = {}) => {
  await fx.setClock(db, at)
  return fx.decide(db, fx.moderator, id, decision, rest)
}
/** The days on which something arrived or was answered: `10-29 +2 -1`. */
const busyDays = ({ days }: CampaignBoard) =>
  days
    .filter(({ arrived, answered }) => arrived !== 0 || answered !== 0)
    .map(({ day, arrived, answered }) => `${day.slice(5)} +${arrived} -${answered}`)

test('a campaign without submissions has fourteen days of zeros and nothing counted', async () => {
  const { days, counts, work, counted_at } = await board()
  expect(days).toHaveLength(14)
  expect([days[0]!.day, days[13]!.day]).toEqual(['2022-10-19', '2022-11-01'])
  expect(busyDays(await board())).toEqual([])
  expect({ counts, counted_at }).toEqual({ counts: {}, counted_at: null })
  expect(work).toMatchObject({ open: 0, pace: { a_day: 0, done_on: null }, corrections: [] })
})

const NO_LETTERS = {
  sent: 0,
  arrived: 0,
  returned: 0,
  waiting: 0,
  retrying: 0,
  doubtful: 0,
  failed: 0,
  unusable: 0,
}

describe('the days', () => {
  test('are days in central Mexico, before and after the end of summer time', async () => {
    // 29 October ends at 05:00Z, 30 October, with 25 hours, and all later days at 06:00Z.
    for (const at of ['2022-10-30T04:59:59Z', '2022-10-30T05:00:00Z', '2022-10-31T05:59:59Z'])
      await submitAt(at)
    await submitAt('2022-10-31T06:00:00Z')
    await fx.setClock(db, '2022-11-01T05:59:59Z')
    expect(busyDays(await board())).toEqual(['10-29 +1 -0', '10-30 +2 -0', '10-31 +1 -0'])
    expect((await board()).today).toBe('2022-10-31')
  })

  test('count an answer on its own day, once, and no answer that was taken back', async () => {
    const [kept, undone] = [await submitAt('2022-10-28T18:00:00Z'), await submitAt('2022-10-28T18:00:00Z')]
    await decideAt('2022-10-31T18:00:00Z', kept.id, 'accept')
    await decideAt('2022-11-01T18:00:00Z', kept.id, 'publish')
    const { events } = await decideAt('2022-11-01T05:59:50Z', undone.id, 'reject', {
      reason_code: 'off_topic',
      message: 'No trata de la estrategia.',
    })
    await fx.setClock(db, '2022-11-01T06:00:20Z')
    const op = fx.op('review.undo', undone.id, { event_id: events.at(-1)!.id })
    expect(await fx.applyOne(db, fx.moderator, op)).toMatchObject({ status: 'applied' })
    expect(busyDays(await board())).toEqual(['10-28 +2 -0', '10-31 +0 -1'])
  })

  test('count what is released from quarantine on the day of its arrival, and never what waits there', async () => {
    const sent = await submitAt('2022-10-31T18:00:00Z')
    await db.pool.query('update app.submissions set quarantined_at = app.now() where id = $1', [sent.id])
    expect(busyDays(await board())).toEqual([])
    expect((await board()).counts).toEqual({ quarantined: 1 })
    await fx.setClock(db, '2022-11-01T18:00:00Z')
    await db.pool.query('update app.submissions set quarantined_at = null where id = $1', [sent.id])
    expect(busyDays(await board())).toEqual(['10-31 +1 -0'])
  })

  test('are the same after the changes were folded, and add up what comes later', async () => {
    for (let n = 0; n < 3; n++) await submitAt('2022-10-31T18:00:00Z')
    await db.pool.query(
      `insert into app.state_counts (convocatoria_id, state, n) select $1, 'received', 0 from generate_series(1, 200)`,
      [fx.OPEN],
    )
    expect((await db.pool.query('select app.compact_counts() as n')).rows[0].n).toBeGreaterThan(200)
    expect((await db.pool.query('select from app.state_counts')).rowCount).toBe(1)
    const again = await submitAt('2022-10-31T19:00:00Z')
    await decideAt('2022-11-01T18:00:00Z', again.id, 'accept')
    expect(busyDays(await board())).toEqual(['10-31 +4 -0', '11-01 +0 -1'])
    expect((await board()).counts).toEqual({ received: 3, accepted: 1 })
  })
})

describe('the work', () => {
  test('says what is open, until when, who has it, and which corrections end first', async () => {
    const all = []
    for (let n = 0; n < 6; n++) all.push(await submitAt('2022-10-28T18:00:00Z'))
    const [mine, asked, late, done] = all
    await fx.setClock(db, '2022-10-31T18:00:00Z')
    const to = fx.moderator.sub
    expect(await fx.applyOne(db, fx.coordinator, fx.op('desk.assign', mine!.id, { to }))).toMatchObject({
      status: 'applied',
    })
    const change = { message: '¿En qué municipio?' }
    await decideAt('2022-10-31T18:00:00Z', asked!.id, 'request_correction', change)
    await decideAt('2022-11-01T18:00:00Z', late!.id, 'request_correction', change)
    await decideAt('2022-11-01T18:00:00Z', done!.id, 'accept')
    const { work } = await board()
    expect(work).toMatchObject({
      open: 3,
      answer_by: '2022-11-04',
      days_left: await businessDays('2022-11-01', '2022-11-04'),
      assigned: { looked: 3, unassigned: 2, members: [{ id: to, count: 1 }] },
    })
    const ends = await db.pool.query(
      `select app.local_day(correction_until)::text as day from app.submissions where id = any ($1) order by 1`,
      [[asked!.id, late!.id]],
    )
    expect(work!.corrections).toEqual(ends.rows.map(({ day }) => ({ day, count: 1 })))
  })

  const businessDays = async (from: string, to: string) =>
    (await db.pool.query('select app.business_days_between($1, $2) as n', [from, to])).rows[0].n as number

  test('ends, at the pace of the last two weeks, on the business day that is told', async () => {
    await db.pool.query('delete from app.holidays where true')
    const all = []
    for (let n = 0; n < 8; n++) all.push(await submitAt('2022-10-20T18:00:00Z'))
    for (const { id } of all.slice(0, 5)) await decideAt('2022-10-27T18:00:00Z', id, 'accept')
    await fx.setClock(db, '2022-11-01T18:00:00Z') // a Tuesday: ten business days since 19 October, five answers
    const { pace } = (await board()).work!
    expect(pace).toEqual({ a_day: 0.5, done_on: '2022-11-09' }) // three more at one in two days: six business days
    expect((await board()).days).toHaveLength(14)
  })
})

describe('what a job counts', () => {
  test('of a consultation: places, letters, and the hours until an answer', async () => {
    const email = 'ana@correo.example'
    await fx.submit(db, { municipality: '15106', email })
    await fx.submit(db, { municipality: '15106' })
    await fx.submit(db, { municipality: 'fuera' })
    await fx.submit(db, { municipality: null })
    const gone = await fx.submit(db, { municipality: '15001' })
    await fx.applyOne(db, anon, fx.op('submission.withdraw', gone.id, {}, { secret: gone.secret }))
    await runJobs()
    const { places, letters, median_hours, counted_at, space } = await board()
    expect(counted_at).toBe('2022-11-01T18:00:00+00:00')
    expect(places!.items).toHaveLength(126)
    expect(places!.items.slice(0, 3)).toEqual([
      { place: '15106', name: 'Toluca', count: 2 },
      { place: 'fuera', name: expect.stringContaining('uera'), count: 1 },
      { place: '15001', name: 'Acambay de Ruíz Castañeda', count: 0 },
    ])
    expect(places!.unsaid).toBe(1)
    expect(letters).toEqual({ ...NO_LETTERS, waiting: 1 })
    expect({ median_hours, space }).toEqual({ median_hours: null, space: null })
  })

  test('is counted again when a submission changed, at most once a minute', async () => {
    const counted = async (at: string) => {
      await fx.setClock(db, at)
      await runJobs()
      return (await board()).counted_at!.slice(11, 19)
    }
    await fx.submit(db)
    expect(await counted('2022-11-01T18:00:00Z')).toBe('18:00:00')
    expect(await counted('2022-11-01T18:05:00Z')).toBe('18:00:00')
    await fx.submit(db)
    expect(await counted('2022-11-01T18:05:10Z')).toBe('18:05:10')
    await fx.submit(db)
    expect(await counted('2022-11-01T18:06:00Z')).toBe('18:05:10')
    expect(await counted('2022-11-01T18:06:10Z')).toBe('18:06:10')
    expect(await counted('2022-11-01T18:16:10Z')).toBe('18:16:10')
  })

  test('of answers: half of them took these hours at most; of people: whose address no letter reaches, unless they left', async () => {
    const all = []
    await fx.setClock(db, '2022-10-31T16:00:00Z')
    for (let n = 0; n < 5; n++) all.push(await fx.submit(db, { email: `p${n}@correo.example` }))
    for (const [n, at] of ['17:30', '20:00', '23:00'].entries())
      await decideAt(`2022-10-31T${at}:00Z`, all[n]!.id, 'accept')
    const gone = all[3]!
    await fx.applyOne(db, anon, fx.op('submission.withdraw', gone.id, {}, { secret: gone.secret }))
    await db.pool.query('update app.contacts set email_unusable = true where submission_id = any ($1)', [
      all.slice(2, 4).map(({ id }) => id),
    ])
    await runJobs()
    const { median_hours, letters } = await board()
    expect([median_hours, letters!.unusable]).toEqual([4, 1])
  })

  test('is not counted again from 90 days after nothing more is received', async () => {
    await fx.submit(db)
    await db.pool.query(
      `update app.convocatorias set closes_at = app.now() - interval '90 days' + interval '30 minutes' - grace`,
    )
    for (const [at, counted] of [
      ['18:00', '18:00'],
      ['18:29', '18:29'],
      ['18:45', '18:29'],
    ]) {
      await fx.setClock(db, `2022-11-01T${at}:00Z`)
      await runJobs()
      expect((await board()).counted_at).toContain(`T${counted}`)
    }
  })

  test('of letters: each in what became of it', async () => {
    for (const [n, change] of [
      'sent_at = app.now()',
      'sent_at = app.now(), arrived_at = app.now()',
      'sent_at = app.now(), arrived_at = app.now(), returned_at = app.now()',
      `dead_at = app.now(), returned_at = app.now(), last_error = 'EENVELOPE 550'`,
      `last_error = 'ECONNECTION', attempts = 2`,
      'handed_at = app.now(), attempts = 1',
      `dead_at = app.now(), last_error = 'EENVELOPE', attempts = 10`,
    ].entries()) {
      const { id } = await fx.submit(db, { email: `n${n}@correo.example` })
      await db.pool.query(`update app.mail_queue set ${change} where submission_id = $1`, [id])
    }
    await runJobs()
    const ended = { sent: 2, arrived: 1, returned: 2, failed: 1 }
    expect((await board()).letters).toEqual({ ...NO_LETTERS, ...ended, retrying: 1, doubtful: 1 })
  })

  test('of videos: the bytes of this campaign, and what arrived in a week', async () => {
    const [now, before] = [await vx.submitVideo(db), await vx.submitVideo(db)]
    await db.pool.query(
      `update app.media_uploads set status = 'verified', public_ready = submission_id = $1`,
      [now.id],
    )
    await db.pool.query(
      `update app.media_uploads set announced_at = app.now() - interval '8 days' where submission_id = $1`,
      [before.id],
    )
    await runJobs()
    const space = { own: 10_000_000, own_copies: 5_000_000, others: 0, week: 5_000_000 }
    expect((await board(vx.VIDEOS)).space).toMatchObject({ ...space, limit: null })
    await db.pool.query(`insert into app.board_figures (convocatoria_id, counted_at, seen, figures)
      values ('${fx.HISTORIC}', app.now(), '{}', '{"bytes": {"held": 7, "copies": 5, "week": 3}}')`)
    expect((await board(vx.VIDEOS)).space).toMatchObject({ ...space, others: 12, week: 5_000_003 })
    await db.pool.query('delete from app.board_figures where convocatoria_id = $1', [fx.HISTORIC])
    await db.pool.query('update app.institution set storage_gb = 10')
    expect((await board(vx.VIDEOS)).space).toMatchObject({ ...space, limit: 10_000_000_000 })
  })
})

test('the seats of a day are counted by what they are, and the bodies of each class once', async () => {
  await db.pool
    .query(`update app.jornadas set capacity = 2, on_day = '2022-11-20', starts_at = '2022-11-20T16:00:00Z',
    ends_at = null where id = '${jx.DAY}'`)
  const body_id = await jx.addBody(db)
  await jx.register(db, { body_id })
  await jx.register(db, { body_id, email: 'nadie@edomex.example' })
  await jx.register(db)
  await runJobs()
  const { own, work } = await board(jx.JORNADAS)
  const { days, classes } = own as {
    days: { id: string }[]
    classes: { key: string; bodies: number; registered: number }[]
  }
  expect(work).toBeNull()
  expect(days.find(({ id }) => id === jx.DAY)).toMatchObject({
    capacity: 2,
    on_day: '2022-11-20',
    confirmed: 1,
    held: 1,
    waiting: 1,
    attended: 0,
    capped: false,
  })
  expect(classes.find(({ key }) => key === 'poder_ejecutivo')).toMatchObject({ registered: 2 })
  expect(classes.find(({ key }) => key === 'ayuntamiento')).toMatchObject({ registered: 0 })
})

test('whoever reads another campaign’s queue is refused, and an unknown campaign is missing', async () => {
  const other = await fx.addStaff(db, 'moderator', { convocatoria: fx.HISTORIC })
  const see = (actor: Actor, id = fx.OPEN) => fx.outcome(board(id, actor))
  expect(await see(other)).toBe('PT403 not_allowed')
  expect(await see(other, fx.HISTORIC)).toBe('ok')
  expect(await see(fx.doorVolunteer)).toBe('PT403 not_allowed')
  expect(await see(fx.auditor)).toBe('ok')
  expect(await see(fx.coordinator, '00000000-0000-4000-8000-00000000dead')).toBe('PT404 convocatoria_unknown')
})
