/** How a selection opens, ranks, closes with its minutes, and opens again. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { StaffItem } from '@/domain/staffRows'
import { anon, callAs, createTestDatabase, type TestDatabase, user } from '../support/database'
import * as fx from './fixtures'
import * as jy from './juryFixtures'
import * as vx from './videoFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  await jy.setRubric(db)
  for (let i = 0; i < 3; i += 1) await fx.addStaff(db, 'juror')
})
afterAll(() => db.drop())
/** Each test has a selection of its own. */
beforeEach(async () => {
  await db.pool.query('alter table app.submissions disable trigger guard_selection')
  await db.pool.query(
    `update app.submissions set state = 'rejected' where kind = 'videos' and state <> 'withdrawn'`,
  )
  await db.pool.query('alter table app.submissions enable trigger guard_selection')
  await db.pool.query('delete from app.selections where true')
})

const open = () => jy.act(db, 'open_selection')
/** Both jurors give each criterion this mark. */
async function judge(id: string, ...each: number[]) {
  const seats = (await jy.seatsOf(db, id)).filter(({ left_as }) => left_as === null)
  for (const [i, seat] of seats.entries()) {
    const one = each[i % each.length]!
    await jy.mark(db, user(seat.user_id), seat.id, [one, one, one, one], `Razón ${one}.`)
  }
}
const close = (chosen: string[], reason: string | null = null) =>
  jy.act(db, 'close_selection', { p_chosen: `{${chosen.join(',')}}`, p_reason: reason })
const stateOf = async (id: string) =>
  (await db.pool.query<{ state: string }>('select state from app.submissions where id = $1', [id])).rows[0]!
    .state
const decides = (id: string, decision: string) =>
  fx.decide(db, fx.coordinator, id, decision).then(
    ({ state }) => state,
    (error: Error) => (JSON.parse(error.message) as { code: string }).code,
  )

/** Three judged videos: two with the same points, and one with more. */
async function judged() {
  const [a, b, c] = [await jy.accepted(db), await jy.accepted(db), await jy.accepted(db)]
  await open()
  await judge(a.id, 5)
  await judge(b.id, 3)
  await judge(c.id, 3)
  return [a, b, c] as const
}

test.each<[string, string, string]>([
  ['a rubric', `update app.video_campaigns set rubric = '[]'`, 'PT409 rubric_required'],
  ['two jurors', `update app.staff set active = false where role = 'juror'`, 'PT409 jurors_missing'],
])('no selection opens without %s', async (_, sql, code) => {
  await db.pool.query(`${sql}`)
  expect(await fx.outcome(open())).toBe(code)
  await jy.setRubric(db)
  await db.pool.query(`update app.staff set active = true where role = 'juror'`)
})

test('only the coordination leads it, and of two at once the second one reads first', async () => {
  for (const actor of [fx.moderator, fx.auditor, fx.admin, anon])
    expect(await fx.outcome(jy.act(db, 'open_selection', {}, actor))).toMatch(/not_allowed|42501/u)
  await open()
  expect(await fx.outcome(jy.act(db, 'deal_videos', { p_version: 0 }))).toBe('PT409 conflict')
  expect((await jy.desk(db, fx.auditor)).version).toBe(1)
})

test('while the jury works nobody publishes or leaves out a video by hand', async () => {
  const sent = await jy.accepted(db)
  await open()
  expect(await decides(sent.id, 'publish')).toBe('selection_open')
  expect(await decides(sent.id, 'not_select')).toBe('selection_open')
  const item = (await callAs(db, fx.moderator, 'review_item', { p_id: sent.id })) as StaffItem<'videos'>
  expect(item.content.selection).toBe('open')
})

test('videos rank by the mean of their totals, and equals share a place', async () => {
  const [a, b, c] = await judged()
  const { videos } = await jy.desk(db)
  const line = (id: string) => videos.find((one) => one.id === id)
  expect(line(a.id)).toMatchObject({ place: 1, tied: false, mean: 20 })
  for (const { id } of [b, c]) expect(line(id)).toMatchObject({ place: 2, tied: true, mean: 12 })
})

test('nothing closes while a video waits for the desk or for its jury', async () => {
  const waiting = await vx.arrive(db)
  const sent = await jy.accepted(db)
  await open()
  expect(await fx.outcome(close([]))).toBe('PT409 selection_reviews_waiting')
  await db.pool.query(`update app.submissions set state = 'rejected' where id = $1`, [waiting.id])
  expect(await fx.outcome(close([], 'x'))).toBe('PT409 jury_incomplete')
  await judge(sent.id, 4)
  expect(await fx.outcome(close([sent.id]))).toBe('ok')
})

test('what is chosen may be published; the rest is thanked, without a reason, and told', async () => {
  const [a, b] = await judged()
  await close([a.id])
  expect([await stateOf(a.id), await stateOf(b.id)]).toEqual(['accepted', 'not_selected'])
  const row = await fx.openFolio(db, b.row.folio, b.secret)
  expect(row.messages.at(-1)).toMatchObject({ state: 'not_selected', reason_code: null, text: null })
  const { rows } = await db.pool.query(
    'select subject from app.mail_queue where submission_id = $1 and event_id is not null',
    [b.id],
  )
  expect(rows.at(-1)).toEqual({ subject: `Hay novedades en tu video: folio ${b.row.folio}` })
  await vx.prepareVideo(db, a)
  expect(await decides(a.id, 'publish')).toBe('published')
})

