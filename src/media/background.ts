/** What the service worker runs when the browser wakes it: text first, then as many chunks as fit. */
import { Fault } from '@/domain/fault'
import { sendInBackground, sleep } from '@/sync/background'
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
 * video is whole. Rejects when something is left that could have gone: the browser then wakes the worker again, so
 * nobody registers the tag here.
 */
export async function sendAllInBackground(
  deadlineMs: number,
  engine: Engine = browserEngine(),
  uploads: UploadDeps = workerUploads(),
): Promise<void> {
  const until = engine.now() + deadlineMs
  const isLeft = async () => (await freeMedia(uploads.network())).length > 0
  let hasWhole = false
  let waits = await sendInBackground(deadlineMs, engine)
  const run = () => runUploads({ ...uploads, announce: () => (hasWhole = true) }, { until, hurry: true })
  let outcome = (await isLeft()) ? await run() : null
  // A page that is being closed still holds the lease: whoever dies gives it back.
  while (outcome === 'busy' && engine.now() < until) {
    await sleep(1_000)
    outcome = await run()
  }
  if (hasWhole) waits = await sendInBackground(Math.max(1_000, until - engine.now()), engine)
  if (waits || outcome === 'failed' || (await isLeft())) throw new Fault('offline', true)
}
