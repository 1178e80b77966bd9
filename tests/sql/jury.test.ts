/** A jury that is blind: who judges what, what each answer of the database tells before all have marked, and who steps aside. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Actor, asActor, callAs, createTestDatabase, type TestDatabase, user } from '../support/database'
import * as fx from './fixtures'
import * as jy from './juryFixtures'
import * as vx from './videoFixtures'

let db: TestDatabase
let jurors: Actor[]
beforeAll(async () => {
  db = await createTestDatabase()
  await jy.setRubric(db)
  jurors = [await fx.addStaff(db, 'juror'), await fx.addStaff(db, 'juror'), await fx.addStaff(db, 'juror')]
})
afterAll(() => db.drop())
beforeEach(async () => {
  await db.pool.query(`update app.submissions set state = 'in_review' where kind = 'videos'`)
})

/** A video that two jurors judge, with the seat of each. */
async function dealt() {
  const sent = await jy.accepted(db)
  const isOpen = (await jy.desk(db)).version > 0
  await jy.act(db, isOpen ? 'deal_videos' : 'open_selection')
  return { sent, ...(await seated(sent.id)) }
}
async function seated(id: string) {
  const seats = (await jy.seatsOf(db, id)).filter(({ left_as }) => left_as === null)
  return { seats, sitting: seats.map(({ user_id }) => user(user_id)) }
}
const read = (juror: Actor, seat: string) =>
  callAs(db, juror, 'jury_video', { p_id: seat }) as Promise<Record<string, unknown>>

test('each video goes to two jurors, and the work is shared out evenly', async () => {
  for (let i = 0; i < 5; i += 1) await jy.accepted(db)
  await dealt()
  const { jurors: all, videos } = await jy.desk(db)
  expect(videos.map(({ seats }) => seats.length)).toEqual([2, 2, 2, 2, 2, 2])
  expect(all.map(({ seats }) => seats)).toEqual([4, 4, 4])
})

test('who reads submissions, and with them authors, never judges in that campaign', async () => {
  const both = await fx.addStaff(db, 'juror')
  await db.pool.query(`insert into app.staff (user_id, role, name) values ($1, 'moderator', 'Dos papeles')`, [
    both.sub,
  ])
  const { sent, seats } = await dealt()
  const seat = (p_juror: string) =>
    fx.outcome(jy.act(db, 'seat_juror', { p_submission: sent.id, p_juror, p_instead: seats[0]!.id }))
  expect((await jy.desk(db)).jurors.map(({ id }) => id)).not.toContain(both.sub)
  expect(await seat(both.sub!)).toBe('PT409 juror_unknown')
  expect(await seat(fx.moderator.sub!)).toBe('PT409 juror_unknown')
  await db.pool.query('delete from app.staff where user_id = $1', [both.sub])
})

test('a juror who is given a reading role loses the seat’s video at once', async () => {
  const { seats, sitting } = await dealt()
  const now = await db.pool.query(
    `insert into app.staff (user_id, role, name) values ($1, 'auditor', 'Ascendido') returning id`,
    [sitting[0]!.sub],
  )
  expect(await fx.outcome(read(sitting[0]!, seats[0]!.id))).toBe('PT404 submission_unknown')
  expect(await jy.mark(db, sitting[0]!, seats[0]!.id)).toBe('not_allowed')
  await db.pool.query('delete from app.staff where id = $1', [now.rows[0]!.id])
})

const AUTHOR = /Ana Autora|ana\.autora|15058|Metepec|Nezahualc|sociedad_civil/u

test('before and after marking, nothing that a juror reads says who sent the video', async () => {
  const { seats, sitting } = await dealt()
  const everything = async () =>
    JSON.stringify([await read(sitting[0]!, seats[0]!.id), await callAs(db, sitting[0]!, 'jury_desk')])
  expect(await everything()).not.toMatch(AUTHOR)
  for (const i of [0, 1]) expect(await jy.mark(db, sitting[i]!, seats[i]!.id)).toBe('applied')
  expect(await everything()).toContain('Cuenta un caso completo.')
  expect(await everything()).not.toMatch(AUTHOR)
})

