import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { newProfile } from '../support/browser'
import { clip } from './clips'
import { test } from './stage'
import { untilFolio, untilReadyOffline, untilSavedHere } from './steps'
import {
  keptOnPhone,
  onlyVideo,
  prepareToFilm,
  readVideoCampaign,
  sendVideo,
  untilTransfer,
  videosWith,
  type VideoCampaign,
} from './videoSteps'
import { chips, videos } from './words'

let campaign: VideoCampaign
test.beforeAll(async ({ database, scratch }) => {
  campaign = await readVideoCampaign(database)
  await clip(scratch, 'recorded.mp4')
})

test('a video sent in airplane mode survives closing the browser and arrives unchanged when the signal returns', async ({
  stage,
}) => {
  const recorded = await clip(stage.scratch, 'recorded.mp4')
  const title = `Desde el cerro, sin señal (${randomUUID()})`
  const before = await stage.phone(newProfile())
  await before.open()
  await untilReadyOffline(before.page)
  await prepareToFilm(before.page, campaign)
  await before.offline(true)
  const id = await sendVideo(before.page, { title, file: recorded.path, pillar: campaign.pillar.title })
  await untilSavedHere(before.page, videos)
  await untilTransfer(before.page, videos('transfer.waiting'))
  await before.page.getByText(videos('reason.text_first')).waitFor()
  await before.close()
  expect(await videosWith(stage.database, title)).toHaveLength(0)

  const after = await stage.phone(before.profile, { offline: true })
  await after.open('/envios')
  await after.page.getByText(chips('unsent')).waitFor()
  await after.page.getByText('Desde el cerro, sin señal').waitFor()
  await after.open(`/guardado/${id}`)
  await untilSavedHere(after.page, videos)
  expect((await keptOnPhone(after.page)).media).toBe(1)
  expect(after.errors).toEqual([])

  const sentBefore = stage.network.uploaded()
  await after.offline(false)
  const folio = await untilFolio(after.page, videos)
  await untilTransfer(after.page, videos('transfer.verified'))
  const { found, status, folio: kept } = await onlyVideo(stage.database, title)
  expect([kept, status, found?.sha256]).toEqual([folio, 'verified', recorded.sha256])
  expect(stage.network.uploaded() - sentBefore).toBe(recorded.bytes)
})
