/** What the service worker runs on a sync event: it sends the texts first, then as many chunks as fit. */
import { Fault } from '@/domain/fault'
import { sendInBackground, sleep } from '@/sync/background'
import { browserEngine, type Engine } from '@/sync/engine'
import { fetchTransport } from './fetchTransport'
import { freeMedia } from './holds'
import { readNetwork } from './network'
import { runUploads, type UploadDeps } from './upload'

/** How a worker uploads. It announces no op to others, because it sends the ops it adds itself. */
const workerUploads = (): UploadDeps => ({
  ...browserEngine(),
  transport: fetchTransport,
  network: readNetwork,
  announce: () => undefined,
})

/**
 * Sends the queued texts, then bytes of videos for at most `deadlineMs`, then the ops that announce complete videos.
 * Rejects with the fault `offline` when work that could be sent is left. The browser then wakes the worker again,
 * so this function does not register the sync tag.
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
  // A page that is closing still holds the lease and releases it when it ends.
  while (outcome === 'busy' && engine.now() < until) {
    await sleep(1_000)
    outcome = await run()
  }
  if (hasWhole) waits = await sendInBackground(Math.max(1_000, until - engine.now()), engine)
  if (waits || outcome === 'failed' || (await isLeft())) throw new Fault('offline', true)
}
