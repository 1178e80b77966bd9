/** When the engine has to send again without an event. */
import { db, type OutboxOp } from '@/data/db'
import { mineScope } from '@/data/items'
import { eachOp, readEach } from '@/data/readRows'
import { serverNow } from '@/data/serverClock'
import type { SubmissionRow } from '@/domain/rows'
import { isFinal } from '@/domain/states'
import { readThrottle } from './throttle'

const SIGN_IN_CHECK_MS = 60_000
/** Staff undo a decision within a minute; another one lets the change arrive. */
const UNDO_MS = 2 * 60_000

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

/** Whether nobody decides on it any more, and the last decision cannot be undone. */
function isSettled({ state, messages }: SubmissionRow): boolean {
  const decidedAt = Date.parse((messages as SubmissionRow['messages'] | undefined)?.at(-1)?.at ?? '')
  return isFinal(state) && !(decidedAt > serverNow().getTime() - UNDO_MS)
}

/**
 * Whether this phone has a submission on which somebody still decides, or whose decision may be undone. One that the base
 * lacks, or whose row cannot be read, counts as undecided; one that the server does not know gets no answer.
 */
export async function awaitsAnswer(): Promise<boolean> {
  const { rows: items } = await readEach(db.items, db.items.toCollection())
  for (const { id, denied } of items) {
    if (denied) continue
    const own = await db.base.get([mineScope(id), 'submission', id]).catch(() => undefined)
    if (!own || !isSettled(own.row as SubmissionRow)) return true
  }
  return false
}
