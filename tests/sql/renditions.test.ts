/** The public copies of videos: who makes them, what is accepted, what becomes public of them, and when they go. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { StaffItem } from '@/domain/staffRows'
import {
  type Actor,
  anon,
  asActor,
  callAs,
  createTestDatabase,
  service,
  type TestDatabase,
} from '../support/database'
import * as fx from './fixtures'
import * as vx from './videoFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const add = (sent: vx.SentVideo, p_file: object, actor: Actor = fx.moderator) =>
  callAs(db, actor, 'add_rendition', { p_submission: sent.id, p_file })
const attach = (sent: vx.SentVideo, actor: Actor = fx.moderator) =>
  callAs(db, actor, 'attach_rendition', { p_submission: sent.id })
const store = ({ id, bytes }: { id: string; bytes: number }, change: object = {}) =>
  vx.finishUpload(db, { name: id, bytes, mime: 'video/mp4', ...change })
const itemOf = async ({ id }: vx.SentVideo) =>
  (await callAs(db, fx.moderator, 'review_item', { p_id: id })) as StaffItem<'videos'>
const decide = async (sent: vx.SentVideo, decision: string) =>
  fx.decide(db, fx.moderator, sent.id, decision).then(
    () => 'ok',
    (error: Error) => (JSON.parse(error.message) as { code: string }).code,
  )
const missing = async (actor: Actor = fx.moderator) =>
  ((await callAs(db, actor, 'missing_renditions', {})) as { items: { id: string; folio: string }[] }).items
const shown = async ({ row }: vx.SentVideo) => {
  const { items } = (await callAs(db, anon, 'published_videos', { p_convocatoria: vx.VIDEOS })) as {
    items: Record<string, unknown>[]
  }
  return items.find(({ folio }) => folio === row.folio)
}

/** A video whose original is verified. */
async function verified(change: vx.Change = {}): Promise<vx.SentVideo> {
  const sent = await vx.arrive(db, change)
  await vx.runJobs(db)
  return sent
}
/** One whose copy was announced and arrived, and waits to be looked at. */
async function arrived(): Promise<{
  sent: vx.SentVideo
  file: ReturnType<typeof vx.copyOf>
  job: vx.MediaJob
}> {
  const sent = await verified()
  const file = vx.copyOf(sent)
  await add(sent, file)
  await store(file)
  await attach(sent)
  const [job] = await vx.takeJobs(db)
  return { sent, file, job: job! }
}
const found = (file: ReturnType<typeof vx.copyOf>, change: object = {}) => ({
  ...vx.foundIn({ ...file, mime: 'video/mp4' }),
  ...vx.COPY_FACTS,
  duration_ms: file.duration_ms,
  ...change,
})

test('a video is published only with its verified copy, and what is public is that copy and never the original', async () => {
  const sent = await verified({ media: { mime: 'video/quicktime' } })
  await fx.decide(db, fx.moderator, sent.id, 'accept')
  await vx.captionVideo(db, sent)
  expect(await decide(sent, 'publish')).toBe('media_not_verified')
  expect((await missing()).map(({ folio }) => folio)).toContain(sent.row.folio)
  const file = await vx.prepareVideo(db, sent)
  expect((await itemOf(sent)).content.rendition).toMatchObject({
    id: file.id,
    status: 'verified',
    bytes: 2_000_000,
  })
  expect((await itemOf(sent)).events.at(-1)).toMatchObject({ kind: 'prepared' })
  expect((await missing()).map(({ folio }) => folio)).not.toContain(sent.row.folio)
  expect(await decide(sent, 'publish')).toBe('ok')
  const [job] = await vx.takeJobs(db)
  expect(job).toMatchObject({ kind: 'publish', object: file.id, mime: 'video/mp4' })
  expect(job!.public_object).toMatch(/^[0-9a-f-]{36}\.mp4$/)
  await vx.settle(db, job!.id)
  expect(await shown(sent)).toMatchObject({ object: job!.public_object, bytes: 2_000_000, mime: 'video/mp4' })
  const { public_id } = await vx.mediaOf(db, sent)
  expect(JSON.stringify(await shown(sent))).not.toMatch(
    new RegExp(`${sent.media.id}|${file.id}|${public_id}`),
  )
})

