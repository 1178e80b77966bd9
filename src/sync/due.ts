/** When the engine has to send again without an event. */
import { db, type OutboxOp } from '@/data/db'
import { eachOp } from '@/data/readRows'
import { readThrottle } from './throttle'

const SIGN_IN_CHECK_MS = 60_000

/** Milliseconds until an op can be sent, by the phone's clock `now`; null when time alone makes none sendable. */
export async function untilPush(now: number): Promise<number | null> {
  const [author, staff] = await Promise.all([readThrottle('author'), readThrottle('staff')])
  const earliest = Math.max(now, Math.min(author.not_before, staff.not_before))
  const lanes = new Set<string>()
  let due: number | null = null
  const consider = (op: OutboxOp): void => {
    const lane = `${op.actor ?? ''}:${op.entity_id}`
    if (lanes.has(lane)) return
    lanes.add(lane)
    if (op.state === 'needs_person') return
    const absent = op.state === 'blocked_auth' ? now + SIGN_IN_CHECK_MS : 0
    const own = Math.max(op.not_before, (op.actor ? staff : author).not_before, absent)
    due = Math.min(due ?? own, own)
  }
  // No op can be due earlier than `earliest`, so a long outbox is not read to its end.
  await eachOp(consider, () => due !== null && due <= earliest)
  return due === null ? null : Math.max(0, due - now)
}

/** Whether this phone has a submission that the server may answer. */
export const awaitsAnswer = async (): Promise<boolean> => (await db.items.count()) > 0
