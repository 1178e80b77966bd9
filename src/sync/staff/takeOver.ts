/** What a colleague saved on this phone and did not send becomes this member's, who sends it. */
import { db, type OutboxOp } from '@/data/db'
import { dropPending } from '@/data/overlay'
import { asStorage } from '@/data/storageFault'
import { announce, makeOp } from '../enqueue'

/**
 * Saves these ops anew as `actor`'s, in their old places, with what `payloadOf` makes of each payload, and answers how
 * many. One that is being sent stays as it is. Faults: `storage_full`, `storage_failed`.
 */
export async function takeOver(
  opIds: readonly string[],
  actor: string,
  payloadOf: (op: OutboxOp) => object,
  notify: () => void = announce,
): Promise<number> {
  const taken = await asStorage(() =>
    db.transaction('rw', [db.outbox, db.overlay], async () => {
      const ops = await db.outbox.where('op_id').anyOf(opIds).sortBy('seq')
      const free = ops.filter(({ state }) => state !== 'sending')
      await dropPending(free)
      for (const op of free) {
        const fresh = makeOp({ ...op, actor, payload: payloadOf(op) }, op.captured_at)
        await db.outbox.put({ ...fresh, seq: op.seq })
        const { op_id, entity_id } = fresh
        await db.overlay.put({ op_id, entity_id, actor, row: null, xid: null, at: Date.now() })
      }
      return free.length
    }),
  )
  if (taken > 0) notify()
  return taken
}
