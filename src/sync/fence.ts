/**
 * The fencing number. Whoever begins to send takes the next one; whatever writes the outcome of a call asks,
 * inside its own transaction, whether its number is still the last. A holder that slept and was replaced
 * writes nothing.
 */
import { db } from '@/data/db'
import { readEach } from '@/data/readRows'

/** What only one at a time may do on this phone: send ops and read, or send the bytes of videos. */
export type LeaseName = 'outbox' | 'media'

export const LEASE: LeaseName = 'outbox'

/** A holder without a heartbeat for this long is taken for frozen or dead. */
export const STALE_MS = 15_000
export const BEAT_MS = 4_000

/** Thrown where a replaced holder would have written. */
export class FenceLost extends Error {
  override readonly name = 'FenceLost'
}

/** Whether the last holder still shows signs of life at `now`. */
export async function isHeld(now: number, name: LeaseName = LEASE): Promise<boolean> {
  const lease = await db.leases.get(name)
  return lease !== undefined && lease.held && Math.abs(now - lease.heartbeat) < STALE_MS
}

/**
 * Takes the next number. Ops left in `sending` belong to a holder that is gone: they are queued again, and
 * the server's receipts keep their effects from happening twice.
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

/** Throws FenceLost when this number is no longer the last. Call it first in a transaction with `leases`. */
export async function assertFence(fence: number, name: LeaseName = LEASE): Promise<void> {
  if ((await db.leases.get(name))?.fence !== fence) throw new FenceLost()
}

/** A sign of life; false when replaced. */
export const beat = (fence: number, now: number, name: LeaseName = LEASE): Promise<boolean> =>
  db.transaction('rw', [db.leases], async () => {
    const lease = await db.leases.get(name)
    if (lease?.fence !== fence) return false
    await db.leases.put({ ...lease, heartbeat: now })
    return true
  })

/** Gives the lease back, unless somebody else has it. */
export const releaseFence = (fence: number, name: LeaseName = LEASE): Promise<void> =>
  db.transaction('rw', [db.leases], async () => {
    const lease = await db.leases.get(name)
    if (lease?.fence === fence) await db.leases.put({ ...lease, held: false })
  })
