/** When the engine has to send again by itself, without anybody touching the phone. */
import { db, type OutboxOp } from '@/data/db'
import { readPace } from './pace'

const SIGN_IN_CHECK_MS = 60_000

/** Milliseconds until the next attempt at sending; null when waiting alone sends nothing. */
export async function untilPush(now: number): Promise<number | null> {
  const heads = new Map<string, OutboxOp>()
  await db.outbox.orderBy('seq').each((op) => {
    const lane = `${op.actor ?? ''}:${op.entity_id}`
    if (!heads.has(lane)) heads.set(lane, op)
  })
  const waiting = [...heads.values()].filter((op) => op.state !== 'needs_person')
  if (waiting.length === 0) return null
  const [author, staff] = await Promise.all([readPace('author'), readPace('staff')])
  const dues = waiting.map((op) => {
    const absent = op.state === 'blocked_auth' ? now + SIGN_IN_CHECK_MS : 0
    return Math.max(op.not_before, (op.actor ? staff : author).not_before, absent)
  })
  return Math.max(0, Math.min(...dues) - now)
}

/** Whether a submission of this phone may get an answer. */
export const awaitsAnswer = async (): Promise<boolean> => (await db.items.count()) > 0
