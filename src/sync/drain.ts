/**
 * Push: sends the outbox to `apply_ops` in batches and stops at the first call that fails. The throttle on disk
 * says when to try again. It never sleeps, so it never holds the lock idle.
 *
 *                    claim               applied
 *     queued ─────────────────▶ sending ─────────▶ deleted (30 days in `sent`)
 *      ▲  ▲                      │ │ │
 *      │  └─ takeFence: the ─────┘ │ └─ refused, conflict ─▶ needs_person ─ the person sends it again ─▶ queued
 *      │     last sender died      │
 *      │                           └─ retry, or a failed call ─▶ retry_wait ─ its wait is over ─▶ sending
 *      │
 *     blocked_auth: its staff member is signed out; `claim` takes it after they sign in again
 */
import { db, type OutboxOp } from '@/data/db'
import { readEach, readOps, readStaffOps, sentEntities } from '@/data/readRows'
import type { Rpc } from '@/data/rpc'
import { isApplyAnswer } from '@/data/schemas'
import { Fault } from '@/domain/fault'
import type { ApplyOpsAnswer } from '@/domain/ops'
import type { OutboxState } from '@/domain/submissionStatus'
import { backoffMs, isDue } from './backoff'
import { pickBatch, wireOf } from './batch'
import { assertFence } from './fence'
import { afterFailure, afterProgress, readThrottle, writeThrottle, type Channel } from './throttle'
import { recordFault, recordVerdicts } from './verdicts'

/** Deadline of a call with a batch: slow uplinks need more than the default. */
const CALL_MS = 45_000

/** What a drain needs: the caller, the phone's clock in ms, random numbers in [0, 1), and the staff session. */
export interface DrainDeps {
  rpc: Rpc
  now: () => number
  random: () => number
  readToken: () => Promise<{ token: string; user_id: string } | null>
}

const WAITING: readonly OutboxState[] = ['queued', 'retry_wait']

interface Lane {
  channel: Channel
  actor: string | null
  token?: string
  /** Entities that wait until the server's epoch is known. */
  held: ReadonlySet<string>
}

const TABLES = [db.outbox, db.sent, db.overlay, db.items, db.meta, db.leases, db.auth]

/**
 * Whether the lane's member signed out during the call. Then their rows must not be written here and no more of their
 * ops may be sent. The ops of the call are sent again later, and the server repeats its verdicts.
 */
const hasSignedOut = async (deps: DrainDeps, { actor }: Lane): Promise<boolean> =>
  actor !== null && (await deps.readToken())?.user_id !== actor

/** Marks the next batch as `sending`. Empty while the throttle says wait, or when no op can be sent. */
const claim = (deps: DrainDeps, fence: number, lane: Lane): Promise<OutboxOp[]> =>
  db.transaction('rw', TABLES, async () => {
    await assertFence(fence)
    const throttle = await readThrottle(lane.channel)
    const now = deps.now()
    if (!isDue(throttle.not_before, now) || (await hasSignedOut(deps, lane))) return []
    const batch = await pickBatch({ actor: lane.actor, held: lane.held, now, limit: throttle.limit })
    await db.outbox.bulkPut(batch.map((op) => ({ ...op, state: 'sending' as const })))
    return batch
  })

