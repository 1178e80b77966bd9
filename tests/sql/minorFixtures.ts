/** Fixtures of the tests of minors: what a phone sends of one, and the letter to the guardian. */
import { randomUUID } from 'node:crypto'
import type { Verdict } from '@/domain/ops'
import type { MinorSubmission } from '@/domain/minor'
import { anon, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as vx from './videoFixtures'

export const MINOR: MinorSubmission = {
  assent: true,
  guardian: { name: 'Rosa Paz', relationship: 'madre', contact: 'rosa@correo.mx' },
}
export const withGuardian = (change: object) => ({ ...MINOR, guardian: { ...MINOR.guardian, ...change } })

/** Whether the call for videos takes minors, and whether it once did in public. */
export const letMinors = (db: TestDatabase, may: boolean, once = false) =>
  db.pool.query('update app.video_campaigns set minors = $1, once_minors = $2 where convocatoria_id = $3', [
    may,
    once,
    vx.VIDEOS,
  ])

const payloadOf = async (db: TestDatabase, change: object, minor: unknown) => ({
  ...(await vx.video(db)),
  display_name: 'Luna',
  email: 'luna@correo.mx',
  minor,
  ...change,
})

/** The verdict on a minor's video: `applied`, or the code and field of its refusal. */
export async function judge(db: TestDatabase, change: object = {}, minor: unknown = MINOR): Promise<string> {
  const payload = await payloadOf(db, change, minor)
  const op = fx.op('video.submit', randomUUID(), payload, { secret: fx.newSecret(), v: 2 })
  const verdict: Verdict = await fx.applyOne(db, anon, op)
  return verdict.status === 'refused' ? `${verdict.code} ${verdict.field}` : verdict.status
}

export interface Child extends vx.SentVideo {
  /** Of the letter to the guardian; null: none was written. */
  token: string | null
}

/** A minor's video with its verified file. */
export async function sendMinor(
  db: TestDatabase,
  change: object = {},
  minor: unknown = MINOR,
): Promise<Child> {
  const id = randomUUID()
  const secret = fx.newSecret()
  const payload = await payloadOf(db, change, minor)
  const verdict = await fx.applyOne(db, anon, fx.op('video.submit', id, payload, { secret, v: 2 }))
  if (verdict.status !== 'applied') throw new Error(JSON.stringify(verdict))
  const sent = { id, secret, row: verdict.row as vx.SentVideo['row'], media: payload.media }
  await vx.finishUpload(db, vx.fileOf(sent))
  await fx.applyOne(db, anon, vx.attachOp(sent))
  await vx.runJobs(db)
  const { rows } = await db.pool.query<{ body: string }>(
    `select body from app.mail_queue where submission_id = $1 and body like '%/autorizar#%'`,
    [id],
  )
  return { ...sent, token: /#([\w-]+)/u.exec(rows[0]?.body ?? '')?.[1] ?? null }
}

export const versionOf = async (db: TestDatabase, id: string) =>
  (await db.pool.query<{ version: number }>('select version from app.submissions where id = $1', [id]))
    .rows[0]!.version
export const minorOf = async (db: TestDatabase, id: string) =>
  (await db.pool.query('select * from app.minors where submission_id = $1', [id])).rows[0]
