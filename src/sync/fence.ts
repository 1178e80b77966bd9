/**
 * The fencing number of a lease. Each new holder takes the next number, and every write of a call's outcome checks,
 * inside its own transaction, that its number is still the last. A holder that was frozen and replaced writes nothing.
 */
import { db } from '@/data/db'
import { readEach } from '@/data/readRows'

/** What one holder at a time does on this phone: `outbox` sends ops and reads, `media` sends the bytes of videos. */
export type LeaseName = 'outbox' | 'media'

export const LEASE: LeaseName = 'outbox'

/** A holder without a heartbeat for this long counts as frozen or dead. */
export const STALE_MS = 15_000
export const BEAT_MS = 4_000

/** Thrown when a replaced holder tries to write. */
export class FenceLost extends Error {
  override readonly name = 'FenceLost'
}

/** Whether the lease has a holder whose heartbeat is recent at `now` (ms, phone's clock). */
export async function isHeld(now: number, name: LeaseName = LEASE): Promise<boolean> {
  const lease = await db.leases.get(name)
  return lease !== undefined && lease.held && Math.abs(now - lease.heartbeat) < STALE_MS
}

/**
 * Takes the lease and returns its next number. Ops still in `sending` belong to a holder that died: they are queued
 * again, and the server's receipts prevent a second effect.
 */
export const takeFence = (now: number, name: LeaseName = LEASE): Promise<number> =>
  db.transaction('rw', [db.leases, db.outbox], async () => {
    const fence = ((await db.leases.get(name))?.fence ?? 0) + 1
    await db.leases.put({ name, fence, held: true, heartbeat: now })
    if (name !== LEASE) return fence
    const { rows } = await readEach(db.outbox, db.outbox.where('state').equals('sending'))
    await db.outbox.bulkUpdate(rows.map(({ seq }) => ({ key: seq, changes: { state: 'queued' } })))
    return fence
  })

/** Throws FenceLost unless `fence` is the last number. Call it first in a transaction with `leases`. */
export async function assertFence(fence: number, name: LeaseName = LEASE): Promise<void> {
  if ((await db.leases.get(name))?.fence !== fence) throw new FenceLost()
}

/** Writes a heartbeat. Returns false when another holder took the lease. */
export const beat = (fence: number, now: number, name: LeaseName = LEASE): Promise<boolean> =>
  db.transaction('rw', [db.leases], async () => {
    const lease = await db.leases.get(name)
    if (lease?.fence !== fence) return false
    await db.leases.put({ ...lease, heartbeat: now })
    return true
  })

/** Gives the lease back, unless another holder took it. */
export const releaseFence = (fence: number, name: LeaseName = LEASE): Promise<void> =>
  db.transaction('rw', [db.leases], async () => {
    const lease = await db.leases.get(name)
    if (lease?.fence === fence) await db.leases.put({ ...lease, held: false })
  })
