/** An author sends another file for one that the server holds. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { VideoSubmission } from '@/domain/video'
import { anon, asActor, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as vx from './videoFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const HOUR = 3_600_000

/** A video whose file says a place, so that the server holds it. */
async function hold(change: vx.Change = {}): Promise<vx.SentVideo> {
  const sent = await vx.arrive(db, change)
  const job = (await vx.takeJobs(db)).find(({ media_id }) => media_id === sent.media.id)!
  await vx.settle(db, job.id, { ...vx.foundIn(sent.media), tells: ['tags'] })
  return sent
}

const versionOf = async ({ id }: vx.SentVideo): Promise<number> =>
  (await db.pool.query('select version from app.submissions where id = $1', [id])).rows[0].version

const otherFile = async (change: Partial<VideoSubmission['media']> = {}) => {
  const { media, poster } = await vx.video(db, { media: change })
  return { media, poster }
}

type File = Awaited<ReturnType<typeof otherFile>>

const replaceOp = (sent: vx.SentVideo, file: Partial<File>, expected_version: number) =>
  fx.op('video.replace', sent.id, file, { secret: sent.secret, expected_version })

const replace = async (sent: vx.SentVideo, file: Partial<File>, version?: number) =>
  fx.applyOne(db, anon, replaceOp(sent, file, version ?? (await versionOf(sent))))

const code = (verdict: Awaited<ReturnType<typeof replace>>) =>
  verdict.status === 'refused' ? verdict.code : verdict.status

/** The same submission with its new file. */
const after = (sent: vx.SentVideo, { media }: File): vx.SentVideo => ({ ...sent, media })

async function upload(sent: vx.SentVideo): Promise<void> {
  await vx.askPolicy(db, anon, vx.fileOf(sent))
  await vx.finishUpload(db, vx.fileOf(sent))
  expect(await fx.applyOne(db, anon, vx.attachOp(sent))).toMatchObject({ status: 'applied' })
}

describe('the exchange', () => {
  test('a held file is replaced under the same folio and consents, and the new one is verified', async () => {
    const sent = await hold()
    const consents = () => db.pool.query('select * from app.consents where submission_id = $1', [sent.id])
    const before = (await consents()).rows
    await db.pool.query('update app.videos set voiceless = true where submission_id = $1', [sent.id])
    const file = await otherFile({ mime: 'video/webm', bytes: 7_000_000 })
    expect(await replace(sent, file)).toMatchObject({
      status: 'applied',
      row: {
        folio: sent.row.folio,
        state: 'received',
        version: sent.row.version + 1,
        messages: [{ state: 'received' }],
        content: { media: { id: file.media.id, status: 'awaiting_upload', bytes: 7_000_000, tells: [] } },
      },
    })
    expect((await consents()).rows).toEqual(before)
    const fresh = after(sent, file)
    await upload(fresh)
    await vx.runJobs(db)
    expect(await vx.mediaOf(db, fresh)).toMatchObject({ status: 'verified' })
    await fx.decide(db, fx.moderator, sent.id, 'accept')
    await vx.prepareVideo(db, fresh) // with captions: that nobody speaks was said of the former file
    expect(await fx.decide(db, fx.moderator, sent.id, 'publish')).toMatchObject({ state: 'published' })
    await vx.runJobs(db)
  })

  test('the old bytes are deleted by a job, which leaves the new file alone and waits for nobody', async () => {
    const sent = await hold()
    const file = await otherFile()
    await replace(sent, file)
    const fresh = after(sent, file)
    await upload(fresh)
    const jobs = await vx.takeJobs(db)
    expect(jobs.map(({ kind, object }) => [kind, object])).toEqual([
      ['erase', sent.media.id],
      ['verify', file.media.id],
    ])
    await vx.settle(db, jobs[0]!.id)
    expect(await vx.mediaOf(db, fresh)).toMatchObject({ status: 'attached', poster: expect.any(Buffer) })
    await vx.settle(db, jobs[1]!.id, vx.foundIn(file.media))
    expect(await vx.mediaOf(db, fresh)).toMatchObject({ status: 'verified' })
  })

  test('a deletion that fails does not stop the check of the new file, and is tried again', async () => {
    const sent = await hold()
    const file = await otherFile()
    await replace(sent, file)
    const [erase] = await vx.takeJobs(db)
    await vx.settle(db, erase!.id, null, 'storage is away')
    await upload(after(sent, file))
    const [verify] = await vx.takeJobs(db)
    expect(verify).toMatchObject({ kind: 'verify', object: file.media.id })
    await vx.settle(db, verify!.id, vx.foundIn(file.media))
    await fx.setClock(db, new Date(Date.now() + HOUR).toISOString())
    expect(await vx.takeJobs(db)).toMatchObject([{ kind: 'erase', object: sent.media.id }])
    await vx.settle(db, erase!.id)
  })

  test('staff read that another file came, and its author reads no new state', async () => {
    const sent = await hold()
    await replace(sent, await otherFile())
    const item = (await callAs(db, fx.moderator, 'review_item', { p_id: sent.id })) as {
      events: { kind: string }[]
      content: { media: { found: unknown } }
    }
    expect(item.events.map(({ kind }) => kind)).toContain('file_replaced')
    expect(item.content.media.found).toBeNull()
    await vx.runJobs(db)
  })

  test('a file that is held again can be replaced again', async () => {
    const sent = await hold()
    const first = await otherFile()
    await replace(sent, first)
    await upload(after(sent, first))
    for (const job of await vx.takeJobs(db))
      await vx.settle(
        db,
        job.id,
        job.kind === 'verify' ? { ...vx.foundIn(first.media), tells: ['time'] } : null,
      )
    expect(code(await replace(sent, await otherFile()))).toBe('applied')
    expect(await vx.runJobs(db)).toEqual(['erase'])
  })
})

