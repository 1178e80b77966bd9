import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { newProfile } from '../support/browser'
import { watchWorker } from '../support/worker'
import { heavyClip } from './clips'
import { PATIENCE } from './patience'
import { test } from './stage'
import { untilReadyOffline, untilSavedHere } from './steps'
import {
  keptOnPhone,
  onlyVideo,
  prepareToFilm,
  readVideoCampaign,
  sendVideo,
  untilTransfer,
  videosWith,
} from './videoSteps'
import { videos } from './words'

const MB = 1_000_000

test.beforeAll(async ({ scratch }) => void (await heavyClip(scratch, 20 * MB)))

test('the worker sends a video that was saved without signal completely, with no tab open', async ({
  stage,
}) => {
  const { network, database, scratch } = stage
  const [heavy, campaign] = [await heavyClip(scratch, 20 * MB), await readVideoCampaign(database)]
  const title = `La llevó el trabajador (${randomUUID()})`
  const phone = await stage.phone(newProfile())
  await phone.open()
  await untilReadyOffline(phone.page)
  await prepareToFilm(phone.page, campaign)
  await phone.offline(true)
  const id = await sendVideo(phone.page, { title, file: heavy.path, pillar: campaign.pillar.title })
  await untilSavedHere(phone.page, videos)
  const blank = await phone.context.newPage()
  const worker = await watchWorker(blank, network.origin)
  await phone.page.close()
  expect(await videosWith(database, title)).toEqual([])

  const [patches, bytes] = [network.calls('upload.PATCH'), network.uploaded()]
  await phone.offline(false)
  await worker.wake()
  const arrived = async () => (await videosWith(database, title)).map(({ status }) => status)
  await expect.poll(arrived, PATIENCE).toEqual(['verified']) // the attach op was applied too
  expect(phone.context.pages().map((page) => page.url())).toEqual(['about:blank'])
  const { found } = await onlyVideo(database, title)
  expect(found).toMatchObject({ bytes: heavy.bytes, sha256: heavy.sha256, mime: 'video/mp4', tells: [] })
  expect(network.calls('upload.PATCH') - patches).toBe(4)
  expect(network.uploaded() - bytes).toBe(heavy.bytes)

  await blank.goto(`${network.origin}/guardado/${id}`)
  await untilTransfer(blank, videos('transfer.verified'))
  await expect.poll(() => keptOnPhone(blank), PATIENCE).toEqual({ media: 0, chunks: 0 })
  expect(network.uploaded() - bytes).toBe(heavy.bytes)
})
