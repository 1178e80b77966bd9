/**
 * A video whole: from the phone's camera to the gallery with captions, chosen by jurors who did not see each other's marks, to its
 * recognition, and to a withdrawal after which storage has nothing of it. On a backend of its own, because its jury binds the call.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import { expect } from '@playwright/test'
import { borrowPhone, newProfile, openPhone, type Phone, removeProfiles } from '../support/browser'
import { type NetworkProxy, startProxy } from '../support/proxy'
import { signDue } from '../support/signing'
import { startBackend, type Running } from './backend'
import { unheard } from './aloud'
import { confirmAddress } from './jornadaRows'
import { PATIENCE } from './patience'
import { receiptsOf, withClock } from './rows'
import { decide, makeMember, openReview, signIn } from './staffSteps'
import { test } from './stage'
import {
  button,
  goOn,
  heading,
  pathOf,
  send,
  untilChip,
  untilFolio,
  untilReadyOffline,
  untilSavedHere,
  withdraw,
} from './steps'
import { runMediaJobs } from './videoApi'
import * as screen from './videoStorySteps'
import {
  beginVideo,
  finishVideo,
  isStored,
  keptOnPhone,
  onlyVideo,
  prepareToFilm,
  readVideoCampaign,
  untilTransfer,
  type VideoCampaign,
  videosWith,
} from './videoSteps'
import { chips, kinds, staff, videos, videosStatus } from './words'

const AUTHOR = { name: 'Aurelia Autora de Muestra', email: 'aurelia@demo.example', municipality: 'Toluca' }
const TITLE = 'Preguntar antes de decidir, desde mi colonia'
const SAID = 'En mi colonia nadie preguntaba. Un día abrieron las cuentas. Ahora sabemos en qué se gasta.'
const CORRECTED = 'En mi colonia\nya nos preguntan.'
const WORK = 'Explicar en su colonia cómo se revisan las cuentas'
const LIMITS = { min_s: 5, max_s: 60, max_bytes: 1_000_000 }

let backend: Running
let folder: string
let database: pg.Pool
/** The lines of everybody and of the author. */
let networks: NetworkProxy[]
let campaign: VideoCampaign

