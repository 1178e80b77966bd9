import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { newProfile } from '../support/browser'
import { readOpenCampaign } from '../e2e/api'
import { heavyClip } from '../e2e/clips'
import { untilRow } from '../e2e/arrivals'
import { onlyRowWith, receiptsOf, rowsWith, uniqueBody } from '../e2e/rows'
import { PATIENCE } from '../e2e/patience'
import { test } from '../e2e/stage'
import { answerAll, beginDraft, openCampaign, send, untilReadyOffline, untilSavedHere } from '../e2e/steps'
import { onlyVideo, readVideoCampaign, sendVideo, untilTransfer } from '../e2e/videoSteps'
import { chips, videos } from '../e2e/words'
import { watchWorker } from '../support/worker'
import { rowsOnPhone } from '../support/phoneRows'
import { CHUNK, tell } from './measure'

const MB = 1_000_000
/** Five chunks at this rate take 200 s. */
const [BYTES, BYTES_PER_SECOND] = [30 * MB, 0.15 * MB]
/** The worker's two minutes, plus the work in progress when they end. */
const STOPS_MS = 130_000

test('the browser ends the worker in the middle of sending and wakes it again with no tab open, and the proposal is sent once', async ({
  stage,
}) => {
  const { network, database } = stage
  const campaign = await readOpenCampaign(database)
  const body = uniqueBody()
  const phone = await stage.phone(newProfile())
  await phone.open()
  await untilReadyOffline(phone.page)
  await phone.open(`/c/${campaign.slug}`)
  await beginDraft(phone.page)
  await answerAll(phone.page, { body })
  await phone.offline(true)
  await send(phone.page)
  await untilSavedHere(phone.page)
  const blank = await phone.context.newPage()
  const worker = await watchWorker(blank, network.origin)
  await phone.page.close()

  const release = network.hold('apply_ops')
  const before = network.calls('apply_ops')
  await phone.offline(false)
  await worker.wake()
  await expect.poll(() => network.calls('apply_ops'), PATIENCE).toBeGreaterThan(before)
  await worker.stop()
  await expect.poll(() => worker.isRunning(), PATIENCE).toBe(false)
  release() // the call is committed, and its answer is lost
  await untilRow(database, body)
  expect(await rowsWith(database, body)).toHaveLength(1)
  await worker.wake()
  await expect.poll(() => network.calls('apply_ops'), PATIENCE).toBeGreaterThan(before + 1)

  const reader = await phone.context.newPage()
  await reader.goto(`${network.origin}/robots.txt`) // the app does not run here
  const outbox = async () => (await rowsOnPhone(reader, 'outbox'))['outbox']
  await expect.poll(outbox, PATIENCE).toEqual([])
  const row = await onlyRowWith(database, body)
  expect(await receiptsOf(database, row.id)).toBe(1)
  await reader.goto(`${network.origin}/envios`)
  await reader.getByText(chips('received_folio', { folio: row.folio })).waitFor()
  tell('worker', { calls: network.calls('apply_ops') - before })
})

/** Whether a process on this phone is uploading. */
async function isUploading(reader: Page): Promise<boolean> {
  const { leases } = await rowsOnPhone(reader, 'leases')
  return leases!.some(({ name, held }) => name === 'media' && held === true)
}

test('over a slow line the worker stops after two minutes, and the next page continues at the same offset', async ({
  stage,
}) => {
  const { network, database, scratch } = stage
  const [heavy, campaign] = [await heavyClip(scratch, BYTES), await readVideoCampaign(database)]
  const title = `No cupo en dos minutos (${randomUUID()})`
  const phone = await stage.phone(newProfile())
  await phone.open()
  await untilReadyOffline(phone.page)
  await phone.offline(true)
  await openCampaign(phone.page, campaign)
  const id = await sendVideo(phone.page, { title, file: heavy.path, pillar: campaign.pillar.title })
  await untilSavedHere(phone.page, videos)
  const reader = await phone.context.newPage()
  const worker = await watchWorker(reader, network.origin)
  await phone.page.close()
  const before = network.uploaded()
  const calls = (method: string) => network.calls(`upload.${method}`)
  const [posts, patches] = [calls('POST'), calls('PATCH')]
  network.slowUploads(BYTES_PER_SECOND)
  await phone.offline(false)
  await reader.goto(`${network.origin}/robots.txt`) // the app does not run here
  const startedAt = performance.now()
  await worker.wake()
  await expect.poll(() => isUploading(reader), PATIENCE).toBe(true)
  await expect.poll(() => isUploading(reader), { timeout: 2 * STOPS_MS, intervals: [200] }).toBe(false)
  const stoppedAfter = performance.now() - startedAt
  expect(stoppedAfter).toBeLessThan(STOPS_MS)
  const [media] = (await rowsOnPhone(reader, 'media')).media!
  expect(media).toMatchObject({ state: 'probing', code: 'timeout' })
  const reached = media!['offset'] as number
  expect(reached).toBeGreaterThanOrEqual(CHUNK)
  expect((await onlyVideo(database, title)).status).toBe('awaiting_upload')
  const patched = calls('PATCH') - patches

  network.down(true) // the rest of the last chunk in the system's buffers is lost with the line
  network.mend()
  await reader.goto(`${network.origin}/guardado/${id}`)
  await untilTransfer(reader, videos('transfer.verified'))
  const { found } = await onlyVideo(database, title)
  expect(found).toMatchObject({ bytes: heavy.bytes, sha256: heavy.sha256, mime: 'video/mp4', tells: [] })
  const resent = network.uploaded() - before - heavy.bytes
  expect(resent).toBeGreaterThan(0)
  expect(resent).toBeLessThanOrEqual(CHUNK)
  expect(calls('POST') - posts).toBe(1)
  tell('worker, slow line', { stoppedAfterMs: Math.round(stoppedAfter), patched, reached, resent })
})