async function send(deps: DrainDeps, lane: Lane, batch: OutboxOp[]): Promise<ApplyOpsAnswer | Fault> {
  try {
    return await deps.rpc(
      'apply_ops',
      { ops: batch.map(wireOf) },
      { token: lane.token, timeoutMs: CALL_MS, accepts: isApplyAnswer },
    )
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}

/** Writes the result of a call, unless another sender took over. Returns whether to continue. */
const record = (
  deps: DrainDeps,
  fence: number,
  lane: Lane,
  batch: OutboxOp[],
  answer: ApplyOpsAnswer | Fault,
): Promise<boolean> =>
  db.transaction('rw', TABLES, async () => {
    await assertFence(fence)
    if (await hasSignedOut(deps, lane)) return true
    const moment = { now: deps.now(), random: deps.random }
    const fault = answer instanceof Fault ? answer : null
    const settled = answer instanceof Fault ? 0 : await recordVerdicts(batch, answer.verdicts, moment)
    if (fault) await recordFault(batch, fault, moment)
    const throttle = await readThrottle(lane.channel)
    const next =
      settled > 0
        ? afterProgress(throttle)
        : afterFailure(throttle, batch.length, fault, moment.now, moment.random())
    await writeThrottle(lane.channel, next)
    return settled > 0
  })

/** Sends all ops of a lane. Returns the fault that stopped it, or null. */
async function drainLane(deps: DrainDeps, fence: number, lane: Lane): Promise<Fault | null> {
  for (;;) {
    const batch = await claim(deps, fence, lane)
    if (batch.length === 0) return null
    const answer = await send(deps, lane, batch)
    const continues = await record(deps, fence, lane, batch, answer)
    if (!continues) return answer instanceof Fault ? answer : new Fault('server', true)
  }
}

/**
 * Marks the ops of signed-out staff as `blocked_auth`, so that they are neither erased nor sent with another member's
 * rights. Returns how many ops the signed-in member has to send.
 */
const blockSignedOut = (fence: number, signedIn: string | null): Promise<number> =>
  db.transaction('rw', [db.outbox, db.leases], async () => {
    await assertFence(fence)
    const waiting = (await readStaffOps()).filter((op) => op.state !== 'needs_person')
    const absent = waiting.filter((op) => op.actor !== signedIn && op.state !== 'blocked_auth')
    const changes = { state: 'blocked_auth', code: 'auth' } as const
    await db.outbox.bulkUpdate(absent.map(({ seq }) => ({ key: seq, changes })))
    return waiting.filter((op) => op.actor === signedIn).length
  })

/** Which waits end: `network`, the signal is back, ends the channels'; `person`, somebody asked, ends the ops' too. */
export type Hurry = 'no' | 'network' | 'person'

const endWaits = (fence: number, hurry: Hurry): Promise<void> =>
  db.transaction('rw', [db.outbox, db.meta, db.leases], async () => {
    await assertFence(fence)
    for (const channel of ['author', 'staff'] as const) {
      await writeThrottle(channel, { ...(await readThrottle(channel)), not_before: 0 })
    }
    if (hurry !== 'person') return
    for (const op of await readOps()) if (op.not_before > 0) await db.outbox.update(op.seq, { not_before: 0 })
  })

/**
 * Delays ops that depend on an accepted op while the server's epoch is unknown. A restored database may have lost the
 * first op and would reject the second permanently. Returns the entities whose ops wait.
 */
const holdFollowers = (deps: DrainDeps, fence: number, { code }: Fault): Promise<Set<string>> =>
  db.transaction('rw', TABLES, async () => {
    await assertFence(fence)
    const ahead = await sentEntities()
    const now = deps.now()
    const { rows } = await readEach(db.outbox, db.outbox.where('entity_id').anyOf(ahead))
    for (const op of rows.filter(
      ({ state, not_before }) => WAITING.includes(state) && isDue(not_before, now),
    )) {
      const attempts = op.attempts + 1
      const not_before = now + backoffMs(attempts, deps.random())
      await db.outbox.update(op.seq, { state: 'retry_wait', attempts, not_before, code })
    }
    return new Set(ahead)
  })

/**
 * Sends all ops that can be sent. `epochFault` is the fault that left the server's epoch unknown; ops that depend on an
 * accepted op then wait. Returns the fault that stopped a channel, or null. Throws FenceLost when another sender took
 * over, and any other error unchanged.
 */
export async function drain(
  deps: DrainDeps,
  fence: number,
  hurry: Hurry = 'no',
  epochFault: Fault | null = null,
): Promise<Fault | null> {
  if (hurry !== 'no') await endWaits(fence, hurry)
  const session = await deps.readToken()
  const staffOps = await blockSignedOut(fence, session?.user_id ?? null)
  const held = epochFault ? await holdFollowers(deps, fence, epochFault) : new Set<string>()
  const fault = (await drainLane(deps, fence, { channel: 'author', actor: null, held })) ?? epochFault
  if (!session || staffOps === 0) return fault
  const lane: Lane = { channel: 'staff', actor: session.user_id, token: session.token, held }
  return (await drainLane(deps, fence, lane)) ?? fault
}