describe('what is accepted', () => {
  test.each([
    ['an id that is none', { id: 'x' }],
    ['no bytes', { bytes: 0 }],
    ['more bytes than the bucket takes', { bytes: 314_572_801 }],
    ['a hash that is none', { sha256: 'f' }],
    ['1080 lines', { width: 1080, height: 1920 }],
    ['no picture', { width: 0 }],
    ['three seconds less than its video', { duration_ms: 57_000 - 1 }],
    ['three seconds more than its video', { duration_ms: 63_000 + 1 }],
    ['a number that nobody can store', { bytes: 1e300 }],
  ])('a copy with %s is refused', async (_, change) => {
    const sent = await verified()
    expect(await fx.outcome(add(sent, vx.copyOf(sent, change)))).toContain('malformed_op')
  })

  test('a repeated call changes nothing, and the id of another file is refused', async () => {
    const sent = await verified()
    const file = vx.copyOf(sent)
    expect(await add(sent, file)).toEqual(await add(sent, file))
    expect(await fx.outcome(add(await verified(), file))).toContain('malformed_op')
    expect(await fx.outcome(add(await verified(), vx.copyOf(sent, { id: sent.media.id })))).toContain(
      'malformed_op',
    )
  })

  test('an original that was not verified has no copy, and nobody makes one for a campaign of others', async () => {
    const sent = await vx.arrive(db)
    expect(await fx.outcome(add(sent, vx.copyOf(sent)))).toContain('transition_invalid')
    await vx.runJobs(db)
    for (const actor of [anon, fx.auditor, fx.doorVolunteer])
      expect(await fx.outcome(add(sent, vx.copyOf(sent), actor))).not.toBe('ok')
    expect(await fx.outcome(add(sent, vx.copyOf(sent), service))).toBe('ok')
  })

  test('storage takes exactly the announced file, from its reviewer or the server', async () => {
    const sent = await verified()
    const file = vx.copyOf(sent)
    await add(sent, file)
    const upload = { name: file.id, bytes: file.bytes, mime: 'video/mp4' }
    const ask = (actor: Actor, change: object = {}) =>
      fx.outcome(vx.askPolicy(db, actor, { ...upload, ...change }))
    expect(await ask(fx.moderator)).toBe('ok')
    for (const change of [
      { bytes: 1 },
      { mime: 'video/webm' },
      { name: randomUUID() },
      { bucket: 'videos-public' },
    ])
      expect(await ask(fx.moderator, change)).not.toBe('ok')
    for (const actor of [anon, fx.auditor]) expect(await ask(actor)).not.toBe('ok')
    expect(await fx.outcome(store(file, { bytes: 1 }))).not.toBe('ok')
    expect(await fx.outcome(attach(sent))).toContain('upload_missing')
    expect(await fx.outcome(store(file))).toBe('ok')
    expect(await attach(sent)).toMatchObject({ status: 'attached' })
    expect(await attach(sent)).toMatchObject({ status: 'attached' })
    expect((await vx.takeJobs(db)).map(({ kind }) => kind)).toEqual(['check'])
  })
})

test.each([
  ['as announced', {}, 'verified'],
  ['without sound', { sound: null }, 'verified'],
  ['other bytes', { sha256: 'f'.repeat(64) }, 'unfit'],
  ['another size', { bytes: 1 }, 'unfit'],
  ['a place', { tells: ['tags'] }, 'unfit'],
  ['a type that is none', { mime: 'video/webm' }, 'unfit'],
  ['another picture', { picture: 'hevc' }, 'unfit'],
  ['another sound', { sound: 'opus' }, 'unfit'],
  ['1080 lines', { lines: 1080 }, 'unfit'],
  ['no lines, as a function of before', { lines: undefined }, 'unfit'],
  ['its index last', { index_first: false }, 'unfit'],
  ['half its length', { duration_ms: 30_000 }, 'unfit'],
  ['no length', { duration_ms: null }, 'unfit'],
])('a look that finds %s makes it %s', async (_, change, status) => {
  const { sent, file, job } = await arrived()
  expect(job).toMatchObject({ kind: 'check', object: file.id, mime: 'video/mp4' })
  await vx.settle(db, job.id, found(file, change))
  expect((await itemOf(sent)).content.rendition).toMatchObject({ status })
})

