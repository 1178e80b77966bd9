/**
 * A recording while it is made: a row in the state `staging` without bytes of its own, and a row each second, so that
 * what was recorded survives the end of the page. It belongs to a draft, and goes with it.
 */
import { db } from '@/data/db'
import { MEDIA_TABLES, dropBytes } from '@/data/mediaRows'
import { asStorage } from '@/data/storageFault'
import { wholePart } from './wholePart'

/** Takes the place of recordings that the draft had. Faults: `storage_full`, `storage_failed`. */
export async function beginRecording(submissionId: string, mime: string): Promise<string> {
  const id = crypto.randomUUID()
  await asStorage(() =>
    db.transaction('rw', MEDIA_TABLES, async () => {
      for (const left of await leftOf(submissionId)) await dropBytes(left.id)
      await db.media.add({
        id,
        submission_id: submissionId,
        state: 'staging',
        bytes: 0,
        mime,
        sha256: null,
        staged_at: Infinity, // the sweep of abandoned copies leaves it: it is the only copy, and its draft deletes it
        upload_url: null,
        offset: 0,
        attempts: 0,
        not_before: 0,
        code: null,
        paused: false,
        wifi_only: false,
      })
    }),
  )
  return id
}

/** Keeps a second. Faults: `storage_full`, `storage_failed`. */
export async function appendSlice(id: string, seq: number, slice: Blob): Promise<void> {
  const data = await slice.arrayBuffer()
  await asStorage(() => db.mediaChunks.add({ media_id: id, seq, data }))
}

const leftOf = async (submissionId: string) =>
  (await db.media.where('submission_id').equals(submissionId).toArray()).filter(
    ({ state, bytes }) => state === 'staging' && bytes === 0,
  )

/** What a draft recorded and nobody kept yet, without a last element that was cut; null without bytes. `seconds`: of its slices. */
export async function leftRecording(
  submissionId: string,
): Promise<{ file: Blob; mime: string; seconds: number } | null> {
  const [left] = await leftOf(submissionId)
  if (!left) return null
  const slices: Blob[] = []
  await db.mediaChunks
    .where('[media_id+seq]')
    .between([left.id, 0], [left.id, Infinity])
    .each(({ data }) => slices.push(new Blob([data]))) // one at a time: a browser keeps blobs outside of memory
  const file = await wholePart(new Blob(slices, { type: left.mime }))
  return file.size > 0 ? { file, mime: left.mime, seconds: slices.length } : null
}

/** Deletes what a draft recorded and nobody kept. */
export const dropRecordings = (submissionId: string): Promise<void> =>
  asStorage(() =>
    db.transaction('rw', MEDIA_TABLES, async () => {
      for (const { id } of await leftOf(submissionId)) await dropBytes(id)
    }),
  )
