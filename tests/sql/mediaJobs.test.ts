/** What is done to a video's bytes: reading, publishing, taking out, erasing; and what everybody may watch. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { anon, asActor, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as vx from './videoFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

interface Gallery {
  items: Record<string, unknown>[]
  next: string | null
}
const gallery = (after: string | null = null) =>
  callAs(db, anon, 'published_videos', { p_convocatoria: vx.VIDEOS, p_after: after }) as Promise<Gallery>
const isShown = async ({ row }: vx.SentVideo) =>
  (await gallery()).items.some(({ folio }) => folio === row.folio)
const decide = async (id: string, decision: string) =>
  fx.decide(db, fx.moderator, id, decision).then(
    () => 'applied',
    (error: Error) => (JSON.parse(error.message) as { code: string }).code,
  )
const author = async (kind: 'submission.withdraw' | 'submission.undo_withdraw', sent: vx.SentVideo) => {
  const verdict = await fx.applyOne(db, anon, fx.op(kind, sent.id, {}, { secret: sent.secret }))
  if (verdict.status !== 'applied') throw new Error(JSON.stringify(verdict))
}
const runDue = () => asActor(db, service, (client) => client.query('select public.run_due_jobs()'))
const later = (ms: number) => fx.setClock(db, new Date(Date.now() + ms).toISOString())
const MINUTE = 60_000

/** The one job that is due, after all others were run. */
async function onlyJob(sent: vx.SentVideo): Promise<vx.MediaJob> {
  const jobs = await vx.takeJobs(db)
  expect(jobs.map(({ media_id }) => media_id)).toEqual([sent.media.id])
  return jobs[0]!
}

describe('reading', () => {
  test.each([
    ['what was claimed', {}, 'verified'],
    ['an MP4 that called itself MOV', { mime: 'video/quicktime' }, 'verified'],
    ['other bytes', { sha256: 'f'.repeat(64) }, 'mismatch'],
    ['another size', { bytes: 4_999_999 }, 'mismatch'],
    ['WebM in what called itself MP4', { mime: 'video/webm' }, 'mismatch'],
    ['what is no video', { mime: 'text/html' }, 'mismatch'],
    ['what nobody knows', { mime: null }, 'mismatch'],
  ])('finds %s', async (_, change, status) => {
    const sent = await vx.arrive(db)
    const job = await onlyJob(sent)
    expect(job).toEqual({
      id: expect.any(Number),
      kind: 'verify',
      media_id: sent.media.id,
      bucket: 'videos-intake',
      object: sent.media.id,
      public_object: expect.stringMatching(/^[0-9a-f-]{36}\.mp4$/),
      mime: 'video/mp4',
      poster: null,
    })
    expect(job.public_object).not.toContain(sent.media.id)
    const { bytes, sha256, mime } = sent.media
    const found = { bytes, sha256, mime, ...change }
    await vx.settle(db, job.id, found)
    expect(await vx.mediaOf(db, sent)).toMatchObject({ status, found })
    expect(await callAs(db, fx.moderator, 'review_item', { p_id: sent.id })).toMatchObject({
      content: { media: { status, found } },
    })
  })

  test('an outcome that is none is a mismatch, and a second one changes nothing', async () => {
    const sent = await vx.arrive(db)
    const job = await onlyJob(sent)
    await vx.settle(db, job.id, { ok: true })
    expect(await vx.mediaOf(db, sent)).toMatchObject({ status: 'mismatch' })
    await vx.settle(db, job.id, sent.media)
    expect(await vx.mediaOf(db, sent)).toMatchObject({ status: 'mismatch' })
    await vx.settle(db, 0, sent.media)
  })
})

