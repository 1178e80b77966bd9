/** What the service worker runs when the browser wakes it: text first, then as many chunks as fit. */
import { Fault } from '@/domain/fault'
import { sendInBackground } from '@/sync/background'
import { browserEngine, type Engine } from '@/sync/engine'
import { fetchTransport } from './fetchTransport'
import { freeMedia } from './holds'
import { readNetwork } from './network'
import { runUploads, type UploadDeps } from './upload'

/** The uploads of a worker. What it adds to the outbox it sends itself. */
const workerUploads = (): UploadDeps => ({
  ...browserEngine(),
  transport: fetchTransport,
  network: readNetwork,
  announce: () => undefined,
})

/**
 * Sends the texts that wait, then bytes of videos until `deadlineMs` have gone, then the ops that say that a
 * video is whole. Rejects when something is left that could have gone: the browser wakes the worker again.
 */
export async function sendAllInBackground(
  deadlineMs: number,
  engine: Engine = browserEngine(),
  uploads: UploadDeps = workerUploads(),
): Promise<void> {
  const until = engine.now() + deadlineMs
  let hasWhole = false
  await sendInBackground(deadlineMs, engine)
  if ((await freeMedia(uploads.network())).length === 0) return
  const outcome = await runUploads({ ...uploads, announce: () => (hasWhole = true) }, { until, hurry: true })
  if (hasWhole) await sendInBackground(Math.max(1_000, until - engine.now()), engine)
  const isLeft = (await freeMedia(uploads.network())).length > 0
  if (outcome === 'failed' || (isLeft && outcome === 'done')) throw new Fault('offline', true)
}