describe('exactly once', () => {
  test('a repeated op changes nothing, and a second one of the same version is a conflict', async () => {
    const sent = await hold()
    const op = replaceOp(sent, await otherFile(), sent.row.version)
    expect(await fx.applyOne(db, anon, op)).toMatchObject({ status: 'applied' })
    expect(await fx.applyOne(db, anon, op)).toMatchObject({ status: 'applied', row: { version: 2 } })
    expect(await replace(sent, await otherFile(), sent.row.version)).toMatchObject({
      status: 'conflict',
      row: { version: 2 },
    })
    expect(await vx.runJobs(db)).toEqual(['erase'])
  })

  test('a decision before the new file is a conflict for its author, and the held file stays', async () => {
    const sent = await hold()
    await fx.decide(db, fx.moderator, sent.id, 'request_correction', { message: 'Aclara.' })
    expect(await replace(sent, await otherFile(), sent.row.version)).toMatchObject({
      status: 'conflict',
      row: { state: 'correction_requested', content: { media: { id: sent.media.id, status: 'mismatch' } } },
    })
    expect(await replace(sent, await otherFile())).toMatchObject({
      status: 'applied',
      row: { state: 'correction_requested' },
    })
    await vx.runJobs(db)
  })

  test('a new file before a decision is a conflict for staff', async () => {
    const sent = await hold()
    await replace(sent, await otherFile())
    const decision = fx.op(
      'review.decide',
      sent.id,
      { decision: 'accept' },
      { expected_version: sent.row.version },
    )
    expect(await fx.applyOne(db, fx.moderator, decision)).toMatchObject({ status: 'conflict' })
    await vx.runJobs(db)
  })

  test('a late report that the old file is complete changes nothing', async () => {
    const sent = await hold()
    const file = await otherFile()
    await replace(sent, file)
    expect(await fx.applyOne(db, anon, vx.attachOp(sent))).toMatchObject({ status: 'applied' })
    expect(await vx.mediaOf(db, after(sent, file))).toMatchObject({ status: 'awaiting_upload' })
    await vx.runJobs(db)
  })
})