test('no other answer of the database gives a juror the submission or what others marked', async () => {
  const { sent, seats, sitting } = await dealt()
  await jy.mark(db, sitting[1]!, seats[1]!.id, [5, 5, 5, 5], 'Razón del otro jurado.')
  const asked: [string, object][] = [
    ['review_item', { p_id: sent.id }],
    ['review_queue', {}],
    ['selection_desk', { p_id: vx.VIDEOS }],
    ['list_convocatorias', {}],
    ['campaign_board', { p_id: vx.VIDEOS }],
    ['convocatoria_draft', { p_id: vx.VIDEOS }],
    ['list_log', {}],
    ['list_staff', {}],
    ['list_quarantine', {}],
    ['list_second_reviews', {}],
    ['note_open_review', { p_id: sent.id }],
    ['desk_kit', {}],
    ['list_doubtful', {}],
    ['jury_video', { p_id: seats[1]!.id }],
  ]
  for (const [fn, args] of asked)
    expect([fn, await fx.outcome(callAs(db, sitting[0]!, fn, args as never))]).toEqual([
      fn,
      expect.stringMatching(/not_allowed|submission_unknown/u),
    ])
  const pulled = await callAs(db, sitting[0]!, 'pull_changes', {
    pulls: [{ scope: 'staff', id: vx.VIDEOS, cursor: null }],
  })
  const rest = [
    pulled,
    await callAs(db, sitting[0]!, 'desk_alerts').catch(() => null),
    await read(sitting[0]!, seats[0]!.id),
  ]
  expect(JSON.stringify(rest)).not.toMatch(/Razón del otro|\[5, ?5|Ana Autora/u)
})

test.each(['jury_marks', 'jury_seats', 'submissions', 'contacts', 'videos', 'jury_events'])(
  'a juror reads nothing of app.%s directly',
  async (table) => {
    const direct = asActor(db, jurors[0]!, (client) => client.query(`select * from app.${table}`))
    expect(await fx.outcome(direct)).toBe('42501')
  },
)

test('others’ marks are shown when all have marked, and not to the desk before', async () => {
  const { sent, seats, sitting } = await dealt()
  const shown = async () => (await jy.desk(db)).videos.find(({ id }) => id === sent.id)!
  await jy.mark(db, sitting[0]!, seats[0]!.id, [3, 3, 3, 3], 'Buena.')
  expect((await read(sitting[0]!, seats[0]!.id)).others).toBeNull()
  expect((await read(sitting[1]!, seats[1]!.id)).marks).toBeNull()
  expect(await shown()).toMatchObject({ marks: null, mean: null, judged: false })
  expect((await shown()).seats.map(({ marked }) => marked).sort()).toEqual([false, true])
  expect(JSON.stringify(await jy.desk(db))).not.toContain('Buena.')
  await jy.mark(db, sitting[1]!, seats[1]!.id, [4, 4, 4, 4], 'Muy buena.')
  expect((await read(sitting[0]!, seats[0]!.id)).others).toMatchObject([
    { marks: [4, 4, 4, 4], reason: 'Muy buena.' },
  ])
  expect(await shown()).toMatchObject({ judged: true, mean: 14 })
})

test('a mark may be changed while the others are missing, and is final once all have marked', async () => {
  const { seats, sitting } = await dealt()
  await jy.mark(db, sitting[0]!, seats[0]!.id, [3, 3, 3, 3])
  expect(await jy.mark(db, sitting[0]!, seats[0]!.id, [4, 3, 3, 3])).toBe('applied')
  await jy.mark(db, sitting[1]!, seats[1]!.id)
  expect(await jy.mark(db, sitting[0]!, seats[0]!.id, [5, 5, 5, 5])).toBe('marks_final')
  expect(await jy.recuse(db, sitting[0]!, seats[0]!.id)).toBe('marks_final')
  const owner = (sql: string) => fx.outcome(db.pool.query(sql, [seats[0]!.id]))
  expect(await owner(`update app.jury_marks set marks = '{1,1,1,1}' where seat_id = $1`)).toBe('55000')
  expect(await owner('delete from app.jury_marks where seat_id = $1')).toBe('55000')
})

test.each<[string, unknown, unknown, string]>([
  ['a criterion without a mark', [4, 4, 4], 'x', 'marks_incomplete'],
  ['a mark of six', [4, 4, 4, 6], 'x', 'marks_incomplete'],
  ['half a mark', [4, 4, 4, 4.5], 'x', 'marks_incomplete'],
  ['no marks', null, 'x', 'marks_incomplete'],
  ['no reason', [4, 4, 4, 4], ' ', 'reason_required'],
  ['a reason of 1,001', [4, 4, 4, 4], 'x'.repeat(1001), 'text_too_long'],
])('a mark with %s is refused', async (_, marks, reason, code) => {
  const { seats, sitting } = await dealt()
  expect(await jy.mark(db, sitting[0]!, seats[0]!.id, marks, reason)).toBe(code)
})

test('nobody marks for another juror', async () => {
  const { seats, sitting } = await dealt()
  expect(await jy.mark(db, sitting[0]!, seats[1]!.id)).toBe('not_allowed')
  expect(await jy.mark(db, fx.coordinator, seats[1]!.id)).toBe('not_allowed')
})

test('where the totals differ by more than the rule a third juror is seated, who sees neither', async () => {
  const { sent, seats, sitting } = await dealt()
  await jy.mark(db, sitting[0]!, seats[0]!.id, [5, 5, 5, 5], 'Excelente.')
  await jy.mark(db, sitting[1]!, seats[1]!.id, [4, 4, 4, 3], 'Regular.')
  const third = (await jy.seatsOf(db, sent.id)).find(({ is_third }) => is_third)!
  const juror = user(third.user_id)
  expect(JSON.stringify(await read(juror, third.id))).not.toMatch(/Excelente|Regular/u)
  expect((await read(sitting[0]!, seats[0]!.id)).others).toBeNull()
  await jy.mark(db, juror, third.id, [4, 4, 4, 4])
  expect((await jy.desk(db)).videos.find(({ id }) => id === sent.id)).toMatchObject({
    judged: true,
    mean: 17,
  })
  expect((await read(sitting[0]!, seats[0]!.id)).others).toHaveLength(2)
})

test('a difference of the rule itself, a quarter of the range, asks for no third', async () => {
  const { sent, seats, sitting } = await dealt()
  await jy.mark(db, sitting[0]!, seats[0]!.id, [5, 5, 5, 5])
  await jy.mark(db, sitting[1]!, seats[1]!.id, [4, 4, 4, 4])
  expect((await jy.desk(db)).videos.find(({ id }) => id === sent.id)).toMatchObject({
    judged: true,
    vacant: 0,
  })
})

test('a recusal says why and hands the video to another juror, who never was of it', async () => {
  const { sent, seats, sitting } = await dealt()
  expect(await jy.recuse(db, sitting[0]!, seats[0]!.id, ' ')).toBe('reason_required')
  expect(await jy.recuse(db, sitting[0]!, seats[0]!.id)).toBe('applied')
  const after = await seated(sent.id)
  expect(after.seats).toHaveLength(2)
  expect(after.sitting.map(({ sub }) => sub)).not.toContain(sitting[0]!.sub)
  expect(await fx.outcome(read(sitting[0]!, seats[0]!.id))).toBe('PT404 submission_unknown')
  expect(await jy.mark(db, sitting[0]!, seats[0]!.id)).toBe('selection_closed')
  const left = (await jy.desk(db)).videos
    .find(({ id }) => id === sent.id)!
    .seats.find(({ left_as }) => left_as)
  expect(left).toMatchObject({ left_as: 'recused', reason: 'Conozco a quien aparece.' })
})

test('with nobody left the place stays vacant until the coordination deals again', async () => {
  const { sent, seats, sitting } = await dealt()
  await jy.recuse(db, sitting[0]!, seats[0]!.id)
  const again = await seated(sent.id)
  const last = again.seats.findIndex(({ user_id }) => user_id !== sitting[1]!.sub)
  await jy.recuse(db, again.sitting[last]!, again.seats[last]!.id)
  expect((await jy.desk(db)).videos.find(({ id }) => id === sent.id)).toMatchObject({ vacant: 1 })
  const fourth = await fx.addStaff(db, 'juror')
  await jy.act(db, 'deal_videos')
  expect((await seated(sent.id)).sitting.map(({ sub }) => sub)).toContain(fourth.sub)
  await db.pool.query('update app.staff set active = false where user_id = $1', [fourth.sub])
})

test('the coordination replaces a juror who has not marked, and none who has', async () => {
  const { sent, seats, sitting } = await dealt()
  const other = jurors.find(({ sub }) => !sitting.some((one) => one.sub === sub))!
  await jy.mark(db, sitting[0]!, seats[0]!.id)
  const swap = (p_instead: string) =>
    fx.outcome(jy.act(db, 'seat_juror', { p_submission: sent.id, p_juror: other.sub, p_instead }))
  expect(await swap(seats[0]!.id)).toBe('PT409 marks_final')
  expect(await swap(seats[1]!.id)).toBe('ok')
  expect((await seated(sent.id)).sitting.map(({ sub }) => sub)).toContain(other.sub)
})

test('a juror opens the file of a video that they judge, and no other', async () => {
  const { sent, seats, sitting } = await dealt()
  const open = (actor: Actor) =>
    fx.outcome(callAs(db, actor, 'open_file', { p_bucket: 'videos-intake', p_name: sent.media.id }))
  const other = jurors.find(({ sub }) => !sitting.some((one) => one.sub === sub))!
  expect(await open(sitting[0]!)).toBe('ok')
  expect(await open(other)).toBe('PT403 not_allowed')
  await jy.recuse(db, sitting[0]!, seats[0]!.id)
  expect(await open(sitting[0]!)).toBe('PT403 not_allowed')
})

test('the log has each step without marks or reasons', async () => {
  const { seats, sitting } = await dealt()
  await jy.mark(db, sitting[0]!, seats[0]!.id, [5, 1, 5, 1], 'Solo para el acta.')
  await jy.recuse(db, sitting[1]!, seats[1]!.id, 'Es mi vecino.')
  const log = (await callAs(db, fx.auditor, 'list_log', { p_area: 'jury' })) as {
    items: { kind: string; actor: string | null }[]
  }
  expect(log.items.slice(0, 5).map(({ kind, actor }) => [kind, actor !== null])).toEqual([
    ['seated', false],
    ['recused', true],
    ['marked', true],
    ['seated', false],
    ['seated', false],
  ])
  expect(JSON.stringify(log)).not.toMatch(/Solo para el acta|vecino|\[5/u)
  expect(await fx.outcome(db.pool.query('delete from app.jury_events where true'))).toBe('55000')
})
