/** Where else a published video was spread, and the task that each place becomes when the video may be shown no more. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ExternalCopies } from '@/features/videos/externalCopies'
import { anon, callAs, createTestDatabase, type Actor, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as vx from './videoFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

const URL = 'https://video.ejemplo.mx/agua'
const note = (id: string, change: object = {}, actor: Actor = fx.moderator) =>
  callAs(db, actor, 'note_external_copy', {
    p_submission: id,
    p_copy: JSON.stringify({ id: randomUUID(), place: ' Canal  del instituto ', url: URL, ...change }),
  }) as Promise<ExternalCopies>
const remove = (p_id: string, p_removed: boolean, actor: Actor = fx.moderator) =>
  callAs(db, actor, 'remove_external_copy', { p_id, p_removed }) as Promise<ExternalCopies>
const tasks = async (actor: Actor = fx.auditor) =>
  ((await callAs(db, actor, 'external_copies', {})) as ExternalCopies).items
const ofVideo = async (p_submission: string) =>
  ((await callAs(db, fx.auditor, 'external_copies', { p_submission })) as ExternalCopies).items
const alert = async () => {
  const { items } = (await callAs(db, fx.coordinator, 'desk_alerts', {})) as { items: { kind: string }[] }
  return items.find(({ kind }) => kind.startsWith('copies_'))
}
const withdraw = ({ id, secret }: vx.SentVideo) =>
  fx.applyOne(db, anon, fx.op('submission.withdraw', id, {}, { secret }))
/** Who was noted in the log of the video, in their order. */
const kindsOf = async (id: string) =>
  (
    await db.pool.query<{ kind: string }>(
      `select kind from app.review_events where submission_id = $1 and kind like 'copy%' order by seq`,
      [id],
    )
  ).rows.map(({ kind }) => kind)

test('a place is noted once, tidied, of a published video only, by who decides on it', async () => {
  const { id } = await vx.publishVideo(db)
  const copy = { id: randomUUID() }
  await note(id, copy)
  expect((await note(id, copy)).items).toMatchObject([
    { ...copy, place: 'Canal del instituto', url: URL, reason: null, due: null, removed_at: null },
  ])
  expect(await kindsOf(id)).toEqual(['copy_noted'])
  expect(await tasks()).toEqual([]) // it may stay
  const arrived = await vx.arrive(db)
  expect(await fx.outcome(note(arrived.id))).toBe('PT409 transition_invalid')
  expect(await fx.outcome(note(id, {}, fx.auditor))).toBe('PT403 not_allowed')
  expect(await fx.outcome(note(id, { place: ' ' }))).toContain('text_required')
  expect(await fx.outcome(note(id, { url: 'http://video.ejemplo.mx' }))).toContain('evidence_invalid')
  expect(await fx.outcome(note(id, { url: null }))).toContain('evidence_required')
})

test('a withdrawal makes each copy a task of five working days, and its undoing takes it back', async () => {
  const sent = await vx.publishVideo(db)
  await note(sent.id)
  await note(sent.id, { place: 'Facebook' })
  await withdraw(sent)
  const [first, second] = await tasks()
  const { rows } = await db.pool.query<{ due: Date }>(
    'select app.business_deadline(withdrawn_at, 5) as due from app.submissions where id = $1',
    [sent.id],
  )
  expect([first, second].map((one) => new Date(one!.due!))).toEqual([rows[0]!.due, rows[0]!.due])
  expect([first!.reason, second!.place]).toEqual(['withdrawn', 'Facebook'])
  expect(await alert()).toMatchObject({ kind: 'copies_out', count: 2 })
  expect(await fx.outcome(note(sent.id))).toBe('PT409 transition_invalid')

  await fx.applyOne(db, anon, fx.op('submission.undo_withdraw', sent.id, {}, { secret: sent.secret }))
  expect(await tasks()).toEqual([])
  expect(await alert()).toBeUndefined()
  await withdraw(sent)
  expect(await tasks()).toHaveLength(2)
  for (const { id } of await tasks()) await remove(id, true)
})

test('a copy that was taken down is no task, with who noted it, and a mistake is mended', async () => {
  const sent = await vx.publishVideo(db)
  await note(sent.id)
  await withdraw(sent)
  const [task] = await tasks()
  expect(await fx.outcome(remove(task!.id, true, fx.auditor))).toBe('PT403 not_allowed')
  expect(await fx.outcome(remove(randomUUID(), true))).toBe('PT404 submission_unknown')
  await remove(task!.id, true)
  await remove(task!.id, true)
  expect(await tasks()).toEqual([])
  expect(await ofVideo(sent.id)).toMatchObject([
    { removed_at: expect.any(String), removed_by: expect.any(String) },
  ])
  expect(await kindsOf(sent.id)).toEqual(['copy_noted', 'copy_removed'])
  await remove(task!.id, false)
  expect(await tasks()).toMatchObject([{ id: task!.id, removed_at: null, removed_by: null }])
  await remove(task!.id, true)
})

test('the end of the licence makes a task from that day, before any job has run, and a late one is said', async () => {
  const sent = await vx.publishVideo(db)
  await note(sent.id)
  await db.pool.query(
    'update app.media_uploads set licence_until = app.local_day(app.now()) - 1 where id = $1',
    [sent.media.id],
  )
  expect(await tasks()).toMatchObject([{ reason: 'licence' }])
  expect(await alert()).toMatchObject({ kind: 'copies_out', count: 1 })
  await db.pool.query(
    'update app.media_uploads set licence_until = app.local_day(app.now()) - 30 where id = $1',
    [sent.media.id],
  )
  expect(await alert()).toMatchObject({ kind: 'copies_late', count: 1 })
  const [task] = await tasks()
  expect(new Date(task!.due!) < new Date()).toBe(true)
  await remove(task!.id, true)
  expect(await alert()).toBeUndefined()
})

test('staff who take a publication back get the task too', async () => {
  const sent = await vx.publishVideo(db)
  await note(sent.id)
  await fx.decide(db, fx.coordinator, sent.id, 'take_back', {
    message: 'Nombra a otra persona sin su permiso.',
  })
  expect(await tasks()).toMatchObject([
    { folio: sent.row.folio, reason: 'unpublished', due: expect.any(String) },
  ])
})
