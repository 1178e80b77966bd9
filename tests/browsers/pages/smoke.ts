/** The app's own media store and outbox, as the smoke tests call them inside the browser. */
import '@/features/kinds'
import { db, type Item } from '@/data/db'
import { readRange } from '@/media/bytes'
import { discardMedia, stageMedia, type SealedMedia } from '@/media/store'
import { browserEngine, runCycle, type Outcome } from '@/sync/engine'
import { enqueue, type NewOp } from '@/sync/enqueue'
import type { Hurry } from '@/sync/drain'
import { seededBytes } from '../bytes'
import { obey } from './obey'

interface Chosen {
  id: string
  submissionId: string
  seed: number
  bytes: number
}

const toStage = ({ id, submissionId, seed, bytes }: Chosen) => ({
  id,
  submissionId,
  file: new File([seededBytes(seed, bytes)], 'prueba.mp4', { type: 'video/mp4' }),
  mime: 'video/mp4',
})

const stage = (chosen: Chosen): Promise<SealedMedia> => stageMedia(toStage(chosen))

/** Aborts when half of the file is on disk. Returns the name of the rejection and the bytes written. */
async function stageHalf(chosen: Chosen): Promise<{ rejectedWith: string; written: number }> {
  const person = new AbortController()
  let written = 0
  const onProgress = (copied: number, total: number) => {
    written = copied
    if (copied >= total / 2) person.abort()
  }
  const rejectedWith = await stageMedia(toStage(chosen), { onProgress, signal: person.signal }).then(
    () => 'nothing',
    (error: unknown) => (error as Error).name,
  )
  return { rejectedWith, written }
}

/** The SHA-256 of each range as the uploader reads it, computed by the browser. */
async function digests(id: string, ranges: [number, number][]): Promise<string[]> {
  const found: string[] = []
  for (const [start, end] of ranges) {
    const digest = await crypto.subtle.digest('SHA-256', await readRange(id, start, end))
    found.push([...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join(''))
  }
  return found
}

const kept = async () => ({ media: await db.media.count(), chunks: await db.mediaChunks.count() })

/** Saves an op and its private link in one transaction, as the form does at «Enviar». */
const save = (op: NewOp, item: Item): Promise<string> =>
  enqueue(
    op,
    () => db.items.put(item),
    () => undefined,
  )

const cycle = (hurry: Hurry): Promise<Outcome> => runCycle(browserEngine(), { hurry, reach: 'mine' })

const outbox = () => db.outbox.orderBy('seq').toArray()

const folios = async () => (await db.items.toArray()).map(({ id, folio }) => ({ id, folio }))

const smoke = { stage, stageHalf, digests, discard: discardMedia, kept, save, cycle, outbox, folios }

/** The functions by name, with arguments and results in JSON. */
export type Smoke = typeof smoke

Object.assign(window, { smoke })
obey(smoke)