test('a video that was accepted after the closing is not published without the jury', async () => {
  await judged()
  await close([], 'Ninguna alcanzó la calidad.')
  const late = await jy.accepted(db)
  expect(await decides(late.id, 'publish')).toBe('not_in_selection')
})

test.each<[string, (ids: string[]) => string[], string]>([
  ['the first', ([a]) => [a!], 'ok'],
  ['all', (ids) => ids, 'ok'],
  ['one of two equals', ([a, b]) => [a!, b!], 'PT422 order_reason_required'],
  ['one with fewer points', ([, b]) => [b!], 'PT422 order_reason_required'],
  ['none', () => [], 'PT422 order_reason_required'],
])('choosing %s answers %s', async (_, chosen, code) => {
  const ids = (await judged()).map(({ id }) => id)
  expect(await fx.outcome(close(chosen(ids)))).toBe(code)
  if (code !== 'ok')
    expect(await fx.outcome(close(chosen(ids), 'Desempató el pilar menos visto.'))).toBe('ok')
})

test('a video of another campaign, or one that was not accepted, is not chosen', async () => {
  await judged()
  const other = await fx.submit(db)
  for (const id of [other.id, crypto.randomUUID()])
    expect(await fx.outcome(close([id], 'x'))).toBe('PT400 malformed_op')
})

test('the minutes are frozen with their hash: criteria, marks, places and choice, and no word of a juror or a title', async () => {
  const [a] = await judged()
  const { actas } = await close([a.id])
  const { final, hash } = actas[0]!
  expect(createHash('sha256').update(final).digest('hex')).toBe(hash)
  const acta = JSON.parse(final)
  expect(acta).toMatchObject({ round: 1, gap: 25, scale: [1, 5], order_reason: null })
  expect(acta.criteria.map(({ title }: { title: string }) => title)).toEqual(jy.CRITERIA)
  expect(acta.videos[0]).toMatchObject({ folio: a.row.folio, place: 1, mean: '20.00', chosen: true })
  expect(acta.videos[0].marks).toMatchObject([{ marks: [5, 5, 5, 5], total: 20 }, { total: 20 }])
  expect(acta.videos.map(({ chosen }: { chosen: boolean }) => chosen)).toEqual([true, false, false])
  expect(final).not.toMatch(/Razón|baches/u)
  const rewrite = db.pool.query(`update app.selection_actas set final = '{}', hash = app.sha256_hex('{}')`)
  expect(await fx.outcome(rewrite)).toBe('55000')
})

test('after the closing no mark changes, whoever asks', async () => {
  const [a] = await judged()
  await close([a.id])
  const seat = (await jy.seatsOf(db, a.id))[0]!
  expect(await jy.mark(db, user(seat.user_id), seat.id, [1, 1, 1, 1])).toBe('selection_closed')
  const owner = db.pool.query(`update app.jury_marks set marks = '{1,1,1,1}' where seat_id = $1`, [seat.id])
  expect(await fx.outcome(owner)).toBe('55000')
})

test('it reopens with a reason, which those who were left out read; marks stay, and what was published stays chosen', async () => {
  const [a, b, c] = await judged()
  await close([a.id])
  await vx.prepareVideo(db, a)
  await fx.decide(db, fx.coordinator, a.id, 'publish')
  expect(await fx.outcome(jy.act(db, 'reopen_selection', { p_reason: ' ' }))).toBe(
    'PT422 change_reason_required',
  )
  const { actas } = await jy.act(db, 'reopen_selection', { p_reason: 'Un video llegó tarde a la revisión.' })
  expect(actas).toMatchObject([{ round: 1, reopened_at: expect.any(String) }])
  expect(await stateOf(b.id)).toBe('accepted')
  const row = await fx.openFolio(db, b.row.folio, b.secret)
  expect(row.messages.filter(({ text }) => text)).toMatchObject([
    { text: 'Un video llegó tarde a la revisión.' },
  ])
  const again = await close([b.id, c.id])
  expect(again.actas.map(({ round }) => round)).toEqual([2, 1])
  expect(again.videos.filter(({ chosen }) => chosen)).toHaveLength(3)
  expect([await stateOf(a.id), await stateOf(b.id)]).toEqual(['published', 'accepted'])
})

test('a withdrawn video leaves the selection, and what its jurors wrote goes with its words', async () => {
  const [a, b] = await judged()
  await fx.applyOne(db, anon, fx.op('submission.withdraw', b.id, {}, { secret: b.secret }))
  expect((await jy.desk(db)).videos.map(({ id }) => id)).not.toContain(b.id)
  expect(await fx.outcome(close([a.id]))).toBe('ok')
  await db.pool.query('select app.erase_video_words($1)', [b.id])
  const { rows } = await db.pool.query(
    'select m.reason, m.marks from app.jury_marks m join app.jury_seats t on t.id = m.seat_id where t.submission_id = $1',
    [b.id],
  )
  expect(rows).toEqual([
    { reason: null, marks: [3, 3, 3, 3] },
    { reason: null, marks: [3, 3, 3, 3] },
  ])
})

test('a campaign without a selection publishes as before', async () => {
  const sent = await jy.accepted(db)
  await vx.prepareVideo(db, sent)
  expect(await decides(sent.id, 'publish')).toBe('published')
})
