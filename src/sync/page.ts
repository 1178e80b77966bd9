/**
 * Writes an answer of `pull_changes` to the base. Rows and cursors are one transaction, so a cursor never passes a
 * change that was not written.
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

/** The server's transaction number up to which a finished read has seen every change. */
const xidOf = (cursor: Cursor): bigint => BigInt(cursor.slice(0, cursor.indexOf('.')))

/** Deletes the rows of a scope. Call it in a transaction. */
export const emptyBase = (scope: string): PromiseLike<number> =>
  db.base.where('[scope+entity]').between([scope, ''], [scope, '\uffff']).delete()

/** Deletes an entity's overlays that the base has caught up with. */
async function dropOverlay(entityId: string, isPassed: (xid: bigint) => boolean): Promise<void> {
  await dropOverlays(
    (one) => !one.actor && one.xid !== null && isPassed(BigInt(one.xid)),
    db.overlay.where('entity_id').equals(entityId),
  )
}

const ROWS_A_PUT = 50

/** The oldest backup that a restored database may come from. The server keeps its receipts longer. */
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
  // A page names an entity once. Small puts, because copying rows into the database blocks typing.
  for (let from = 0; from < kept.length; from += ROWS_A_PUT)
    await db.base.bulkPut(kept.slice(from, from + ROWS_A_PUT))
  await db.cursors.put({ scope, cursor: result.cursor })
  if (result.scope === 'public' || result.more) return
  const watermark = xidOf(result.cursor)
  await dropOverlay(result.id!, (xid) => xid < watermark)
  const item = await db.items.get(result.id!)
  if (item?.denied) await db.items.put({ ...item, denied: false })
}

/** The state of the last pull, for the words «al día hasta …». */
export interface PullNote {
  at: number // ms, phone's clock
  watermark_age: number // seconds
  clock_offset: number // ms
}

export const PULL_NOTE = 'pulled'
const EPOCH = 'epoch'

/**
 * The server's database is another one: it was restored or rebuilt. Every scope is read from the start, the outbox
 * stays, and ops that the old database accepted are queued again in their old place; a server that has their receipts
 * repeats its verdicts. The overlays' transaction numbers belong to the old database: the next complete read deletes
 * authors' overlays. Staff overlays are deleted now, because no pull deletes them and the decision may be lost.
 */
async function leaveEpoch(): Promise<void> {
  await db.cursors.clear()
  await dropOverlays((one) => one.xid !== null && one.actor !== null)
  const overlays = (await readEach(db.overlay)).rows.filter((one) => one.xid !== null)
  await db.overlay.bulkPut(overlays.map((one) => ({ ...one, xid: '0' })))
  for (const op of (await readEach(db.sent)).rows) {
    await addToOutbox({ ...op, ...UNTRIED })
    await db.sent.delete(op.seq)
  }
}

const TABLES = [db.base, db.cursors, db.overlay, db.items, db.outbox, db.sent, db.meta, db.leases]

/**
 * Writes an answer; `now` is the phone's clock in ms. Returns false when the answer is of another epoch: nothing
 * of it is written, and every scope has to be read from the start. Throws FenceLost when another sender took over.
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
      // The person may have removed the submission from this phone during the call.
      if (result.scope === 'mine' && !(await db.items.get(result.id!))) continue
      await (result.status === 'denied' ? applyDenied(result) : applyOk(result))
    }
    if (answer.pulls.length === 0) return true // the call asked for the epoch only
    const note: PullNote = { at: now, watermark_age: answer.watermark_age, clock_offset: clockOffset() }
    await db.meta.put({ key: PULL_NOTE, value: note })
    return true
  })
