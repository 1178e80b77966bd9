/** Selects the ops of the next call: at most one per entity, in order, and none behind an op that waits. */
import type { OutboxOp } from '@/data/db'
import { eachOp } from '@/data/readRows'
import { opTraits, type Op } from '@/domain/ops'
import type { OutboxState } from '@/domain/submissionStatus'
import { isDue } from './backoff'

/** An op that takes a lock on the server would delay every other op of its call. */
const goesAlone = ({ kind }: OutboxOp): boolean => !!opTraits(kind).locks

/** The server accepts 256 KiB of text; the rest is for commas and brackets. */
const MAX_BYTES = 255 * 1024

export interface Sender {
  /** User id of the staff member whose ops are sent; null for citizens' ops. */
  actor: string | null
  /** Entities whose ops wait. */
  held: ReadonlySet<string>
  now: number
  /** Ops in one call. */
  limit: number
}

/** The op in the format of `apply_ops`. */
export function wireOf(op: OutboxOp): Op {
  const { op_id, v, kind, entity_id, payload, captured_at, secret, expected_version } = op
  return {
    op_id,
    v,
    kind,
    entity_id,
    payload,
    captured_at,
    ...(secret !== undefined && { secret }),
    ...(expected_version !== undefined && { expected_version }),
  }
}

const bytesOf = (op: OutboxOp): number => new TextEncoder().encode(JSON.stringify(wireOf(op))).length

const SENDABLE: readonly OutboxState[] = ['queued', 'retry_wait', 'blocked_auth']

const isSendable = (op: OutboxOp, now: number): boolean =>
  SENDABLE.includes(op.state) && isDue(op.not_before, now)

/**
 * Returns the next batch and changes nothing. It has one op per entity, because the server would apply the second
 * after it refused the first. An op that locks is sent alone; an op that failed alone before is sent last and
 * alone. Call it in a transaction.
 */
export async function pickBatch(sender: Sender): Promise<OutboxOp[]> {
  const lanes = new Set(sender.held)
  const batch: OutboxOp[] = []
  let suspect: OutboxOp | undefined
  let bytes = 0
  let isFull = false
  const consider = (op: OutboxOp): void => {
    if (op.actor !== sender.actor || lanes.has(op.entity_id)) return
    lanes.add(op.entity_id)
    if (!isSendable(op, sender.now)) return
    if (op.alone) {
      suspect ??= op
      return
    }
    bytes += bytesOf(op)
    isFull = batch.length > 0 && (bytes > MAX_BYTES || goesAlone(op))
    if (!isFull) batch.push(op)
    isFull ||= batch.length >= sender.limit || goesAlone(op)
  }
  await eachOp(consider, () => isFull)
  return batch.length > 0 || !suspect ? batch : [suspect]
}
