/**
 * The app's media store: `stageMedia` (copy, hash, verify, seal) and `readRange`, as form and uploader call
 * them.
 */
import { readRange } from '@/media/bytes'
import { stageMedia } from '@/media/store'
import { CHUNK_BYTES } from '@/media/tus'
import { chosenFile, expose, watchDurability } from '../support/expose'

watchDurability()
const id = crypto.randomUUID()

async function stage(): Promise<number> {
  const file = chosenFile()
  const startedAt = performance.now()
  await stageMedia({ id, submissionId: crypto.randomUUID(), file, mime: 'video/mp4' })
  return performance.now() - startedAt
}

async function read(): Promise<number> {
  const { size } = chosenFile()
  const startedAt = performance.now()
  for (let start = 0; start < size; start += CHUNK_BYTES) {
    await readRange(id, start, Math.min(size, start + CHUNK_BYTES))
  }
  return performance.now() - startedAt
}

expose({ stage, read, durabilities: () => [...window.durabilities] })
