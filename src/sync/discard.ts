/**
 * What a person may do with an op that was refused or conflicts: edit it, send it again, or discard it.
 * Each is one transaction, so a crash loses nothing that was written.
 */
import { serverNow } from '@/data/serverClock'
import { isReplace, isSubmit, versionOf } from '@/domain/ops'
import { campaignOf } from '@/data/campaignOf'
import { db, type Draft, type OutboxOp } from '@/data/db'
import { mineScope } from '@/data/items'
import { MEDIA_TABLES, dropBytes, dropMedia } from '@/data/mediaRows'
import { dropOverlays, dropPending } from '@/data/overlay'
import { asStorage } from '@/data/storageFault'
import { announce, makeOp } from './enqueue'

/** The last step of every form, where a refused draft is opened. */
const REVIEW_STEP = 'revisa'

const TABLES = [db.outbox, db.overlay, db.items, db.drafts, db.base, db.cursors, ...MEDIA_TABLES]

const opsOf = (submissionId: string): Promise<OutboxOp[]> =>
  db.outbox
    .where('entity_id')
    .equals(submissionId)
    .filter((op) => !op.actor)
    .sortBy('seq')

async function drop(ops: OutboxOp[]): Promise<void> {
  await db.outbox.bulkDelete(ops.map((op) => op.seq))
  await dropPending(ops)
}

/** Deletes a submission that the server never had, with its ops and overlays: no pull would delete them. */
async function dropSubmission(id: string): Promise<void> {
  await drop(await opsOf(id))
  await dropOverlays((one) => !one.actor, db.overlay.where('entity_id').equals(id))
  await db.items.delete(id)
}

async function draftFrom(op: OutboxOp): Promise<Draft> {
  return {
    ...(await campaignOf(op, await db.items.get(op.entity_id))),
    id: op.entity_id,
    answers: op.payload as Draft['answers'],
    step: REVIEW_STEP,
    updated_at: serverNow().toISOString(),
  }
}

/**
 * Turns a refused op into a draft, whose answers are the payload's fields, and returns the draft's id, which is the
 * submission's. A refused submission leaves «Mis envíos», because the server never had it, with the ops queued
 * behind it. Returns null when no op of it was refused. Faults: `storage_full`, `storage_failed`.
 */
export const reopenRefused = (submissionId: string): Promise<string | null> =>
  asStorage(() =>
    db.transaction('rw', TABLES, async () => {
      const ops = await opsOf(submissionId)
      const refused = ops.find((op) => op.state === 'needs_person')
      if (!refused) return null
      await db.drafts.put(await draftFrom(refused))
      await drop([refused])
      if (isSubmit(refused)) {
        await dropSubmission(submissionId)
        await db.cursors.delete(mineScope(submissionId))
      }
      return submissionId
    }),
  )

async function retry(find: () => Promise<OutboxOp | undefined>, notify: () => void): Promise<string | null> {
  const opId = await asStorage(() =>
    db.transaction('rw', TABLES, async () => {
      const refused = await find()
      return refused?.state === 'needs_person' ? resend(refused) : null
    }),
  )
  if (opId) notify()
  return opId
}

/**
 * Sends a refused payload again as a new op with the same `captured_at`. After a conflict it replaces the version
 * that the person was shown. Returns the new op's id, or null when no op was refused. Faults: `storage_full`,
 * `storage_failed`.
 */
export const retryRefused = (submissionId: string, notify: () => void = announce): Promise<string | null> =>
  retry(async () => (await opsOf(submissionId)).find((op) => op.state === 'needs_person'), notify)

/** The same of one op, whoever saved it. */
export const retryOp = (opId: string, notify: () => void = announce): Promise<string | null> =>
  retry(() => db.outbox.where('op_id').equals(opId).first(), notify)

async function resend(refused: OutboxOp): Promise<string> {
  const version = refused.current ? versionOf(refused.current) : refused.expected_version
  const fresh = makeOp(
    { ...refused, actor: refused.actor ?? undefined, expected_version: version },
    refused.captured_at,
  )
  const { op_id, entity_id, actor } = fresh
  // It keeps its place in the queue: an op saved later must not overtake it.
  await db.outbox.put({ ...fresh, seq: refused.seq })
  await dropPending([refused])
  await db.overlay.put({ op_id, entity_id, actor, row: null, xid: null, at: Date.now() })
  return op_id
}

/**
 * Discards one op. Returns false while it is being sent, because its outcome is unknown. Discarding the first op of
 * a submission also deletes its item and its video; discarding one that announces another file deletes that file. Faults: `storage_full`, `storage_failed`.
 */
export const discardOp = (opId: string): Promise<boolean> =>
  asStorage(() =>
    db.transaction('rw', TABLES, async () => {
      const op = await db.outbox.where('op_id').equals(opId).first()
      if (!op) return true
      if (op.state === 'sending') return false
      await drop([op])
      if (isSubmit(op) && !op.actor) {
        await dropSubmission(op.entity_id)
        await dropMedia(op.entity_id)
      }
      if (isReplace(op)) await dropBytes((op.payload as { media: { id: string } }).media.id)
      return true
    }),
  )
