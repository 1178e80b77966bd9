import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { clip, heavyClip } from './clips'
import { receiptsOf } from './rows'
import { PATIENCE } from './patience'
import { type Stage, test } from './stage'
import { button, send, untilChip, untilFolio, pathOf, sendTogether } from './steps'
import {
  answerVideo,
  beginVideo,
  onlyVideo,
  readVideoCampaign,
  untilTransfer,
  type VideoCampaign,
} from './videoSteps'
import { chips, videos } from './words'

const MB = 1_000_000

let campaign: VideoCampaign
test.beforeAll(async ({ database, scratch }) => {
  campaign = await readVideoCampaign(database)
  await clip(scratch, 'recorded.webm')
})

/** A phone right before «Enviar», with counters of upload bytes and upload creations. */
async function readyToSend(stage: Stage, title: string, file: string) {
  const phone = await stage.phone()
  await phone.open(`/c/${campaign.slug}`)
  await beginVideo(phone.page)
  await answerVideo(phone.page, { title, file, pillar: campaign.pillar.title })
  const { network } = stage
  const [bytes, creations] = [network.uploaded(), network.calls('upload.POST')]
  return {
    ...phone,
    uploaded: () => network.uploaded() - bytes,
    created: () => network.calls('upload.POST') - creations,
  }
}

test('a video sent from two tabs at once is one submission and one upload, and both tabs see it arrive', async ({
  stage,
}) => {
  const recorded = await clip(stage.scratch, 'recorded.webm')
  const title = `Con dos pestañas (${randomUUID()})`
  const { page, context, uploaded, created, errors } = await readyToSend(stage, title, recorded.path)
  const other = await context.newPage()
  await other.goto(stage.network.origin + (await pathOf(page)))
  await button(other, videos('step.revisa.send')).waitFor()
  await sendTogether([page, other], videos)
  const [one, two] = await Promise.all([untilFolio(page, videos), untilFolio(other, videos)])
  await Promise.all([page, other].map((tab) => untilTransfer(tab, videos('transfer.verified'))))
  const { folio, found, id } = await onlyVideo(stage.database, title)
  expect([one, two]).toEqual([folio, folio])
  expect(found?.sha256).toBe(recorded.sha256)
  expect([uploaded(), created()]).toEqual([recorded.bytes, 1])
  expect(await receiptsOf(stage.database, id)).toBe(2) // one for the text, one for the attached file
  expect(errors).toEqual([])
})

test(
  '«Pausar» stops an upload in the middle of a chunk, and it waits for Wi-Fi and continues at its offset',
  { tag: '@long' },
  async ({ stage }) => {
    const heavy = await heavyClip(stage.scratch, 20 * MB)
    const title = `Me quedan pocos datos (${randomUUID()})`
    const { page, uploaded, created, open } = await readyToSend(stage, title, heavy.path)
    const { network } = stage
    network.holdUploads(network.uploaded() + 7 * MB)
    await send(page, videos)
    await expect.poll(uploaded, PATIENCE).toBeGreaterThan(7 * MB)
    await button(page, videos('transfer.pause')).click()
    await untilTransfer(page, videos('transfer.paused'))
    await expect.poll(network.uploading, PATIENCE).toBe(0) // no bytes are on their way
    const paused = uploaded()
    await open(await pathOf(page))
    await untilTransfer(page, videos('transfer.paused'))
    await page.getByLabel(videos('data.wifi_only')).check()
    await button(page, videos('transfer.resume')).click()
    await page.getByText(videos('reason.network_unknown')).waitFor()
    await untilChip(page, chips('video_here'))
    expect(uploaded()).toBe(paused)
    network.holdUploads(null)
    await page.getByLabel(videos('data.wifi_only')).uncheck()
    await untilTransfer(page, videos('transfer.verified'))
    expect((await onlyVideo(stage.database, title)).found?.sha256).toBe(heavy.sha256)
    expect(uploaded()).toBeLessThanOrEqual(heavy.bytes + 6 * 1024 * 1024)
    expect(created()).toBe(1)
  },
)