test.beforeAll(async () => {
  backend = await startBackend()
  folder = mkdtempSync(path.join(tmpdir(), 'convoca-video-'))
  ;({ database } = backend)
  networks = await Promise.all([1, 2].map(() => startProxy(backend.origin)))
  campaign = await readVideoCampaign(database)
  await database.query(
    `update app.video_campaigns set min_s = $2, max_s = $3, max_bytes = $4, rubric = $5 where convocatoria_id = $1`,
    [campaign.id, LIMITS.min_s, LIMITS.max_s, LIMITS.max_bytes, JSON.stringify(screen.RUBRIC)],
  )
  await confirmAddress(database, AUTHOR.email)
})
test.afterAll(async () => {
  console.warn(JSON.stringify(spent))
  await removeProfiles()
  for (const network of networks) await network.close()
  await backend.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The seconds of each part, printed at the end. */
const spent: Record<string, number> = {}
async function timed<T>(part: string, work: () => Promise<T>): Promise<T> {
  const from = performance.now()
  try {
    return await test.step(part, work)
  } finally {
    spent[part] = Math.round((performance.now() - from) / 100) / 10
  }
}

interface Team {
  desk: Phone
  lead: Phone
  jurors: screen.Juror[]
}

async function hire(origin: string): Promise<Team> {
  const wide = { width: 1366, height: 768 }
  const [desk, lead] = [await borrowPhone(networks[0]!), await borrowPhone(networks[0]!, wide)]
  const names = ['Julia Jurado', 'Jorge Jurado', 'Josefa Jurado']
  const jurors = []
  for (const name of names) jurors.push({ name, phone: await borrowPhone(networks[0]!, wide) })
  await Promise.all([
    signIn(desk.page, origin, await makeMember(database, 'Mora Moderadora')),
    signIn(lead.page, origin, await makeMember(database, 'Cora Coordinadora', 'coordinator')),
    ...jurors.map(async ({ name, phone }) =>
      screen.signInJuror(phone.page, origin, await makeMember(database, name, 'juror')),
    ),
  ])
  return { desk, lead, jurors }
}

/** Films, trims and makes it lighter with signal; writes, consents and sends without. Resolves to what is kept and its path. */
async function filmAndSave() {
  const phone = await openPhone(networks[1]!, newProfile(), {
    camera: screen.writeView(path.join(folder, 'camara.y4m')),
  })
  const { page } = phone
  await phone.open()
  await untilReadyOffline(page)
  await prepareToFilm(page, campaign)
  await beginVideo(page)
  await screen.hearRecorder(page)
  const filmed = await screen.film(page, 9)
  await page.getByText(videos('film.too_heavy.shrink')).waitFor()
  const seconds = await screen.trim(page)
  const kept = await screen.makeLighter(page)
  console.warn(`filmed ${filmed} bytes; ${seconds} s of them are kept in ${kept.bytes}`)
  expect(kept.bytes).toBeLessThan(LIMITS.max_bytes)
  await phone.offline(true)
  await goOn(page)
  await finishVideo(page, {
    ...AUTHOR,
    title: TITLE,
    transcript: SAID,
    pillar: campaign.pillar.title,
    publish: true,
  })
  await send(page, videos)
  await untilSavedHere(page, videos)
  const at = await pathOf(page)
  await phone.close()
  expect(await videosWith(database, TITLE)).toEqual([])
  return { kept, at, profile: phone.profile }
}

/** The browser opens again without signal, and the video arrives through cuts: each answer is lost once. */
async function uploadWithCuts({ kept, at, profile }: Awaited<ReturnType<typeof filmAndSave>>) {
  const network = networks[1]!
  const phone = await openPhone(network, profile, { offline: true })
  const { page } = phone
  await phone.open(at)
  await untilSavedHere(page, videos)
  const whole = { media: 1, chunks: Math.ceil(kept.bytes / 1024 / 1024) }
  expect(await keptOnPhone(page)).toEqual(whole)
  const [before, created] = [network.uploaded(), network.calls('upload.POST')]
  network.loseAnswer('apply_ops', 2)
  network.holdUploads(before + kept.bytes / 3)
  await phone.offline(false)
  const folio = await untilFolio(page, videos)
  await expect.poll(() => network.uploaded() - before, PATIENCE).toBeGreaterThan(kept.bytes / 3)
  expect(await keptOnPhone(page)).toEqual(whole)
  await phone.offline(true) // in the middle of the bytes
  network.holdUploads(null)
  network.loseAnswer('upload.PATCH', 1)
  await phone.offline(false)
  await untilTransfer(page, videos('transfer.verified'))
  await expect.poll(() => keptOnPhone(page), PATIENCE).toEqual({ media: 0, chunks: 0 })
  const row = await onlyVideo(database, TITLE)
  const { bytes, sha256 } = kept
  expect(row).toMatchObject({ folio, status: 'verified', bytes, transcript: SAID, municipality: '15106' })
  expect(row.found).toMatchObject({
    bytes,
    sha256,
    mime: 'video/mp4',
    tells: [],
    picture: 'avc',
    sound: 'aac',
  })
  expect(await receiptsOf(database, row.id), 'one for the text, one for the file').toBe(2)
  expect(network.calls('upload.POST') - created).toBe(1)
  expect(network.uploaded() - before, 'what was cut is sent once more').toBeLessThanOrEqual(2 * bytes)
  return { phone, ...row }
}

test('a video from the camera to the gallery: cut, lighter, without signal, captioned, judged blind by three, recognised, and withdrawn from everywhere', async () => {
  test.setTimeout(420_000)
  const { origin } = networks[0]!
  const [{ desk, lead, jurors }, saved] = await timed('staff signs in; filmed and saved', () =>
    Promise.all([hire(origin), filmAndSave()]),
  )
  const { phone: author, ...video } = await timed('sent through cuts', () => uploadWithCuts(saved))
  await timed('captions and copy', async () => {
    const { page } = desk
    await openReview(page, video.folio)
    await page.getByText(kinds('findings.equal')).waitFor()
    await screen.caption(page, database, video.id, CORRECTED)
    await screen.prepare(page)
    await decide(page, 'accept')
    await page.getByText(staff('status.sent'), { exact: true }).waitFor()
  })
  await timed('a blind jury', async () => {
    await lead.page.goto(`${origin}/equipo/seleccion/${campaign.id}`)
    await screen.actAndConfirm(lead.page, screen.selection('act.open'))
    await lead.page.getByText(screen.selection('progress', { judged: 0, count: 1 })).waitFor()
    await screen.judge(origin, database, jurors, { ...video, title: TITLE, hidden: [AUTHOR.name, 'Toluca'] })
    await screen.close(lead.page, origin, database, campaign.id, video.id)
    expect(await screen.minutes(database, campaign.id)).not.toContain(AUTHOR.name)
  })

  const { media, public_id } = await onlyVideo(database, TITLE)
  const prepared = await screen.copyOf(database, media)
  const copy = ['mp4', 'jpg', 'vtt'].map((type) => `${public_id}.${type}`)
  const copied = () => Promise.all(copy.map((name) => isStored(origin, 'videos-public', name)))
  const visitor = await borrowPhone(networks[0]!)
  await timed('published with captions', async () => {
    expect(await copied()).toEqual([false, false, false])
    await desk.page.reload()
    await decide(desk.page, 'publish', { message: 'Gracias: ya está en la galería.' })
    await desk.page.getByText(staff('status.sent'), { exact: true }).waitFor()
    await runMediaJobs(origin)
    await expect.poll(copied, PATIENCE).toEqual([true, true, true])
    networks[0]!.requests.length = 0
    await visitor.open(`/c/${campaign.slug}/galeria`)
    const card = visitor.page.locator('article', { hasText: TITLE })
    await card.getByText(AUTHOR.name).waitFor()
    const width = () => card.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)
    await expect.poll(width, PATIENCE).toBeGreaterThan(0)
    await visitor.page.waitForLoadState('networkidle')
    const asked = () => networks[0]!.requests.filter((line) => line.includes(copy[0]!)).length
    expect(asked(), 'no byte of the video before the tap').toBe(0)
    await card.getByRole('button').first().click()
    await screen.untilPlaying(visitor.page)
    expect(asked()).toBeGreaterThan(0)
    await expect.poll(() => screen.shownCaptions(visitor.page), PATIENCE).toContain(CORRECTED)
    await expect.poll(() => unheard(visitor.page, 'The player of the gallery'), PATIENCE).toEqual([])
  })
  await timed('recognised and verified', async () => {
    await screen.recognise(lead.page, origin, campaign.id, { folio: video.folio, work: WORK })
    await signDue(origin)
    await lead.page.reload()
    await button(lead.page, screen.recognition('copy')).click()
    await button(lead.page, screen.recognition('copied')).waitFor()
    const address = await lead.page.evaluate(() => navigator.clipboard.readText())
    await screen.verify(visitor, address, AUTHOR.name, WORK)
  })

  await timed('withdrawn from everywhere', async () => {
    await author.open(`/envios/${video.id}`)
    await untilChip(author.page, chips('published'))
    await withdraw(author.page, videosStatus)
    await untilChip(author.page, chips('withdrawn'))
    await visitor.open(`/c/${campaign.slug}/galeria`)
    await heading(visitor.page, videos('gallery.title')).waitFor()
    await visitor.page.waitForLoadState('networkidle')
    expect(await visitor.page.getByText(TITLE).count()).toBe(0)
    await runMediaJobs(origin)
    await expect.poll(copied, PATIENCE).toEqual([false, false, false])
    const kept = () => isStored(origin, 'videos-intake', media)
    expect(await kept(), 'it can be undone for 24 hours').toBe(true)
    await withClock(database, '24 hours 1 minute', async () => {
      await expect.poll(kept, PATIENCE).toBe(false)
      await expect.poll(() => isStored(origin, 'videos-intake', prepared), PATIENCE).toBe(false)
    })
    // the function reports a file as erased after it is gone
    await expect
      .poll(() => onlyVideo(database, TITLE), PATIENCE)
      .toMatchObject({ state: 'withdrawn', status: 'removed' })
  })
  const phones = [author, desk, lead, visitor, ...jurors.map(({ phone }) => phone)]
  expect(phones.flatMap(({ errors }) => errors)).toEqual([])
})
