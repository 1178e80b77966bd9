import { createHash, randomUUID } from 'node:crypto'
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { clip, committedClip, falseClip, filmedClip, PLACE, type Clip } from './clips'
import { type Stage, test } from './stage'
import { arrive, button, goOn, heading, send, untilReadyOffline } from './steps'
import {
  arriveAtVideo,
  beginVideo,
  chooseFile,
  finishVideo,
  keptOnPhone,
  onlyVideo,
  prepareToFilm,
  readStored,
  readVideoCampaign,
  untilTransfer,
  type VideoCampaign,
} from './videoSteps'
import { record, refusalText, videos } from './words'

let campaign: VideoCampaign
test.beforeAll(async ({ database, scratch }) => {
  campaign = await readVideoCampaign(database)
  await clip(scratch, 'recorded.webm')
})

const LENGTH = videos('facts.seconds', { seconds: 16 })

/** Opens a phone at the question for the file. */
async function atFile(stage: Stage) {
  const phone = await stage.phone()
  await phone.open(`/c/${campaign.slug}`)
  await beginVideo(phone.page)
  return phone
}

const LIMITS = { min: videos('facts.seconds', { seconds: 15 }) }

/** A gigabyte that a phone filmed, most of it a hole. */
function largeClip(folder: string): string {
  const path = join(folder, 'large.mp4')
  writeFileSync(path, readFileSync(filmedClip(folder, 'mp4').path))
  truncateSync(path, 1_000_000_000)
  return path
}

test('a file that is no video, too short, incomplete or silent is refused with a reason before a byte is copied, and a large one has a way out', async ({
  stage,
}) => {
  const { scratch } = stage
  const { page, errors } = await atFile(stage)
  const files: [path: string, words: string][] = [
    [await falseClip(scratch), refusalText('media_type_unsupported')],
    [(await clip(scratch, 'short.webm')).path, videos('trouble.too_short', LIMITS)],
    [(await clip(scratch, 'silent.webm')).path, videos('trouble.no_sound')],
    [committedClip('cut.mp4'), videos('trouble.truncated')],
  ]
  for (const [path, words] of files) {
    await chooseFile(page, path)
    await page.getByRole('alert').filter({ hasText: words }).waitFor()
    expect(await button(page, videos('step.video.keep')).count()).toBe(0)
  }
  await goOn(page)
  await page.getByText(videos('step.video.required')).first().waitFor()
  expect(await keptOnPhone(page)).toEqual({ media: 0, chunks: 0 })
  await chooseFile(page, largeClip(scratch))
  await page.getByText(videos('film.too_heavy.shrink')).waitFor()
  await button(page, videos('film.shrink')).click()
  await page.getByText(videos('step.video.kept')).first().waitFor()
  const { media, chunks } = await keptOnPhone(page)
  expect([media, chunks > 0 && chunks <= 5], 'of a gigabyte a lighter video is kept').toEqual([1, true])
  await chooseFile(page, committedClip('hevc.mov'))
  await page.getByText(videos('step.video.unseen')).waitFor()
  expect(await page.getByText('H.265').count()).toBe(1)
  await chooseFile(page, (await clip(scratch, 'recorded.webm')).path)
  await page.getByText(videos('step.video.unseen')).waitFor({ state: 'detached' })
  await button(page, videos('step.video.keep')).waitFor()
  expect(errors).toEqual([])
})

/** Chooses a file, checks the facts on the screen, sends it and waits until the server has verified it. */
async function sendFile(page: Page, file: Clip, facts: string[]): Promise<string> {
  const title = `De otro formato (${randomUUID()})`
  await chooseFile(page, file.path)
  for (const fact of facts) await page.getByText(fact, { exact: true }).waitFor()
  await button(page, videos('step.video.keep')).click()
  await page.getByText(videos('step.video.kept')).first().waitFor()
  await page.locator('video').evaluate((video: HTMLVideoElement) => video.play()) // the phone plays its own copy
  await goOn(page)
  await finishVideo(page, { title })
  await send(page, videos)
  await untilTransfer(page, videos('transfer.verified'))
  return title
}

