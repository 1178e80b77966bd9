/**
 * Writes an answer to the outbox. Only a verdict removes an op, and the same transaction writes the verdict's row,
 * reason or wait.
 */
import { db, type OutboxOp } from '@/data/db'
import { dropOverlays } from '@/data/overlay'
import type { Fault } from '@/domain/fault'
import { opTraits, type Verdict } from '@/domain/ops'
import { backoffMs, boundedWait, type RetryContext } from './backoff'

/** After this many `retry` verdicts an op waits by backoff, in case the server asks for no wait. */
const RETRIES_WITHOUT_BACKOFF = 3

/** Staff overlays go after this time: no pull deletes them, and the screen reads the server's row soon after. */
const STAFF_ROW_MS = 10 * 60_000

type Change = Partial<Omit<OutboxOp, 'seq'>>

const stop = (op: OutboxOp, change: Change): Promise<unknown> =>
  db.outbox.update(op.seq, { state: 'needs_person', attempts: op.attempts + 1, ...change })

/**
 * Keeps an accepted op that nobody could repeat if the server's database is restored from a backup (`page.ts`):
 * citizens' ops, and staff ops with `OpTraits.kept`. Decisions can be repeated: their items are in the queue again.
 */
async function keepSent(op: OutboxOp, now: number): Promise<void> {
  const { kept } = opTraits(op.kind)
  if (op.actor && !kept) return
  const payload = kept ? kept(op.payload as object) : op.payload
  await db.sent.put({ ...op, payload, acked_at: op.acked_at ?? now })
}

type VerdictOf<Status> = Extract<Verdict, { status: Status }>

/** Shows the verdict's row until the base has it (`page.ts`), even when the op is gone before. */
const keepRow = (
  { op_id, entity_id, actor }: OutboxOp,
  { row, xid }: VerdictOf<'applied' | 'conflict'>,
  at: number,
) => db.overlay.put({ op_id, entity_id, actor, row, xid, at })

async function accept(op: OutboxOp, verdict: VerdictOf<'applied'>, now: number) {
  const { entity_id, actor } = op
  await db.outbox.delete(op.seq)
  await keepSent(op, now)
  await keepRow(op, verdict, now)
  if (actor) {
    const isOld = (at: number) => at < now - STAFF_ROW_MS
    await dropOverlays((one) => one.actor !== null && one.xid !== null && isOld(one.at))
    return
  }
  const item = await db.items.get(entity_id).catch(() => undefined) // a damaged item must not stop the other verdicts
  if (item && verdict.row && 'folio' in verdict.row) {
    const { folio } = verdict.row
    const old = item.folio && item.folio !== folio && { old_folio: item.folio }
    await db.items.put({ ...item, ...old, folio })
  }
}

function putOff(
  op: OutboxOp,
  afterMs: number,
  code: string,
  { now, random }: RetryContext,
): Promise<unknown> {
  const attempts = op.attempts + 1
  const own = attempts > RETRIES_WITHOUT_BACKOFF ? backoffMs(attempts - RETRIES_WITHOUT_BACKOFF, random()) : 0
  const not_before = now + Math.max(boundedWait(afterMs), own)
  const state = ASKS_MEMBER.has(code) ? 'blocked_auth' : 'retry_wait'
  return db.outbox.update(op.seq, { state, attempts, not_before, code })
}

/** Retries that wait until the op's member has signed in, with the second factor where it is missing. */
const ASKS_MEMBER = new Set(['session_ended', 'second_factor_needed'])

/**
 * Writes one op's verdict. Returns whether the channel goes on: the op is settled, or waits for its campaign alone. A
 * missing verdict counts as a `retry` without wait.
 */
async function settle(op: OutboxOp, verdict: Verdict | undefined, moment: RetryContext): Promise<boolean> {
  if (!verdict) return putOff(op, 0, 'server', moment).then(() => false)
  switch (verdict.status) {
    case 'applied':
      await accept(op, verdict, moment.now)
      return true
    case 'refused':
      await stop(op, { code: verdict.code, field: verdict.field ?? null })
      return true
    case 'conflict':
      await stop(op, { code: 'conflict', current: verdict.row })
      await keepRow(op, verdict, moment.now)
      return true
    case 'retry':
      await putOff(op, verdict.after_ms, verdict.code, moment)
      return verdict.code === 'convocatoria_paused'
  }
}

/** Writes the verdicts of a batch and returns for how many of its ops the channel goes on. Call it in a transaction. */
export async function recordVerdicts(
  batch: OutboxOp[],
  verdicts: Verdict[],
  moment: RetryContext,
): Promise<number> {
  const byId = new Map(verdicts.map((verdict) => [verdict.op_id, verdict]))
  let settled = 0
  for (const op of batch) if (await settle(op, byId.get(op.op_id), moment)) settled += 1
  return settled
}

/** Writes a failed call: every op waits again, with the fault's code. Call it in a transaction. */
export async function recordFault(batch: OutboxOp[], fault: Fault, moment: RetryContext): Promise<void> {
  const [first] = batch
  const isSingle = batch.length === 1 && first !== undefined
  if (isSingle && fault.code !== 'auth' && !fault.retryable) {
    await stop(first, { code: fault.code })
    return
  }
  // `bulkPut` would bring back an op that was discarded during the call.
  await db.outbox.bulkUpdate(
    batch.map((op) => ({ key: op.seq, changes: waitAfter(op, fault, isSingle, moment) })),
  )
}

function waitAfter(op: OutboxOp, fault: Fault, isSingle: boolean, { now, random }: RetryContext): Change {
  const { code } = fault
  if (code === 'offline' || code === 'rate_limited') return { state: 'retry_wait', not_before: 0, code }
  const attempts = op.attempts + 1
  const not_before = now + backoffMs(attempts, random())
  if (code === 'auth' && op.actor) return { state: 'blocked_auth', attempts, not_before, code }
  return isSingle
    ? { state: 'retry_wait', attempts, not_before, code, alone: true }
    : { state: 'retry_wait', attempts, not_before: 0, code }
}
