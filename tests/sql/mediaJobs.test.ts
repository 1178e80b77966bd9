/** The jobs on a video's bytes: verify, publish, unpublish and erase; and the public gallery. */
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

/** The only job that is due. */
async function onlyJob(sent: vx.SentVideo): Promise<vx.MediaJob> {
  const jobs = await vx.takeJobs(db)
  expect(jobs.map(({ media_id }) => media_id)).toEqual([sent.media.id])
  return jobs[0]!
}

describe('verification', () => {
  test.each([
    ['a file that matches its claim', {}, 'verified'],
    ['an MP4 claimed as MOV', { mime: 'video/quicktime' }, 'verified'],
    ['different bytes', { sha256: 'f'.repeat(64) }, 'mismatch'],
    ['a different size', { bytes: 4_999_999 }, 'mismatch'],
    ['WebM bytes claimed as MP4', { mime: 'video/webm' }, 'mismatch'],
    ['a file that is not a video', { mime: 'text/html' }, 'mismatch'],
    ['an unknown type', { mime: null }, 'mismatch'],
    ['a file that tells a place', { tells: ['tags'] }, 'mismatch'],
    ['a file that nobody asked what it tells', { tells: null }, 'mismatch'],
  ])('the verification of %s sets its status', async (_, change, status) => {
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
      poster: vx.POSTER,
      cues: null,
      former: null,
      rendition: null,
    })
    expect(job.public_object).not.toContain(sent.media.id)
    const found = { ...vx.foundIn(sent.media), ...change }
    await vx.settle(db, job.id, found)
    expect(await vx.mediaOf(db, sent)).toMatchObject({ status, found })
    expect(await callAs(db, fx.moderator, 'review_item', { p_id: sent.id })).toMatchObject({
      content: { media: { status, found, tells: found.tells ?? [] } },
    })
    const { rows } = await db.pool.query('select app.video_content($1) as content', [sent.id])
    expect(rows[0].content.media).toMatchObject({ status, tells: found.tells ?? [] })
  })

  test('a poster that is no picture is dropped, and the video is verified', async () => {
    const sent = await vx.arrive(db)
    await vx.settle(db, (await onlyJob(sent)).id, { ...vx.foundIn(sent.media), poster: false })
    expect(await vx.mediaOf(db, sent)).toMatchObject({ status: 'verified', poster: null })
  })

  test('a malformed outcome is a mismatch, and a second outcome changes nothing', async () => {
    const sent = await vx.arrive(db)
    const job = await onlyJob(sent)
    await vx.settle(db, job.id, { ok: true })
    expect(await vx.mediaOf(db, sent)).toMatchObject({ status: 'mismatch' })
    await vx.settle(db, job.id, vx.foundIn(sent.media))
    expect(await vx.mediaOf(db, sent)).toMatchObject({ status: 'mismatch' })
    await vx.settle(db, 0, sent.media)
  })
})