describe('what is refused', () => {
  test.each([
    ['a larger file than the call takes', { bytes: 300_000_001 }, 'media_too_large'],
    ['a shorter one', { duration_ms: 1_000 }, 'media_too_short'],
    ['a longer one', { duration_ms: 999_000 }, 'media_too_long'],
    ['another type', { mime: 'video/x-matroska' }, 'media_type_unsupported'],
    ['a hash that is none', { sha256: 'x' }, 'media_hash_invalid'],
  ])('%s has the limits of a first file', async (_, change, refusal) => {
    const sent = await hold()
    expect(code(await replace(sent, await otherFile(change)))).toBe(refusal)
    expect(await vx.mediaOf(db, sent)).toMatchObject({ status: 'mismatch' })
  })

  test('no file, a version that is missing, and the name of another file are malformed', async () => {
    const [sent, other] = [await hold(), await hold()]
    expect(code(await replace(sent, {}))).toBe('malformed_op')
    const { expected_version: _, ...unversioned } = replaceOp(sent, await otherFile(), 1)
    expect(code(await fx.applyOne(db, anon, unversioned))).toBe('malformed_op')
    expect(code(await replace(sent, await otherFile({ id: other.media.id })))).toBe('malformed_op')
    expect(code(await replace(sent, await otherFile({ id: sent.media.id })))).toBe('malformed_op')
  })

  test.each([
    ['a file that was verified', async () => (await vx.publishVideo(db)) as vx.SentVideo],
    ['a file that did not arrive yet', () => vx.submitVideo(db)],
    [
      'a held file of a rejected video',
      async () => {
        const sent = await hold()
        await fx.decide(db, fx.moderator, sent.id, 'reject', {
          reason_code: 'off_topic',
          message: 'No va con la convocatoria.',
        })
        return sent
      },
    ],
    [
      'a held file of a withdrawn video',
      async () => {
        const sent = await hold()
        await fx.applyOne(db, anon, fx.op('submission.withdraw', sent.id, {}, { secret: sent.secret }))
        return sent
      },
    ],
  ])('%s is not replaced', async (_, make) => {
    expect(code(await replace(await make(), await otherFile()))).toBe('file_not_replaceable')
  })

  test('only its author replaces it', async () => {
    const [sent, other] = [await hold(), await hold()]
    const op = replaceOp({ ...sent, secret: other.secret }, await otherFile(), 1)
    expect(code(await fx.applyOne(db, anon, op))).toBe('submission_unknown')
  })

  test('storage takes the new file of the announced size alone, and never the old name again', async () => {
    const sent = await hold()
    const file = await otherFile()
    await replace(sent, file)
    await expect(vx.askPolicy(db, anon, vx.fileOf(sent))).rejects.toThrow(/policy|closed/)
    await expect(vx.askPolicy(db, anon, { ...vx.fileOf(after(sent, file)), bytes: 1_000 })).rejects.toThrow(
      /policy|closed/,
    )
    await vx.askPolicy(db, anon, vx.fileOf(after(sent, file)))
    await vx.runJobs(db)
  })
})

describe('time', () => {
  test('a held file is replaced after the call has closed, and the new one has four days to arrive', async () => {
    const sent = await hold()
    const { rows } = await db.pool.query(
      `select app.received_until(c) + interval '30 days' as late from app.convocatorias c where c.id = $1`,
      [vx.VIDEOS],
    )
    const late: Date = rows[0].late
    await fx.setClock(db, late.toISOString())
    const file = await otherFile()
    const verdict = await replace(sent, file)
    expect(verdict).toMatchObject({ status: 'applied' })
    const { expires_at } = (verdict as { row: vx.SentVideo['row'] }).row.content.media
    expect(Date.parse(expires_at)).toBe(late.getTime() + 96 * HOUR)
    await fx.setClock(db, new Date(late.getTime() + 97 * HOUR).toISOString())
    await asActor(db, service, (client) => client.query('select public.run_due_jobs()'))
    expect(await vx.mediaOf(db, after(sent, file))).toMatchObject({ status: 'expired' })
  })

  test('a record waits until the bytes of its replaced file are gone', async () => {
    const sent = await hold()
    await replace(sent, await otherFile())
    await db.pool.query(`update app.media_uploads set status = 'expired' where submission_id = $1`, [sent.id])
    const due = async () =>
      (
        await db.pool.query(
          `select 1 from app.due_records(app.now() + interval '50 years', 1000) d
        where d.submission_id = $1`,
          [sent.id],
        )
      ).rowCount
    expect(await due()).toBe(0)
    await vx.runJobs(db)
    expect(await due()).toBe(1)
  })

  test('an id that no phone makes is malformed', async () => {
    const id = randomUUID().replace(/^(.{14})4/u, '$11')
    expect(code(await replace(await hold(), await otherFile({ id })))).toBe('malformed_op')
  })
})
