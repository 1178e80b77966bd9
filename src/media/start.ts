/**
 * Starts uploads in the page: when a video becomes free to upload in any tab, when the connection returns or changes,
 * and by timer at a retry time. Load it after the first paint.
 */
import { db } from '@/data/db'
import { observeTables } from '@/data/observeTables'
import { HOLD_TABLES } from '@/data/mediaRows'
import { readEach } from '@/data/readRows'
import { browserEngine } from '@/sync/engine'
import { announce } from '@/sync/enqueue'
import { askBackgroundSend, onPoke } from '@/sync/poke'
import { Scheduler } from '@/sync/scheduler'
import { statusOf } from './arrival'
import { freeMedia, holdOf, untilUpload } from './holds'
import { onNetwork, readNetwork } from './network'
import { sweepShared } from './sharedFile'
import { sweepMedia } from './store'
import { useTransfersStore } from './transfersStore'
import { runUploads, type UploadDeps } from './upload'
import { xhrTransport } from './xhrTransport'

/** Calls `stop` when the video is paused or deleted, or may not use the new network. */
function watchHold(mediaId: string, stop: () => void): () => void {
  const isFree = async () => {
    const media = await db.media.get(mediaId)
    return media !== undefined && (await holdOf(media, readNetwork())) === null
  }
  const stopIfHeld = (free: boolean) => free || stop()
  const ends = [
    observeTables({ tables: HOLD_TABLES, read: isFree }, stopIfHeld),
    onNetwork(() => void isFree().then(stopIfHeld, () => undefined)),
  ]
  return () => ends.forEach((end) => end())
}

const uploadDeps = (onSent: NonNullable<UploadDeps['onSent']>): UploadDeps => ({
  ...browserEngine(),
  transport: xhrTransport,
  network: readNetwork,
  announce,
  onSent,
  watch: watchHold,
})

/** Whether a video was free to upload at the last look. A page that is closing has no time to read the database. */
let hasFreeMedia = false

/** A string that changes when there is new work: another video is free, or the server's status of a video changed. */
async function workToDo(): Promise<string> {
  const free = await freeMedia(readNetwork())
  hasFreeMedia = free.length > 0
  const statuses = await Promise.all((await readEach(db.media)).rows.map(statusOf))
  return JSON.stringify([free.map(({ id }) => id), statuses])
}

let scheduler: Scheduler | undefined

function makeScheduler(): Scheduler {
  const store = useTransfersStore()
  const deps = uploadDeps(store.bytesLeft)
  return new Scheduler({
    cycle: (wants) => runUploads(deps, { hurry: wants.hurry !== 'no' }).finally(store.sendingEnded),
    untilPush: () => untilUpload(deps.now(), readNetwork()),
    awaitsAnswer: () => Promise.resolve(false),
    isWatched: () => false,
    isVisible: () => true,
    after: (ms, then) => {
      const timer = setTimeout(then, ms)
      return () => clearTimeout(timer)
    },
  })
}

/** Starts sending. Further calls do nothing. */
export function startUploads(): void {
  if (scheduler) return
  const { want } = (scheduler = makeScheduler())
  const go = (hurry: 'no' | 'network') => () => void want({ hurry, reach: 'none' })
  let known: string | undefined
  const look = (work: string) => {
    if (work !== known) go('no')()
    known = work
  }
  observeTables({ tables: [...HOLD_TABLES, db.base], read: workToDo }, look)
  onPoke(go('no'))
  onNetwork(go('network'))
  addEventListener('online', go('network'))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') go('network')()
    else if (hasFreeMedia) askBackgroundSend() // the sync of «Enviar» already ran while this page was sending
  })
  sweepMedia(Date.now()).catch(() => undefined) // the next start tries again
  sweepShared(Date.now()).catch(() => undefined) // most phones have none
}