test('an unfit copy is replaced, and its bytes go; a verified one stays', async () => {
  const { sent, file, job } = await arrived()
  await vx.settle(db, job.id, { ok: false })
  const other = vx.copyOf(sent)
  expect(await add(sent, other)).toMatchObject({ id: other.id, status: 'waiting' })
  const [erase] = await vx.takeJobs(db)
  expect(erase).toMatchObject({ kind: 'erase', object: file.id, rendition: null })
  await vx.settle(db, erase!.id)
  expect(await vx.mediaOf(db, sent)).toMatchObject({ status: 'verified' })
  await store(other)
  await attach(sent)
  await vx.runJobs(db)
  expect(await fx.outcome(add(sent, vx.copyOf(sent)))).toContain('transition_invalid')
})

test('a video that was published by its original keeps that until its copy takes the place', async () => {
  const sent = await vx.publishVideo(db, { media: { mime: 'video/webm' } })
  await db.pool.query('delete from app.renditions where media_id = $1', [sent.media.id])
  const { public_id } = await vx.mediaOf(db, sent)
  expect(await shown(sent)).toMatchObject({ object: `${public_id}.webm`, mime: 'video/webm' })
  expect((await missing()).map(({ id }) => id)).toContain(sent.id)
  const file = vx.copyOf(sent)
  await add(sent, file)
  await store(file)
  await attach(sent)
  const [check] = await vx.takeJobs(db)
  await vx.settle(db, check!.id, found(file))
  expect(await shown(sent)).toMatchObject({ object: `${public_id}.webm` })
  const [publish] = await vx.takeJobs(db)
  expect(publish).toMatchObject({ kind: 'publish', object: file.id, former: `${public_id}.webm` })
  await vx.settle(db, publish!.id)
  expect(await shown(sent)).toMatchObject({ object: publish!.public_object, mime: 'video/mp4' })
})

test('a withdrawal takes copy, cover and captions from the page at once, and copy and original from storage, with receipts', async () => {
  const sent = await vx.publishVideo(db)
  const { object } = (await shown(sent))!
  const withdraw = fx.op('submission.withdraw', sent.id, {}, { secret: sent.secret })
  expect(await fx.applyOne(db, anon, withdraw)).toMatchObject({ status: 'applied' })
  expect(await shown(sent)).toBeUndefined()
  const [unpublish] = await vx.takeJobs(db)
  expect(unpublish).toMatchObject({ kind: 'unpublish', public_object: object, former: expect.any(String) })
  await vx.settle(db, unpublish!.id)
  const { rows } = await db.pool.query("select deleted from app.deletion_receipts where rule = 'copies'")
  expect(rows).toEqual([{ deleted: 1 }])
  await fx.setClock(db, new Date(Date.now() + 25 * 3_600_000).toISOString())
  await asActor(db, service, (client) => client.query('select public.run_due_jobs()'))
  const erase = (await vx.takeJobs(db)).find(({ media_id }) => media_id === sent.media.id)
  expect(erase).toMatchObject({ kind: 'erase', object: sent.media.id, rendition: expect.any(String) })
  await vx.settle(db, erase!.id)
  expect(
    (await db.pool.query('select from app.renditions where media_id = $1', [sent.media.id])).rowCount,
  ).toBe(0)
})

test('a phone that keeps copies is told which are public now: not a withdrawn one, one whose licence ended, or the former of a video', async () => {
  const ask = async (...names: unknown[]) =>
    ((await callAs(db, anon, 'public_videos', { p_objects: `{${names.join(',')}}` })) as { items: string[] })
      .items
  const [stays, goes, ends] = [
    await vx.publishVideo(db),
    await vx.publishVideo(db),
    await vx.publishVideo(db),
  ]
  const names = [(await shown(stays))!.object, (await shown(goes))!.object, (await shown(ends))!.object]
  const former = `${(await vx.mediaOf(db, stays)).public_id}.mp4` // of the original, whose place the copy has taken
  expect(await ask(...names, former, 'x', randomUUID())).toEqual(names)
  await fx.applyOne(db, anon, fx.op('submission.withdraw', goes.id, {}, { secret: goes.secret }))
  await db.pool.query(
    'update app.media_uploads set licence_until = app.local_day(app.now()) - 1 where id = $1',
    [ends.media.id],
  )
  expect(await ask(...names)).toEqual([names[0]])
})
