/**
 * What one answer of `pull_changes` does to the base. Page and cursors are one transaction: the cursor never
 * passes a change that is not here.
 */
import { db } from '@/data/db'
import { mineScope } from '@/data/items'
import { dropOverlays } from '@/data/overlay'
import { readEach } from '@/data/readRows'
import { clockOffset } from '@/data/serverClock'
import type { Cursor, PullAnswer, PullResult } from '@/domain/pull'
import { addToOutbox, UNTRIED } from './enqueue'
import { assertFence } from './fence'

const scopeOf = (result: PullResult): string => (result.scope === 'public' ? 'public' : mineScope(result.id!))

/** The transaction number before which a finished read has seen everything. */
const xidOf = (cursor: Cursor): bigint => BigInt(cursor.slice(0, cursor.indexOf('.')))

/** Forgets the rows of a scope. In the caller's transaction. */
export const emptyBase = (scope: string): PromiseLike<number> =>
  db.base.where('[scope+entity]').between([scope, ''], [scope, '\uffff']).delete()

/** What a verdict told is dropped once the base tells it itself. */
async function dropOverlay(entityId: string, isPassed: (xid: bigint) => boolean): Promise<void> {
  await dropOverlays(
    (one) => !one.actor && one.xid !== null && isPassed(BigInt(one.xid)),
    db.overlay.where('entity_id').equals(entityId),
  )
}

const ROWS_A_PUT = 50

/** As old as a backup may be that a restored database comes from; the server keeps its receipts longer. */
const KEPT_MS = 30 * 24 * 60 * 60_000

async function applyDenied(result: PullResult): Promise<void> {
  if (result.scope !== 'mine') return
  const scope = scopeOf(result)
  await emptyBase(scope)
  await db.cursors.delete(scope)
  await dropOverlay(result.id!, () => true)
  await db.items.update(result.id!, { denied: true })
}

async function applyOk(result: PullResult): Promise<void> {
  const scope = scopeOf(result)
  if (result.reset) await emptyBase(scope)
  const gone = result.changes.filter(({ op }) => op === 'remove')
  await db.base.bulkDelete(gone.map(({ entity, id }) => [scope, entity, id]))
  const kept = result.changes.flatMap((one) =>
    one.op === 'put' ? { scope, entity: one.entity, id: one.id, row: one.row } : [],
  )
  // A page names an entity once. Few at a time: copying rows into the database blocks whoever is typing.
  for (let from = 0; from < kept.length; from += ROWS_A_PUT)
    await db.base.bulkPut(kept.slice(from, from + ROWS_A_PUT))
  await db.cursors.put({ scope, cursor: result.cursor })
  if (result.scope === 'public' || result.more) return
  const watermark = xidOf(result.cursor)
  await dropOverlay(result.id!, (xid) => xid < watermark)
  const item = await db.items.get(result.id!)
  if (item?.denied) await db.items.put({ ...item, denied: false })
}

/** How the last pull left things, for the words «al día hasta …». */
export interface PullNote {
  at: number // ms, phone's clock
  watermark_age: number // seconds
  clock_offset: number // ms
}

export const PULL_NOTE = 'pulled'
const EPOCH = 'epoch'

/**
 * The database behind the server is another one (restored, rebuilt): what was read from it counts no more,
 * what was written for it stays, and what the other one accepted is sent again, in its old place: a server
 * that has it answers with the verdict of then. Verdicts' numbers belong to the old one, so the first whole read ends an
 * author's; the staff's, which no read ends, go at once: the decision they tell of may be gone.
 */
async function leaveEpoch(): Promise<void> {
  await db.cursors.clear()
  await dropOverlays((one) => one.xid !== null && one.actor !== null)
  const told = (await readEach(db.overlay)).rows.filter((one) => one.xid !== null)
  await db.overlay.bulkPut(told.map((one) => ({ ...one, xid: '0' })))
  for (const op of (await readEach(db.sent)).rows) {
    await addToOutbox({ ...op, ...UNTRIED })
    await db.sent.delete(op.seq)
  }
}

const TABLES = [db.base, db.cursors, db.overlay, db.items, db.outbox, db.sent, db.meta, db.leases]

/**
 * Writes an answer. False when it came from another epoch: it is not written, and all scopes are to be read
 * from the start.
 */
export const applyPage = (answer: PullAnswer, fence: number, now: number): Promise<boolean> =>
  db.transaction('rw', TABLES, async () => {
    await assertFence(fence)
    await db.sent
      .where('acked_at')
      .below(now - KEPT_MS)
      .delete()
    const known = (await db.meta.get(EPOCH))?.value
    if (known !== answer.epoch) await db.meta.put({ key: EPOCH, value: answer.epoch })
    if (known !== undefined && known !== answer.epoch) return leaveEpoch().then(() => false)
    for (const result of answer.pulls) {
      // Removed from this phone while the answer was on its way.
      if (result.scope === 'mine' && !(await db.items.get(result.id!))) continue
      await (result.status === 'denied' ? applyDenied(result) : applyOk(result))
    }
    if (answer.pulls.length === 0) return true // only asked which database it is
    const note: PullNote = { at: now, watermark_age: answer.watermark_age, clock_offset: clockOffset() }
    await db.meta.put({ key: PULL_NOTE, value: note })
    return true
  })