describe('job leases', () => {
  test('a lease lasts ten minutes, and an unsettled job is then handed out again', async () => {
    const sent = await vx.arrive(db)
    const job = await onlyJob(sent)
    expect(await vx.takeJobs(db)).toEqual([])
    await later(10 * MINUTE)
    expect(await onlyJob(sent)).toMatchObject({ id: job.id })
    await vx.settle(db, job.id, vx.foundIn(sent.media))
    expect(await vx.takeJobs(db)).toEqual([])
  })

  test('two concurrent workers never take the same job', async () => {
    const sent = [await vx.arrive(db), await vx.arrive(db), await vx.arrive(db)]
    const taken = (await Promise.all([vx.takeJobs(db, 2), vx.takeJobs(db, 2)])).flat()
    expect(taken.map(({ media_id }) => media_id).sort()).toEqual(sent.map(({ media }) => media.id).sort())
    for (const job of taken) await vx.settle(db, job.id, { bytes: 1 })
  })

  test('a failed job waits longer after each attempt, and a verification is abandoned after ten', async () => {
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
  test('publishing needs verified bytes, a transcript and the author’s consent', async () => {
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
    await vx.prepareVideo(db, sent)
    expect(await decide(sent.id, 'publish')).toBe('applied')
    await vx.runJobs(db)
    const denied = await vx.arrive(db, {
      consents: vx.CONSENTS.map((one) => ({ ...one, granted: one.key !== 'publish' })),
    })
    await fx.decide(db, fx.moderator, denied.id, 'accept')
    expect(await decide(denied.id, 'publish')).toBe('publication_not_authorised')
    await vx.runJobs(db)
  })

  test('a video is never published if its bytes differ from the claim', async () => {
    const sent = await vx.arrive(db)
    await vx.settle(db, (await onlyJob(sent)).id, { ...vx.foundIn(sent.media), sha256: 'f'.repeat(64) })
    await fx.decide(db, fx.moderator, sent.id, 'accept')
    expect(await decide(sent.id, 'publish')).toBe('media_not_verified')
  })

  test('publishing queues the copy with its poster, and the gallery shows the video once the copy exists', async () => {
    const sent = await vx.arrive(db, { display_name: 'Ana', media: { mime: 'video/quicktime' } })
    await vx.runJobs(db)
    await fx.decide(db, fx.moderator, sent.id, 'accept', { message: '¡Gracias!' })
    const copy = await vx.prepareVideo(db, sent)
    await fx.decide(db, fx.moderator, sent.id, 'publish')
    expect(await isShown(sent)).toBe(false)
    const job = await onlyJob(sent)
    expect(job).toMatchObject({ kind: 'publish', mime: 'video/mp4', poster: vx.POSTER })
    await vx.settle(db, job.id)
    const name = job.public_object.replace('.mp4', '')
    expect((await gallery()).items[0]).toEqual({
      folio: sent.row.folio,
      pillar: 'transparencia',
      title: sent.row.content.title,
      summary: sent.row.content.summary,
      transcript: sent.row.content.transcript,
      voiceless: false,
      name: 'Ana',
      municipality: '15106',
      sector: 'sociedad_civil',
      captions: `${name}.vtt`,
      published_at: expect.any(String),
      duration_ms: 60_000,
      bytes: copy.bytes,
      mime: 'video/mp4',
      object: `${name}.mp4`,
      poster: `${name}.jpg`,
      reply: '¡Gracias!',
    })
    expect(JSON.stringify(await gallery())).not.toContain(sent.media.id)
  })

  test('undoing a publication within its minute removes the copy', async () => {
    const sent = await vx.arrive(db)
    await vx.runJobs(db)
    await fx.decide(db, fx.moderator, sent.id, 'accept')
    await vx.prepareVideo(db, sent)
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

describe('withdrawals', () => {
  test('a withdrawal hides a video at once and removes its copy, and undoing it publishes the copy again', async () => {
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

  test('a withdrawal undone before any job ran keeps the copy and queues its check', async () => {
    const sent = await vx.publishVideo(db)
    await author('submission.withdraw', sent)
    await author('submission.undo_withdraw', sent)
    expect(await vx.runJobs(db)).toEqual(['publish'])
    expect(await isShown(sent)).toBe(true)
  })

  test('a withdrawal during the copying removes the copy as soon as it is made, and the video is never shown', async () => {
    const sent = await vx.arrive(db)
    await vx.runJobs(db)
    await fx.decide(db, fx.moderator, sent.id, 'accept')
    await vx.prepareVideo(db, sent)
    await fx.decide(db, fx.moderator, sent.id, 'publish')
    const copying = await onlyJob(sent)
    await author('submission.withdraw', sent)
    expect(await vx.takeJobs(db)).toEqual([])
    await vx.settle(db, copying.id)
    expect(await vx.mediaOf(db, sent)).toMatchObject({ public_ready: false })
    expect(await vx.runJobs(db)).toEqual(['unpublish'])
  })

  test('a withdrawal does not wait for another attempt of a failed copy', async () => {
    const sent = await vx.arrive(db)
    await vx.runJobs(db)
    await fx.decide(db, fx.moderator, sent.id, 'accept')
    await vx.prepareVideo(db, sent)
    await fx.decide(db, fx.moderator, sent.id, 'publish')
    await vx.settle(db, (await onlyJob(sent)).id, null, 'away')
    await author('submission.withdraw', sent)
    expect(await vx.runJobs(db)).toEqual(['unpublish'])
  })

  test('a final withdrawal erases the bytes and the poster, and the author sees that', async () => {
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

  test('a final withdrawal of an unverified or missing upload also erases it', async () => {
    const waiting = await vx.submitVideo(db)
    const unread = await vx.arrive(db)
    await author('submission.withdraw', waiting)
    await author('submission.withdraw', unread)
    await later(24 * 60 * MINUTE)
    await runDue()
    expect(await vx.runJobs(db)).toEqual(['erase', 'erase'])
    expect(await vx.mediaOf(db, waiting)).toMatchObject({ status: 'removed' })
  })

  test('unpublish and erase jobs are never abandoned', async () => {
    const sent = await vx.publishVideo(db)
    await author('submission.withdraw', sent)
    await db.pool.query(`update app.media_jobs set attempts = 50 where done_at is null`)
    expect(await vx.runJobs(db)).toEqual(['unpublish'])
  })
})

describe('the gallery', () => {
  test('the gallery shows only published videos, and a name only with consent', async () => {
    const received = await vx.arrive(db)
    const accepted = await vx.arrive(db)
    const passed = await vx.arrive(db)
    await vx.runJobs(db)
    await fx.decide(db, fx.moderator, accepted.id, 'accept')
    await fx.decide(db, fx.moderator, passed.id, 'accept')
    await fx.decide(db, fx.moderator, passed.id, 'not_select')
    // `public_ready` alone does not publish a video.
    await db.pool.query('update app.media_uploads set public_ready = true where id = any ($1)', [
      [received, accepted, passed].map(({ media }) => media.id),
    ])
    for (const sent of [received, accepted, passed]) expect(await isShown(sent)).toBe(false)
    await vx.publishVideo(db)
    expect((await gallery()).items[0]!.name).toBeNull()
  })

  test('the gallery shows one pillar where somebody asks for it', async () => {
    const one = await vx.publishVideo(db)
    const other = await vx.publishVideo(db, { pillar: 'participacion' })
    const about = async (p_pillar: string) =>
      (
        (await callAs(db, anon, 'published_videos', { p_convocatoria: vx.VIDEOS, p_pillar })) as Gallery
      ).items.map(({ folio }) => folio)
    expect(await about('participacion')).toEqual([other.row.folio])
    expect(await about('transparencia')).toContain(one.row.folio)
    expect(await about('nada')).toEqual([])
  })

  test('a municipality and a sector find only videos whose author let everybody read them', async () => {
    const from = { municipality: '15099', sector: 'academia' } as const
    const open = await vx.publishVideo(db, from)
    const other = await vx.publishVideo(db, { ...from, municipality: '15057' })
    const found = async (search: object) =>
      (
        (await callAs(db, anon, 'published_videos', { p_convocatoria: vx.VIDEOS, ...search })) as Gallery
      ).items.map(({ folio }) => folio)
    expect(await found({ p_municipality: '15099' })).toEqual([open.row.folio])
    expect(await found({ p_sector: 'academia' })).toEqual([other.row.folio, open.row.folio])
    expect(await found({ p_sector: 'academia', p_municipality: '15057' })).toEqual([other.row.folio])
    expect(await found({ p_sector: 'empresa', p_municipality: '15057' })).toEqual([])
    const permission = `kind = 'videos' and permission in ('municipality', 'sector')`
    const { rows } = await db.pool.query(`delete from app.kind_permissions where ${permission} returning *`)
    // as under a notice that names neither: the videos stay in the gallery, and no filter finds them
    expect(await found({})).toContain(open.row.folio)
    expect(await found({ p_municipality: '15099' })).toEqual([])
    expect(await found({ p_sector: 'academia' })).toEqual([])
    await db.pool.query(
      'insert into app.kind_permissions select * from jsonb_populate_recordset(null::app.kind_permissions, $1)',
      [JSON.stringify(rows)],
    )
  })

  test('the gallery returns more than 50 videos in pages without gaps or repetitions', async () => {
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

  test('the gallery of a draft or of a campaign of another kind is empty', async () => {
    expect(await callAs(db, anon, 'published_videos', { p_convocatoria: fx.OPEN })).toEqual({
      items: [],
      next: null,
    })
    await db.pool.query('update app.convocatorias set published = false where id = $1', [vx.VIDEOS])
    expect(await gallery()).toEqual({ items: [], next: null })
    await db.pool.query('update app.convocatorias set published = true where id = $1', [vx.VIDEOS])
  })
})
