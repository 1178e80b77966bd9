/** Ops of what is no submission of this phone, such as an answer or a comment: one entity, whose last op says all of it. */
import { db } from '@/data/db'
import { enqueue, type NewOp } from './enqueue'

const opsOf = (entityId: string) => db.outbox.where('entity_id').equals(entityId)

/**
 * Saves an op in the place of those of its entity that were refused. `also` and the faults are those of `enqueue`. It leaves no
 * overlay: no screen shows one of such an entity, and no pull would delete it.
 */
export const enqueueInstead = (op: NewOp, also: () => Promise<unknown>): Promise<string> =>
  enqueue(op, async () => {
    await opsOf(op.entity_id)
      .filter(({ state }) => state === 'needs_person')
      .delete()
    await db.overlay.where('entity_id').equals(op.entity_id).delete()
    await also()
  })

/** `kept`: ops are on their way. `failed`: the server refused one with `code`. Null without ops. Call it with the table `outbox`. */
export async function opsStanding(
  entityId: string,
): Promise<{ state: 'kept' | 'failed' | null; code: string }> {
  const ops = await opsOf(entityId).toArray()
  const failed = ops.find(({ state }) => state === 'needs_person')
  return { state: failed ? 'failed' : ops.length > 0 ? 'kept' : null, code: failed?.code ?? '' }
}
