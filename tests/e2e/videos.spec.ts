import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { clip } from './clips'
import { withClock } from './rows'
import { PATIENCE } from './patience'
import { test } from './stage'
import { decide, makeMember, openReview, signIn } from './staffSteps'
import { heading, keepByLink, openCampaign, untilChip, untilFolio, withdraw } from './steps'
import { prepareByApi, runMediaJobs, sendVideoByApi } from './videoApi'
import {
  isStored,
  keptOnPhone,
  onlyVideo,
  readVideoCampaign,
  sendVideo,
  untilTransfer,
  type VideoCampaign,
} from './videoSteps'
import { chips, kinds, staff, videos, videosStatus } from './words'

let campaign: VideoCampaign
test.beforeAll(async ({ database, scratch }) => {
  campaign = await readVideoCampaign(database)
  await clip(scratch, 'recorded.webm')
})

test('a citizen online sends a video, and the phone deletes its bytes only after the server has verified them', async ({
  stage,
}) => {
  const recorded = await clip(stage.scratch, 'recorded.webm')
  const title = `Mi colonia pregunta (${randomUUID()})`
  const { page, open, errors } = await stage.phone()
  await open()
  await openCampaign(page, campaign)
  const release = stage.network.hold('upload.PATCH')
  await sendVideo(page, {
    title,
    file: recorded.path,
    pillar: campaign.pillar.title,
    summary: 'Por qué conviene preguntar antes de decidir.',
    transcript: 'Buenas tardes, les cuento de mi colonia.',
    name: 'Vecinas del Centro',
    sector: 'Sociedad civil',
    municipality: 'Toluca',
    email: 'vecinas@ejemplo.mx',
    publish: true,
  })
  const folio = await untilFolio(page, videos)
  expect(await onlyVideo(stage.database, title)).toMatchObject({
    folio,
    state: 'received',
    pillar: campaign.pillar.key,
    summary: 'Por qué conviene preguntar antes de decidir.',
    transcript: 'Buenas tardes, les cuento de mi colonia.',
    sector: 'sociedad_civil',
    municipality: '15106',
    status: 'awaiting_upload',
    bytes: recorded.bytes,
  })
  await untilTransfer(page, videos('transfer.sending'))
  expect(await keptOnPhone(page)).toEqual({ media: 1, chunks: Math.ceil(recorded.bytes / 1024 / 1024) })
  release()
  await untilTransfer(page, videos('transfer.verified'))
  const { found, status, media } = await onlyVideo(stage.database, title)
  expect(status).toBe('verified')
  expect(found).toMatchObject({
    bytes: recorded.bytes,
    sha256: recorded.sha256,
    mime: 'video/webm',
    tells: [],
  })
  await expect.poll(() => keptOnPhone(page), PATIENCE).toEqual({ media: 0, chunks: 0 })
  expect(await isStored(stage.network.origin, 'videos-intake', media)).toBe(true)
  expect(errors).toEqual([])
})

/** Plays the video until its picture moves. */
async function untilPlaying(page: Page): Promise<void> {
  const reached = () => page.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime)
  await expect.poll(reached, PATIENCE).toBeGreaterThan(0.5)
}

test('staff watch and publish a video, the gallery loads it at a tap, and its author withdraws it from everywhere', async ({
  stage,
}) => {
  const { network, database } = stage
  const recorded = await clip(stage.scratch, 'recorded.webm')
  const title = `Mi colonia responde (${randomUUID()})`
  const sent = await sendVideoByApi(network.origin, campaign, recorded, title, { display_name: 'Vecinas' })
  const marta = await makeMember(database, 'Marta Ejemplo')

  const desk = await stage.phone()
  await signIn(desk.page, network.origin, marta)
  await openReview(desk.page, sent.folio)
  await desk.page.getByText(kinds('findings.equal')).waitFor()
  await desk.page.locator('video').evaluate((video: HTMLVideoElement) => video.play())
  await untilPlaying(desk.page)
  await decide(desk.page, 'accept')
  await desk.page.getByText(staff('status.sent'), { exact: true }).waitFor()
  await prepareByApi(network.origin, marta, sent.id)
  const { media, public_id } = await onlyVideo(database, title)
  const copy = `${public_id}.mp4`
  expect(await isStored(network.origin, 'videos-public', copy)).toBe(false)
  await desk.page.reload()
  await decide(desk.page, 'publish', { message: 'Gracias: ya está en la galería.' })
  await desk.page.getByText(staff('status.sent'), { exact: true }).waitFor()
  await runMediaJobs(network.origin)
  await expect.poll(() => isStored(network.origin, 'videos-public', copy), PATIENCE).toBe(true)

  const visitor = await stage.phone()
  network.requests.length = 0
  await visitor.open(`/c/${campaign.slug}/galeria`)
  const card = visitor.page.locator('article', { hasText: title })
  await card.getByText('Vecinas').waitFor()
  const poster = card.locator('img')
  await expect
    .poll(() => poster.evaluate((image: HTMLImageElement) => image.naturalWidth), PATIENCE)
    .toBeGreaterThan(0)
  await visitor.page.waitForLoadState('networkidle')
  const asked = () => network.requests.filter((line) => line.includes(copy)).length
  expect(asked()).toBe(0)
  await card.getByRole('button').first().click()
  await untilPlaying(visitor.page)
  expect(asked()).toBeGreaterThan(0)

  const author = await stage.phone()
  await keepByLink(author.page, network.origin, sent)
  await untilChip(author.page, chips('published'))
  await withdraw(author.page, videosStatus)
  await untilChip(author.page, chips('withdrawn'))
  await runMediaJobs(network.origin)
  await expect.poll(() => isStored(network.origin, 'videos-public', copy), PATIENCE).toBe(false)
  expect(await isStored(network.origin, 'videos-public', `${public_id}.jpg`)).toBe(false)
  expect(await isStored(network.origin, 'videos-intake', media)).toBe(true) // it can be undone for 24 hours
  await visitor.open(`/c/${campaign.slug}/galeria`)
  await heading(visitor.page, videos('gallery.title')).waitFor()
  await visitor.page.waitForLoadState('networkidle')
  expect(await visitor.page.getByText(title).count()).toBe(0)
  await withClock(database, '24 hours 1 minute', async () => {
    await expect.poll(() => isStored(network.origin, 'videos-intake', media), PATIENCE).toBe(false)
  })
  // the function reports a file as erased after it is gone
  await expect
    .poll(() => onlyVideo(database, title), PATIENCE)
    .toMatchObject({ state: 'withdrawn', status: 'removed' })
  expect([...desk.errors, ...visitor.errors, ...author.errors]).toEqual([])
})
