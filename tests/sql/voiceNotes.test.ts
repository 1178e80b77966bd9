/** Propuestas that were spoken: what is received, who writes it down, when the sound goes, and what of it is public. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { PropuestaContent } from '@/domain/propuesta'
import { anon, asActor, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as ax from './voiceFixtures'
import * as vx from './videoFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const SAYS = 'Que las actas se lean en voz alta en la plaza, una vez al mes.'
const itemOf = (id: string) =>
  callAs(db, fx.moderator, 'review_item', { p_id: id }) as Promise<{
    content: PropuestaContent
    state: string
  }>
const codeOf = async (change: object) => {
  const payload = { ...(await fx.propuesta(db)), body: null, ...change }
  const op = fx.op('propuesta.submit', randomUUID(), payload, { secret: fx.newSecret() })
  const verdict = await fx.sendOne(db, anon, op)
  return verdict.status === 'refused' ? verdict.code : verdict.status
}
const decide = (id: string, decision: string, rest: object = {}) =>
  fx.decide(db, fx.moderator, id, decision, { ...rest }).then(
    () => 'applied',
    (error: Error) => (JSON.parse(error.message) as { code: string }).code,
  )
const runDue = () => asActor(db, service, (client) => client.query('select public.run_due_jobs()'))
const later = (days: number) => fx.setClock(db, new Date(Date.now() + days * 86_400_000).toISOString())
const published = async ({ row }: fx.Sent) => {
  const { items } = (await callAs(db, anon, 'published_propuestas', { p_convocatoria: fx.OPEN })) as {
    items: Record<string, unknown>[]
  }
  return items.find(({ folio }) => folio === row.folio)
}
/** Runs every due job. Answers the kinds of those on these notes. */
const runAll = async (...of: ax.SentVoice[]): Promise<string[]> => {
  const kinds: string[] = []
  for (let jobs = await vx.takeJobs(db); jobs.length > 0; jobs = await vx.takeJobs(db))
    for (const job of jobs) {
      await vx.settle(db, job.id)
      if (of.some(({ media }) => media.id === job.media_id)) kinds.push(job.kind)
    }
  return kinds
}

describe('a voice note in the place of a text', () => {
  test('is received, waits for its bytes, and shows words that stand for what nobody has written', async () => {
    const sent = await ax.submitVoice(db)
    expect(sent.row.content).toMatchObject({
      body: 'Nota de voz: todavía falta escribir lo que dice.',
      media: { id: sent.media.id, status: 'awaiting_upload', mime: 'audio/webm', duration_ms: 60_000 },
      voice: { written: false, kept: false },
    })
    expect((await fx.submit(db)).row.content).not.toHaveProperty('media')
  })

  test.each([
    ['one of 92 seconds in AAC', { media: ax.voice({ mime: 'audio/mp4', duration_ms: 92_000 }) }, 'applied'],
    ['neither text nor voice', {}, 'malformed_op'],
    ['a text and a voice', { media: ax.voice(), body: SAYS }, 'malformed_op'],
    ['a video', { media: ax.voice({ mime: 'video/webm' }) }, 'media_type_unsupported'],
    ['more than 92 seconds', { media: ax.voice({ duration_ms: 92_001 }) }, 'media_too_long'],
    ['less than a second', { media: ax.voice({ duration_ms: 999 }) }, 'media_too_short'],
    ['more than 4 MiB', { media: ax.voice({ bytes: 4_194_305 }) }, 'media_too_large'],
    ['no hash', { media: ax.voice({ sha256: 'x' }) }, 'media_hash_invalid'],
    [
      'an id that can be guessed',
      { media: ax.voice({ id: fx.NOTICE.replace('4000', '1000') }) },
      'malformed_op',
    ],
    ['a word instead of a description', { media: 'voice' }, 'malformed_op'],
  ])('%s is answered as the rules say', async (_, change, code) => {
    expect(await codeOf(change)).toBe(code)
  })

  test('is refused where the notice does not ask for the voice, and from paper', async () => {
    const { rows } = await db.pool.query<{ id: string; hash: string }>(
      `insert into app.notices (version, title, simplified, full_form, consents, published_on, hash)
       select 2, title, simplified, full_form, consents - 2, published_on, '' from app.notices where id = $1
       returning id, hash`,
      [fx.NOTICE],
    )
    const use = (notice: string) =>
      db.pool.query('update app.convocatorias set notice_id = $2 where id = $1', [fx.OPEN, notice])
    await use(rows[0]!.id)
    const answered = { notice_id: rows[0]!.id, notice_hash: rows[0]!.hash }
    expect(await codeOf({ ...answered, media: ax.voice() })).toBe('malformed_op')
    expect(await codeOf({ ...answered, body: SAYS })).toBe('applied')
    await use(fx.NOTICE)
    const entered = { ...(await fx.propuesta(db)), body: null, media: ax.voice() }
    const paper = {
      ...entered,
      channel: 'paper',
      capture_id: randomUUID(),
      secret_hash: null,
      noted_by: null,
    }
    expect(await fx.applyOne(db, fx.moderator, fx.op('propuesta.enter', randomUUID(), paper))).toMatchObject({
      code: 'malformed_op',
    })
  })

  test.each([
    ['the announced sound', {}, 'verified'],
    ['a picture too', { mime: 'video/webm' }, 'mismatch'],
    ['sound that is longer than a note', { duration_ms: 92_001 }, 'mismatch'],
    ['sound that nobody measured', { duration_ms: null }, 'mismatch'],
    ['a place', { tells: ['tags'] }, 'mismatch'],
  ])('whose bytes hold %s is %s', async (_, found, status) => {
    const sent = await ax.arriveVoice(db, {}, found)
    expect((await itemOf(sent.id)).content.media?.status).toBe(status)
  })
})