describe('a lease', () => {
  test('holds for ten minutes: nobody else takes the job; then it is given back', async () => {
    const sent = await vx.arrive(db)
    const job = await onlyJob(sent)
    expect(await vx.takeJobs(db)).toEqual([])
    await later(10 * MINUTE)
    expect(await onlyJob(sent)).toMatchObject({ id: job.id })
    await vx.settle(db, job.id, sent.media)
    expect(await vx.takeJobs(db)).toEqual([])
  })

  test('two that take at once share out the jobs', async () => {
    const sent = [await vx.arrive(db), await vx.arrive(db), await vx.arrive(db)]
    const taken = (await Promise.all([vx.takeJobs(db, 2), vx.takeJobs(db, 2)])).flat()
    expect(taken.map(({ media_id }) => media_id).sort()).toEqual(sent.map(({ media }) => media.id).sort())
    for (const job of taken) await vx.settle(db, job.id, { bytes: 1 })
  })

  test('a failed job waits longer each time, and reading is given up after ten', async () => {
    const sent = await vx.arrive(db)
    let now = Date.now()
    for (let attempt = 1; attempt <= 10; attempt++) {
      await fx.setClock(db, new Date(now).toISOString())
      const job = await onlyJob(sent)
      await vx.settle(db, job.id, null, 'storage is away')
      const wait = 2 ** Math.min(attempt, 8) * MINUTE
      await fx.setClock(db, new Date(now + wait - 1000).toISOString())
      expect(await vx.takeJobs(db)).toEqual([])
      now += wait
    }
    await fx.setClock(db, new Date(now).toISOString())
    expect(await vx.takeJobs(db)).toEqual([])
    expect(await vx.mediaOf(db, sent)).toMatchObject({ status: 'attached' })
  })
})

describe('publishing', () => {
  test('wants bytes that were read, then a transcript, then the author’s consent first of all', async () => {
    const sent = await vx.arrive(db, { transcript: null })
    await fx.decide(db, fx.moderator, sent.id, 'accept')
    expect(await decide(sent.id, 'publish')).toBe('media_not_verified')
    await vx.runJobs(db)
    expect(await decide(sent.id, 'publish')).toBe('transcript_missing')
    const { rows } = await db.pool.query('select version from app.submissions where id = $1', [sent.id])
    const write = fx.op(
      'video.transcribe',
      sent.id,
      { transcript: 'Hola.' },
      { expected_version: rows[0].version },
    )
    expect(await fx.applyOne(db, fx.moderator, write)).toMatchObject({ status: 'applied' })
    expect(await decide(sent.id, 'publish')).toBe('applied')
    await vx.runJobs(db)
    const denied = await vx.arrive(db, {
      consents: vx.CONSENTS.map((one) => ({ ...one, granted: one.key !== 'publish' })),
    })
    await fx.decide(db, fx.moderator, denied.id, 'accept')
    expect(await decide(denied.id, 'publish')).toBe('publication_not_authorised')
    await vx.runJobs(db)
  })

  test('bytes that are not what was claimed are never published', async () => {
    const sent = await vx.arrive(db)
    await vx.settle(db, (await onlyJob(sent)).id, { ...sent.media, sha256: 'f'.repeat(64) })
    await fx.decide(db, fx.moderator, sent.id, 'accept')
    expect(await decide(sent.id, 'publish')).toBe('media_not_verified')
  })

  test('queues the copy with its poster; the gallery shows it once it is there', async () => {
    const sent = await vx.arrive(db, { display_name: 'Ana', media: { mime: 'video/quicktime' } })
    await vx.runJobs(db)
    await fx.decide(db, fx.moderator, sent.id, 'accept', { message: '¡Gracias!' })
    await fx.decide(db, fx.moderator, sent.id, 'publish')
    expect(await isShown(sent)).toBe(false)
    const job = await onlyJob(sent)
    expect(job).toMatchObject({ kind: 'publish', mime: 'video/quicktime', poster: vx.POSTER })
    await vx.settle(db, job.id)
    const { public_id } = await vx.mediaOf(db, sent)
    expect((await gallery()).items[0]).toEqual({
      folio: sent.row.folio,
      pillar: 'transparencia',
      title: sent.row.content.title,
      summary: sent.row.content.summary,
      transcript: sent.row.content.transcript,
      name: 'Ana',
      municipality: '15106',
      published_at: expect.any(String),
      duration_ms: 60_000,
      bytes: 5_000_000,
      mime: 'video/quicktime',
      object: `${public_id}.mov`,
      poster: `${public_id}.jpg`,
      reply: '¡Gracias!',
    })
    expect(JSON.stringify(await gallery())).not.toContain(sent.media.id)
  })

  test('undone within its minute, the copy is not made, or taken away', async () => {
    const sent = await vx.arrive(db)
    await vx.runJobs(db)
    await fx.decide(db, fx.moderator, sent.id, 'accept')
    const { events, version } = await fx.decide(db, fx.moderator, sent.id, 'publish')
    await fx.applyOne(
      db,
      fx.moderator,
      fx.op('review.undo', sent.id, { event_id: events.at(-1)!.id }, { expected_version: version }),
    )
    expect(await vx.runJobs(db)).toEqual(['unpublish'])
    expect(await isShown(sent)).toBe(false)
  })
})

