import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { clip, heavyClip } from './clips'
import { test } from './stage'
import { button, goOn, send, untilChip, untilFolio, pathOf } from './steps'
import {
  answerVideo,
  beginVideo,
  finishVideo,
  keepFile,
  keptOnPhone,
  megabytes,
  onlyVideo,
  readVideoCampaign,
  untilTransfer,
  type VideoCampaign,
} from './videoSteps'
import { chips, videos } from './words'

const MB = 1_000_000

let campaign: VideoCampaign
test.beforeAll(async ({ database }) => {
  campaign = await readVideoCampaign(database)
})

test(
  'a phone in data saver mode sends the text, and asks with the size in megabytes before it sends the video',
  { tag: '@long' },
  async ({ stage }) => {
    const recorded = await clip(stage.scratch, 'recorded.webm')
    const title = `Cuido mis datos (${randomUUID()})`
    const { page, context, open, errors } = await stage.phone()
    const devtools = await context.newCDPSession(page)
    await devtools.send('Emulation.setDataSaverOverride' as never, { dataSaverEnabled: true } as never)
    await open(`/c/${campaign.slug}`)
    await beginVideo(page)
    await keepFile(page, recorded.path)
    await page.getByText(videos('data.cost', { size: megabytes(recorded.bytes) })).waitFor()
    await goOn(page)
    await finishVideo(page, { title })
    await send(page, videos)
    await untilFolio(page, videos)
    await page.getByText(videos('reason.save_data')).waitFor()
    await untilChip(page, chips('video_here'))
    expect((await onlyVideo(stage.database, title)).status).toBe('awaiting_upload')
    await button(page, videos('transfer.anyway', { size: megabytes(recorded.bytes) })).click()
    await untilTransfer(page, videos('transfer.verified'))
    expect((await onlyVideo(stage.database, title)).found?.sha256).toBe(recorded.sha256)
    expect(errors).toEqual([])
  },
)

test(
  'a cancelled upload keeps the video and says so, and sent again it arrives whole',
  { tag: '@long' },
  async ({ stage }) => {
    const heavy = await heavyClip(stage.scratch, 20 * MB)
    const title = `Mejor después (${randomUUID()})`
    const { page, open, errors } = await stage.phone()
    await open(`/c/${campaign.slug}`)
    await beginVideo(page)
    await answerVideo(page, { title, file: heavy.path, pillar: campaign.pillar.title })
    const { network } = stage
    const before = network.uploaded()
    network.slowUploads(1.6 * MB)
    network.holdUploads(before + 19 * MB) // in the last piece
    await send(page, videos)
    const sent = page.getByText(
      videos('transfer.sent', { percent: '¦', sent: '¦', total: '20 MB' }).split('¦').at(-1)!,
    )
    await sent.waitFor()
    await page.getByText(videos('transfer.remaining.minute')).waitFor() // said after eight seconds
    expect(Number.parseInt(await sent.innerText()), 'per cent that left the phone').toBeGreaterThan(20)
    await button(page, videos('transfer.cancel')).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: videos('transfer.cancel.confirm'), exact: true })
      .click()
    await untilTransfer(page, videos('transfer.cancelled'))
    await page.getByText(videos('transfer.cancelled.body')).waitFor()
    await open(await pathOf(page))
    await untilTransfer(page, videos('transfer.cancelled'))
    expect((await keptOnPhone(page)).chunks).toBe(Math.ceil(heavy.bytes / (1024 * 1024)))
    network.mend()
    await button(page, videos('transfer.again')).click()
    await untilTransfer(page, videos('transfer.verified'))
    expect((await onlyVideo(stage.database, title)).found?.sha256).toBe(heavy.sha256)
    expect(errors).toEqual([])
  },
)
