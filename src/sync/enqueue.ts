/**
 * Saves an op. When `enqueue` resolves, the op, its overlay and the caller's writes are on disk; when it rejects,
 * none of them is.
 */
import { serverNow } from '@/data/serverClock'
import { db, type OutboxOp } from '@/data/db'
import { MEDIA_TABLES, dropMedia } from '@/data/mediaRows'
import { asStorage } from '@/data/storageFault'
import { opTraits, type OpKind } from '@/domain/ops'
import { canonJson } from '@/domain/canon'
import { askBackgroundSend, poke } from './poke'
import { uuidV7 } from './uuid'

export interface NewOp {
  kind: OpKind
  entity_id: string
  payload: unknown
  secret?: string | undefined
  expected_version?: number | undefined
  /** Staff member's user id; the op is sent only while that person is signed in. */
  actor?: string | undefined
}

/** The state of an op that was never sent. */
export const UNTRIED = {
  state: 'queued',
  attempts: 0,
  not_before: 0,
  alone: false,
  code: null,
  field: null,
  current: null,
} as const

/** An op for the outbox. The payload is copied, so that a later change of the form does not reach it. */
export function makeOp(op: NewOp, capturedAt: string): Omit<OutboxOp, 'seq'> {
  return {
    op_id: uuidV7(),
    v: opTraits(op.kind).v ?? 1,
    kind: op.kind,
    entity_id: op.entity_id,
    payload: JSON.parse(JSON.stringify(op.payload)) as unknown,
    captured_at: capturedAt,
    ...(op.secret !== undefined && { secret: op.secret }),
    ...(op.expected_version !== undefined && { expected_version: op.expected_version }),
    actor: op.actor ?? null,
    ...UNTRIED,
  }
}

/** Writes the op and its overlay. Call it in a transaction over both tables. */
export async function addToOutbox(op: Omit<OutboxOp, 'seq'> & { seq?: number }): Promise<void> {
  await db.outbox.add(op)
  const { op_id, entity_id, actor } = op
  await db.overlay.put({ op_id, entity_id, actor, row: null, xid: null, at: Date.now() })
}

/** Tells the tabs and, through the browser, the worker that an op waits. */
export function announce(): void {
  poke()
  askBackgroundSend()
}

/**
 * Saves an op, its texts in their only form, and returns its id. `also` may write items, drafts, meta and base in the same transaction and must
 * await nothing else. A withdrawal also deletes the submission's video from this phone. Faults: `storage_full`
 * (not retryable), `storage_failed`.
 */
export async function enqueue(
  newOp: NewOp,
  also?: () => Promise<unknown>,
  notify: () => void = announce,
): Promise<string> {
  const op = makeOp({ ...newOp, payload: canonJson(newOp.payload) }, serverNow().toISOString())
  const tables = [db.outbox, db.overlay, db.items, db.drafts, db.meta, db.cursors, db.base, ...MEDIA_TABLES]
  await asStorage(() =>
    db.transaction('rw', tables, async () => {
      await addToOutbox(op)
      if (opTraits(op.kind).withdraws && !op.actor) await dropMedia(op.entity_id)
      await also?.()
    }),
  )
  notify()
  return op.op_id
}