describe('a withdrawal', () => {
  test('hides at once and takes the copy out; undone, it is copied and shown again', async () => {
    const sent = await vx.publishVideo(db)
    expect(await isShown(sent)).toBe(true)
    await author('submission.withdraw', sent)
    expect(await isShown(sent)).toBe(false)
    expect(await vx.mediaOf(db, sent)).toMatchObject({ public_ready: false, status: 'verified' })
    expect(await vx.runJobs(db)).toEqual(['unpublish'])
    await author('submission.undo_withdraw', sent)
    expect(await isShown(sent)).toBe(false)
    expect(await vx.runJobs(db)).toEqual(['publish'])
    expect(await isShown(sent)).toBe(true)
  })

  test('undone before anything ran, the copy that is there stays and is made sure of', async () => {
    const sent = await vx.publishVideo(db)
    await author('submission.withdraw', sent)
    await author('submission.undo_withdraw', sent)
    expect(await vx.runJobs(db)).toEqual(['publish'])
    expect(await isShown(sent)).toBe(true)
  })

  test('while the copy is being made: it waits for it, then takes it out, and it is never shown', async () => {
    const sent = await vx.arrive(db)
    await vx.runJobs(db)
    await fx.decide(db, fx.moderator, sent.id, 'accept')
    await fx.decide(db, fx.moderator, sent.id, 'publish')
    const copying = await onlyJob(sent)
    await author('submission.withdraw', sent)
    expect(await vx.takeJobs(db)).toEqual([])
    await vx.settle(db, copying.id)
    expect(await vx.mediaOf(db, sent)).toMatchObject({ public_ready: false })
    expect(await vx.runJobs(db)).toEqual(['unpublish'])
  })

  test('whose copier died or failed does not wait for another attempt', async () => {
    const sent = await vx.arrive(db)
    await vx.runJobs(db)
    await fx.decide(db, fx.moderator, sent.id, 'accept')
    await fx.decide(db, fx.moderator, sent.id, 'publish')
    await vx.settle(db, (await onlyJob(sent)).id, null, 'away')
    await author('submission.withdraw', sent)
    expect(await vx.runJobs(db)).toEqual(['unpublish'])
  })

  test('that became final erases the bytes and the poster, and tells', async () => {
    const sent = await vx.publishVideo(db)
    await author('submission.withdraw', sent)
    await vx.runJobs(db)
    await later(24 * 60 * MINUTE)
    await runDue()
    const jobs = await vx.takeJobs(db)
    const job = jobs.find(({ media_id }) => media_id === sent.media.id)!
    expect(job).toMatchObject({ kind: 'erase', object: sent.media.id, poster: null })
    await vx.settle(db, job.id)
    expect(await vx.mediaOf(db, sent)).toMatchObject({ status: 'removed', poster: null, public_ready: false })
    expect(await fx.openFolio(db, sent.row.folio, sent.secret)).toMatchObject({
      state: 'withdrawn',
      content: { media: { status: 'removed' } },
    })
    for (const other of jobs) await vx.settle(db, other.id)
  })

  test('of a video that was only received, or not even read, ends the same way', async () => {
    const waiting = await vx.submitVideo(db)
    const unread = await vx.arrive(db)
    await author('submission.withdraw', waiting)
    await author('submission.withdraw', unread)
    await later(24 * 60 * MINUTE)
    await runDue()
    expect(await vx.runJobs(db)).toEqual(['erase', 'erase'])
    expect(await vx.mediaOf(db, waiting)).toMatchObject({ status: 'removed' })
  })

  test('taking out and erasing are never given up', async () => {
    const sent = await vx.publishVideo(db)
    await author('submission.withdraw', sent)
    await db.pool.query(`update app.media_jobs set attempts = 50 where done_at is null`)
    expect(await vx.runJobs(db)).toEqual(['unpublish'])
  })
})