test(
  'a recording without a duration in its header is measured, kept, played and sent',
  { tag: '@long' },
  async ({ stage }) => {
    const { page, errors } = await atFile(stage)
    const recorded = await clip(stage.scratch, 'recorded.webm')
    const title = await sendFile(page, recorded, ['WebM', LENGTH, videos('facts.sound.yes')])
    expect((await onlyVideo(stage.database, title)).found?.sha256).toBe(recorded.sha256)
    expect(errors).toEqual([])
  },
)

for (const [type, name, tag] of [
  ['mp4', 'MP4', []],
  ['mov', 'MOV', ['@long']],
] as const)
  test(
    `a ${type} as phones film it (H.264, AAC, upright) arrives as picture and sound without its location`,
    { tag: [...tag] },
    async ({ stage }) => {
      const { page, errors } = await atFile(stage)
      const filmed = filmedClip(stage.scratch, type)
      const title = await sendFile(page, filmed, [name, LENGTH, videos('facts.sound.yes')])
      const { found, media } = await onlyVideo(stage.database, title)
      const object = await readStored(stage.network.origin, 'videos-intake', media)
      const sha256 = createHash('sha256').update(object).digest('hex')
      expect(found).toEqual({
        bytes: object.length,
        sha256,
        mime: 'video/mp4',
        tells: [],
        picture: 'avc',
        sound: 'aac',
        duration_ms: null, // the length of sound alone is measured
      })
      expect(readFileSync(filmed.path).includes(PLACE)).toBe(true)
      expect(object.includes(PLACE), 'the location never leaves the phone').toBe(false)
      expect(errors).toEqual([])
    },
  )

/** Posts the form of a share as the browser does when another app shares with this one. */
async function share(page: Page, files: string[]): Promise<void> {
  await page.evaluate(() => {
    const form = Object.assign(document.createElement('form'), {
      id: 'share',
      method: 'post',
      action: '/compartir',
      enctype: 'multipart/form-data',
    })
    form.append(Object.assign(document.createElement('input'), { type: 'file', name: 'video' }))
    document.body.append(form)
  })
  await page.locator('#share input').setInputFiles(files)
  await page.locator('#share').evaluate((form: HTMLFormElement) => form.submit())
}

test('a video that another app shares without signal is on disk before the page opens, and goes once it is kept', async ({
  stage,
}) => {
  const recorded = await clip(stage.scratch, 'recorded.webm')
  const { page, errors, open, offline } = await stage.phone()
  await open()
  await untilReadyOffline(page)
  await prepareToFilm(page, campaign)
  await offline(true)
  await share(page, [])
  await page.getByText(record('shared.nothing'), { exact: true }).waitFor()
  await share(page, [recorded.path])
  // where one call is open its form opens at once; another test may have opened a second one
  const choice = button(page, campaign.heading)
  await heading(page, videos('step.aviso.title')).or(choice).waitFor()
  if (await choice.isVisible()) await choice.click()
  await arrive(page, videos('step.aviso.title'))
  await button(page, videos('step.aviso.continue')).click()
  await arriveAtVideo(page)
  const isOnDisk = () =>
    page.evaluate(async () => {
      const folder = await navigator.storage.getDirectory()
      return folder.getFileHandle('compartido').then(
        () => true,
        () => false,
      )
    })
  expect(await isOnDisk()).toBe(true)
  await button(page, record('shared.use')).click()
  await button(page, videos('step.video.keep')).click()
  await page.getByText(videos('step.video.kept')).first().waitFor()
  await page.getByText('WebM').first().waitFor()
  expect(await isOnDisk(), 'nothing of the share stays').toBe(false)
  expect(errors).toEqual([])
})