describe('what a note says', () => {
  test('is written by staff before it can be accepted, and then found and analysed as a text', async () => {
    const sent = await ax.arriveVoice(db)
    expect(await decide(sent.id, 'accept')).toBe('transcript_missing')
    expect(await ax.transcribe(db, sent.id, 'Muy corto')).toBe('body_too_short')
    expect(await ax.transcribe(db, sent.id, SAYS, fx.auditor)).toBe('not_allowed')
    expect(await ax.transcribe(db, sent.id, SAYS)).toBe('applied')
    expect((await itemOf(sent.id)).content).toMatchObject({ body: SAYS, voice: { written: true } })
    const { rows } = await db.pool.query(
      `select from app.submission_search where submission_id = $1 and words::text ~ 'plaz'`,
      [sent.id],
    )
    expect(rows).toHaveLength(1)
    expect(await decide(sent.id, 'accept')).toBe('applied')
    expect(await ax.transcribe(db, sent.id, `${SAYS} Otra vez.`)).toBe('transition_invalid')
  })

  test('cannot be written before its sound arrived, nor of a propuesta that was typed', async () => {
    expect(await ax.transcribe(db, (await ax.submitVoice(db)).id, SAYS)).toBe('transition_invalid')
    expect(await ax.transcribe(db, (await fx.submit(db)).id, SAYS)).toBe('transition_invalid')
  })

  test('is also written by its author, who corrects the words that stand for it', async () => {
    const sent = await ax.arriveVoice(db)
    const correct = async (body: string) => {
      const { rows } = await db.pool.query<{ version: number }>(
        'select version from app.submissions where id = $1',
        [sent.id],
      )
      const rest = { secret: sent.secret, expected_version: rows[0]!.version }
      const payload = { part_id: null, helps: null, body }
      return (await fx.applyOne(db, anon, fx.op('propuesta.correct', sent.id, payload, rest))).status
    }
    expect(await correct(sent.row.content.body)).toBe('applied')
    expect(await decide(sent.id, 'accept')).toBe('transcript_missing')
    expect(await correct(SAYS)).toBe('applied')
    expect(await decide(sent.id, 'accept')).toBe('applied')
  })
})

describe('the sound', () => {
  /** Two published notes: whose author allows to publish the sound, and not. */
  const publishBoth = async () => {
    const both = [await arrive(true), await arrive(false)] as const
    for (const { id } of both) {
      await ax.transcribe(db, id, SAYS)
      await decide(id, 'accept')
      await decide(id, 'publish')
    }
    return both
  }
  const arrive = (allowed: boolean) => ax.arriveVoice(db, { consents: ax.consents(allowed) })

  test('the sound is public only where its author allowed it, and leaves with the text', async () => {
    const [kept, silent] = await publishBoth()
    expect(await published(kept)).toMatchObject({ body: SAYS, voice: null })
    expect(await runAll(kept, silent)).toEqual(['publish'])
    expect(await published(kept)).toMatchObject({
      voice: { object: expect.stringMatching(/^[0-9a-f-]{36}\.webm$/u) as string, duration_ms: 60_000 },
    })
    expect(await published(silent)).toMatchObject({ body: SAYS, voice: null })
    await fx.applyOne(db, anon, fx.op('submission.withdraw', kept.id, {}, { secret: kept.secret }))
    expect(await runAll(kept, silent)).toEqual(['unpublish'])
    await later(2)
    await runDue()
    expect(await runAll(kept, silent)).toEqual(['erase'])
    await fx.setClock(db, null)
    expect((await vx.mediaOf(db, kept)).status).toBe('removed')
  })

  test('three days after it was written down, the sound of a note that may not be published is erased', async () => {
    const [kept, silent] = await publishBoth()
    const unwritten = await ax.arriveVoice(db)
    await runAll()
    await later(2.9)
    await runDue()
    expect(await runAll(kept, silent, unwritten)).toEqual([])
    await later(3.1)
    await runDue()
    expect(await runAll(kept, silent, unwritten)).toEqual(['erase'])
    const statuses = [kept, silent, unwritten].map(async (sent) => (await vx.mediaOf(db, sent)).status)
    expect(await Promise.all(statuses)).toEqual(['verified', 'removed', 'verified'])
    expect((await itemOf(silent.id)).content).toMatchObject({ body: SAYS, media: { status: 'removed' } })
  })

  test('thirty days after a rejection it is erased, written or not, allowed or not', async () => {
    const sent = await ax.arriveVoice(db, { consents: ax.consents(true) })
    expect(await decide(sent.id, 'reject', { reason_code: 'unintelligible', message: 'No se oye.' })).toBe(
      'applied',
    )
    await later(29)
    await runDue()
    expect((await vx.takeJobs(db)).map(({ media_id }) => media_id)).not.toContain(sent.media.id)
    await later(31)
    await runDue()
    expect((await vx.takeJobs(db)).map(({ media_id }) => media_id)).toContain(sent.media.id)
  })
})
