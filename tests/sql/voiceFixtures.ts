/** Fixtures of voice notes: propuestas that were spoken, with the bytes and jobs of `videoFixtures.ts`. */
import { randomBytes, randomUUID } from 'node:crypto'
import type { PropuestaSubmission } from '@/domain/propuesta'
import { anon, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as vx from './videoFixtures'

export type Voice = NonNullable<PropuestaSubmission['media']>

export const voice = (change: Partial<Voice> = {}): Voice => ({
  id: randomUUID(),
  bytes: 300_000,
  mime: 'audio/webm',
  sha256: randomBytes(32).toString('hex'),
  duration_ms: 60_000,
  ...change,
})

export interface SentVoice extends fx.Sent {
  media: Voice
}

/** The consents of somebody who allows to publish text and sound, or the text alone. */
export const consents = (voiceGranted: boolean) => [
  { key: 'political_opinions', granted: true },
  { key: 'publish', granted: true },
  { key: 'voice', granted: voiceGranted },
]

/** Submits a propuesta that was spoken, without its bytes. */
export async function submitVoice(
  db: TestDatabase,
  change: Partial<PropuestaSubmission> = {},
): Promise<SentVoice> {
  const media = change.media ?? voice()
  return { ...(await fx.submit(db, { body: null, media, ...change })), media }
}

export const attachOp = ({ id, media, secret }: SentVoice) =>
  fx.op('propuesta.attach', id, { media_id: media.id }, { secret })

/** Submits one whose sound arrived and was verified. */
export async function arriveVoice(
  db: TestDatabase,
  change: Partial<PropuestaSubmission> = {},
  found: Record<string, unknown> = {},
): Promise<SentVoice> {
  const sent = await submitVoice(db, change)
  const { media } = sent
  await vx.askPolicy(db, anon, { name: media.id, bytes: media.bytes, mime: media.mime })
  await vx.finishUpload(db, { name: media.id, bytes: media.bytes, mime: media.mime })
  const verdict = await fx.applyOne(db, anon, attachOp(sent))
  if (verdict.status !== 'applied') throw new Error(JSON.stringify(verdict))
  for (const job of await vx.takeJobs(db)) {
    const { bytes, sha256, mime, duration_ms } = media
    const said = { bytes, sha256, mime, tells: [], picture: null, sound: 'opus', poster: null, duration_ms }
    await vx.settle(db, job.id, { ...said, ...found })
  }
  return sent
}

/** Staff write what a note says. Answers the verdict's status or code. */
export async function transcribe(
  db: TestDatabase,
  id: string,
  transcript: string,
  actor = fx.moderator,
): Promise<string> {
  const { rows } = await db.pool.query<{ version: number }>(
    'select version from app.submissions where id = $1',
    [id],
  )
  const op = fx.op('propuesta.transcribe', id, { transcript }, { expected_version: rows[0]!.version })
  const verdict = await fx.applyOne(db, actor, op)
  return verdict.status === 'refused' ? verdict.code : verdict.status
}
