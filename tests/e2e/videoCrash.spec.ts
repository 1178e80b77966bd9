import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { newProfile } from '../support/browser'
import { clip, heavyClip } from './clips'
import { PATIENCE } from './patience'
import { test } from './stage'
import { button, goOn, send, untilReadyOffline, untilSavedHere, pathOf } from './steps'
import {
  answerVideo,
  beginVideo,
  chooseFile,
  finishVideo,
  keepFile,
  keptOnPhone,
  onlyVideo,
  prepareToFilm,
  readVideoCampaign,
  untilTransfer,
  videosWith,
  type VideoCampaign,
} from './videoSteps'
import { record, videos } from './words'

const MB = 1_000_000
const CHUNK = 6 * 1024 * 1024

let campaign: VideoCampaign
test.beforeAll(async ({ database, scratch }) => {
  campaign = await readVideoCampaign(database)
  await clip(scratch, 'recorded.mp4')
})

/** Lets the page read this many rows of the file that is copied next. The next one never comes. */
const holdCopy = (page: Page, rows: number) =>
  page.evaluate((most) => {
    const ROW = 1024 * 1024
    const read = Blob.prototype.arrayBuffer
    let count = 0
    Blob.prototype.arrayBuffer = function () {
      if (this.size === ROW) count += 1
      return count > most ? new Promise(() => undefined) : read.call(this)
    }
  }, rows)

test('after kill −9 an incomplete copy is not a video, and a copy that the screen called kept is still there', async ({
  stage,
}) => {
  const [heavy, recorded] = [
    await heavyClip(stage.scratch, 20 * MB),
    await clip(stage.scratch, 'recorded.mp4'),
  ]
  const title = `Me quedé sin pila (${randomUUID()})`
  const first = await stage.phone(newProfile())
  await first.open()
  await untilReadyOffline(first.page)
  await prepareToFilm(first.page, campaign)
  await first.offline(true)
  await beginVideo(first.page)
  await holdCopy(first.page, 5)
  await chooseFile(first.page, heavy.path)
  await button(first.page, videos('step.video.keep')).click()
  await expect.poll(async () => (await keptOnPhone(first.page)).chunks, PATIENCE).toBe(4) // it writes four at a time
  const step = await pathOf(first.page)
  await first.kill9()

  const second = await stage.phone(first.profile, { offline: true })
  await second.open(step)
  await button(second.page, videos('step.video.choose')).waitFor()
  expect((await keptOnPhone(second.page)).chunks).toBeLessThan(20)
  await goOn(second.page)
  await second.page.getByText(videos('step.video.required')).first().waitFor()
  await keepFile(second.page, recorded.path)
  await second.kill9()

  const third = await stage.phone(first.profile, { offline: true })
  await third.open(step)
  await third.page.getByText(videos('step.video.kept')).first().waitFor()
  await goOn(third.page)
  await finishVideo(third.page, { title })
  await send(third.page, videos)
  await untilSavedHere(third.page, videos)
  const saved = await pathOf(third.page)
  await third.kill9()
  expect(await videosWith(stage.database, title)).toHaveLength(0)

  const last = await stage.phone(first.profile, { offline: true })
  await last.open(saved)
  await untilSavedHere(last.page, videos)
  await last.offline(false)
  await untilTransfer(last.page, videos('transfer.verified'))
  expect((await onlyVideo(stage.database, title)).found?.sha256).toBe(recorded.sha256)
})

test('a video that is recorded here survives kill −9: it is found with its length, used and kept', async ({
  stage,
}) => {
  const least = (seconds: number) =>
    stage.database.query('update app.video_campaigns set min_s = $1 where convocatoria_id = $2', [
      seconds,
      campaign.id,
    ])
  await least(2) // the shortest video of the sample takes a test fifteen seconds
  const first = await stage.phone(newProfile(), { camera: true })
  await first.open(`/c/${campaign.slug}`)
  await beginVideo(first.page)
  await button(first.page, record('open')).click()
  await button(first.page, record('start')).click()
  await expect.poll(async () => (await keptOnPhone(first.page)).chunks, PATIENCE).toBeGreaterThanOrEqual(4)
  const step = await pathOf(first.page)
  await first.kill9()

  const second = await stage.phone(first.profile)
  await second.open(step)
  await second.page.getByText(/Encontramos una grabación de 0:0[3-9]/u).waitFor()
  expect(await second.page.locator('.button-primary:visible').count(), 'one primary button').toBe(1)
  await button(second.page, record('found.use')).click()
  await second.page.getByText('WebM', { exact: true }).waitFor()
  await second.page.locator('.button-primary:visible').click() // the recommended way: its bytes are the camera's to choose
  await second.page.getByText(videos('step.video.kept')).first().waitFor()
  await second.page.locator('video').evaluate((video: HTMLVideoElement) => video.play())
  expect((await keptOnPhone(second.page)).media, 'the slices went with the sealed file').toBe(1)
  expect(second.errors).toEqual([])
  await least(15)
})

test('after three kill −9 during an upload the same bytes arrive, and each kill costs at most one chunk', async ({
  stage,
}) => {
  const heavy = await heavyClip(stage.scratch, 20 * MB)
  const title = `Veinte megas con tropiezos (${randomUUID()})`
  let phone = await stage.phone(newProfile())
  await phone.open(`/c/${campaign.slug}`)
  await beginVideo(phone.page)
  await answerVideo(phone.page, { title, file: heavy.path, pillar: campaign.pillar.title })
  const before = stage.network.uploaded()
  const posts = stage.network.calls('upload.POST')
  const uploaded = () => stage.network.uploaded() - before
  const holdAt = (bytes: number | null) => stage.network.holdUploads(bytes && before + bytes)
  const [first, ...later] = [4 * MB, 11 * MB, 18 * MB]
  holdAt(first!)
  await send(phone.page, videos)
  const saved = await pathOf(phone.page)
  let held = first!
  for (const next of [...later, null]) {
    await expect.poll(uploaded, PATIENCE).toBeGreaterThan(held)
    await phone.kill9()
    await expect.poll(stage.network.uploading, PATIENCE).toBe(0)
    expect((await onlyVideo(stage.database, title)).status).toBe('awaiting_upload')
    holdAt(next)
    held = next ?? held
    phone = await stage.phone(phone.profile)
    await phone.open(saved)
  }
  await untilTransfer(phone.page, videos('transfer.verified'))
  const { found, status } = await onlyVideo(stage.database, title)
  expect(status).toBe('verified')
  expect(found).toMatchObject({ bytes: heavy.bytes, sha256: heavy.sha256, mime: 'video/mp4', tells: [] })
  console.info(`sent again after three kills: ${uploaded() - heavy.bytes} bytes`)
  expect(uploaded()).toBeLessThanOrEqual(heavy.bytes + 3 * CHUNK)
  expect(stage.network.calls('upload.POST') - posts).toBe(1)
  await expect.poll(() => keptOnPhone(phone.page), PATIENCE).toEqual({ media: 0, chunks: 0 })
})