describe('the gallery', () => {
  test('shows nothing that is not published, and no name without consent', async () => {
    const received = await vx.arrive(db)
    const accepted = await vx.arrive(db)
    const passed = await vx.arrive(db)
    await vx.runJobs(db)
    await fx.decide(db, fx.moderator, accepted.id, 'accept')
    await fx.decide(db, fx.moderator, passed.id, 'accept')
    await fx.decide(db, fx.moderator, passed.id, 'not_select')
    // A row that says its copy is there is not enough.
    await db.pool.query('update app.media_uploads set public_ready = true where id = any ($1)', [
      [received, accepted, passed].map(({ media }) => media.id),
    ])
    for (const sent of [received, accepted, passed]) expect(await isShown(sent)).toBe(false)
    await vx.publishVideo(db)
    expect((await gallery()).items[0]!.name).toBeNull()
  })

  test('goes on after 50, without a gap', async () => {
    const clone = await vx.publishVideo(db)
    await db.pool.query(
      `with made as (
         insert into app.submissions (id, convocatoria_id, kind, folio, state, captured_at, late, published_at)
         select gen_random_uuid(), s.convocatoria_id, s.kind, 'VI-' || n, s.state, s.captured_at, s.late, s.published_at
         from app.submissions s, generate_series(1, 60) n where s.id = $1 returning id
       ), texts as (
         insert into app.videos (submission_id, convocatoria_id, pillar, title, summary)
         select m.id, v.convocatoria_id, v.pillar, v.title, v.summary from made m, app.videos v where v.submission_id = $1
       )
       insert into app.media_uploads (id, submission_id, convocatoria_id, status, bytes, mime, sha256, duration_ms, width, height, expires_at, public_ready)
       select gen_random_uuid(), m.id, u.convocatoria_id, u.status, u.bytes, u.mime, u.sha256, u.duration_ms, u.width, u.height, u.expires_at, true
       from made m, app.media_uploads u where u.submission_id = $1`,
      [clone.id],
    )
    const folios: unknown[] = []
    let after: string | null = null
    do {
      const page: Gallery = await gallery(after)
      folios.push(...page.items.map(({ folio }) => folio))
      after = page.next
    } while (after)
    expect(folios.length).toBeGreaterThan(60)
    expect(new Set(folios).size).toBe(folios.length)
  })

  test('of a draft, and of another kind, is empty', async () => {
    expect(await callAs(db, anon, 'published_videos', { p_convocatoria: fx.OPEN })).toEqual({
      items: [],
      next: null,
    })
    await db.pool.query('update app.convocatorias set published = false where id = $1', [vx.VIDEOS])
    expect(await gallery()).toEqual({ items: [], next: null })
    await db.pool.query('update app.convocatorias set published = true where id = $1', [vx.VIDEOS])
  })
})
