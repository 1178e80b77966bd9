/**
 * When the page sends bytes: whenever a video becomes free to go in any tab, when signal or another network
 * comes, by timer while something waits its turn. Load it after the first paint.
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
import { sweepMedia } from './store'
import { useTransfersStore } from './transfersStore'
import { runUploads, type UploadDeps } from './upload'
import { xhrTransport } from './xhrTransport'

/** Stops the chunk on its way when its video was paused, deleted, or may not use this network. */
function watchHold(mediaId: string, stop: () => void): () => void {
  const look = async () => {
    const media = await db.media.get(mediaId)
    return media !== undefined && (await holdOf(media, readNetwork())) === null
  }
  const judge = (isFree: boolean) => isFree || stop()
  const ends = [
    observeTables({ tables: HOLD_TABLES, read: look }, judge),
    onNetwork(() => void look().then(judge, () => undefined)),
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

/** Whether bytes are to go, as last looked: a page that is being closed has no time to ask. */
let areFree = false

/** What changes when there is something new to do: who is free to go, and what the server says of the others. */
async function workToDo(): Promise<string> {
  const free = await freeMedia(readNetwork())
  areFree = free.length > 0
  const told = await Promise.all((await readEach(db.media)).rows.map(statusOf))
  return JSON.stringify([free.map(({ id }) => id), told])
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

/** Begins to send; further calls change nothing. */
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
    else if (areFree) askBackgroundSend() // asked at «Enviar», the browser woke the worker while this page was sending
  })
  sweepMedia(Date.now()).catch(() => undefined) // at the next start, then
}
