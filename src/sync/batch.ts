/** Which ops the next call carries: at most one an entity, in order, none behind one that waits. */
import type { OutboxOp } from '@/data/db'
import { eachOp } from '@/data/readRows'
import { opTraits, type Op } from '@/domain/ops'
import type { OutboxState } from '@/domain/submissionStatus'
import { isDue } from './backoff'

/** Whether every other op of its call would wait until it is applied. */
const goesAlone = ({ kind }: OutboxOp): boolean => !!opTraits(kind).locks

/** The server takes 256 KiB of text; commas and brackets need a little. */
const MAX_BYTES = 255 * 1024

export interface Sender {
  /** Staff member whose ops these are; null for the author's. */
  actor: string | null
  /** Entities that are not to go now. */
  held: ReadonlySet<string>
  now: number
  /** Ops in one call. */
  limit: number
}

/** The op as the server reads it. */
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
 * The next batch, without changing anything. One op of an entity at a time, because the server would go on
 * with the second after refusing the first. An op that locks goes alone; suspects go last and alone. Call it in a transaction.
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
