import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from '@playwright/test'
import { newProfile } from '../support/browser'
import { readOpenCampaign } from '../e2e/api'
import { heavyClip } from '../e2e/clips'
import { onlyRowWith, rowsWith, uniqueBody } from '../e2e/rows'
import { PATIENCE } from '../e2e/patience'
import { test } from '../e2e/stage'
import { button, untilReadyOffline, untilSavedHere, writeAndSend } from '../e2e/steps'
import { answerVideo, beginVideo, onlyVideo, readVideoCampaign } from '../e2e/videoSteps'
import { videos } from '../e2e/words'
import { rowsOnPhone } from '../support/phoneRows'
import { CHUNK, tell } from './measure'

const MB = 1_000_000
const MINUTES = 3
/** Nobody touches the phone, and the longest wait between two retries is five minutes. */
const UNTOUCHED = { timeout: 7 * 60_000, intervals: [500] }

test('during minutes behind a captive portal nothing counts as sent and the phone retries at a bounded rate, and afterwards everything arrives', async ({
  stage,
}) => {
  const { network, database, scratch } = stage
  const [text, video] = [await readOpenCampaign(database), await readVideoCampaign(database)]
  const [body, title] = [uniqueBody(), `Desde el Wi-Fi del hotel (${randomUUID()})`]
  const heavy = await heavyClip(scratch, 20 * MB)
  const { page, open, errors } = await stage.phone(newProfile())
  await open()
  await untilReadyOffline(page)
  await open(`/c/${video.slug}`)
  await beginVideo(page)
  await answerVideo(page, { title, file: heavy.path, pillar: video.pillar.title })
  network.slowUploads(2 * MB)
  const before = network.uploaded()
  await button(page, videos('step.revisa.send')).click()
  await expect.poll(() => network.uploaded() - before, PATIENCE).toBeGreaterThan(7 * MB)
  network.captivePortal(true)
  network.slowUploads(null)
  await open(`/c/${text.slug}`)
  await writeAndSend(page, { body })
  await untilSavedHere(page)
  const asked = network.requests.length
  const endsAt = performance.now() + MINUTES * 60_000
  while (performance.now() < endsAt) {
    await wait(10_000)
    await untilSavedHere(page)
    expect(await rowsWith(database, body)).toHaveLength(0)
    expect((await onlyVideo(database, title)).status).toBe('awaiting_upload')
    const { media, outbox } = await rowsOnPhone(page, 'media', 'outbox')
    expect([media!.length, outbox!.length]).toEqual([1, 1])
  }
  const perMinute = (network.requests.length - asked) / MINUTES
  expect(perMinute).toBeLessThan(30)
  network.captivePortal(false)
  await expect.poll(async () => (await rowsWith(database, body)).length, UNTOUCHED).toBe(1)
  await expect.poll(async () => (await onlyVideo(database, title)).status, UNTOUCHED).toBe('verified')
  expect((await onlyVideo(database, title)).found?.sha256).toBe(heavy.sha256)
  expect((await onlyRowWith(database, body)).folio).toBeTruthy()
  expect(network.uploaded() - before).toBeLessThanOrEqual(heavy.bytes + 2 * CHUNK)
  expect(errors).toEqual([])
  tell('portal', {
    minutes: MINUTES,
    requestsPerMinute: perMinute,
    resent: network.uploaded() - before - heavy.bytes,
  })
})
