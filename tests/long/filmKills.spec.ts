/**
 * The power fails while a video is filmed, looked at, cut, made lighter, sealed and sent: what the screen called kept is there when the
 * same browser opens again, and nothing arrives twice.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, type Page } from '@playwright/test'
import { receiptsOf } from '../e2e/rows'
import { type Stage, test } from '../e2e/stage'
import { button, goOn, pathOf, send, untilReadyOffline } from '../e2e/steps'
import {
  beginVideo,
  chooseFile,
  finishVideo,
  prepareToFilm,
  readVideoCampaign,
  type VideoCampaign,
  videosWith,
} from '../e2e/videoSteps'
import { videos } from '../e2e/words'
import { newProfile, type Phone } from '../support/browser'
import { ffmpeg, ffmpegMissing } from '../support/filmClips'
import { rowsOnPhone } from '../support/phoneRows'
import { between } from '../support/random'
import { KILLS, randomOf, tell } from './measure'

const MB = 1_000_000
const ARRIVED = { timeout: 240_000, intervals: [500] }

/** `--kills` counts all of them here. What is done when the power fails, and how long after the tap it may fail, in ms. */
const WITHIN = {
  look: 1_200,
  trim: 1_500,
  make: 6_000,
  seal: 900,
  send: 5_000,
}
type Doing = keyof typeof WITHIN
const ORDER = Object.keys(WITHIN) as Doing[]

/** Twenty seconds of ten megabytes, so that a lighter copy is offered, and takes a while. */
function makeClip(folder: string): string {
  mkdirSync(folder, { recursive: true })
  const clip = path.join(folder, 'kills.mp4')
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=30']
  const sound = ['-f', 'lavfi', '-i', 'sine=440:sample_rate=48000']
  const coded = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '30', '-pix_fmt', 'yuv420p']
  const rate = ['-b:v', '4M', '-minrate', '4M', '-maxrate', '4M', '-bufsize', '4M', '-c:a', 'aac']
  ffmpeg(...picture, ...sound, '-t', '20', '-vf', 'noise=alls=12:allf=t', ...coded, ...rate, clip)
  return clip
}

const isKept = async (page: Page) => (await page.getByText(videos('step.video.kept')).count()) > 0

/** Brings the form to where this is done by the tap that it resolves to. */
async function prepare(page: Page, doing: Doing, clip: string): Promise<() => Promise<void>> {
  if (doing === 'look') return () => chooseFile(page, clip)
  if (doing === 'send') return () => button(page, videos('step.revisa.send')).click()
  await chooseFile(page, clip)
  const shrink = button(page, videos('film.shrink'))
  await shrink.waitFor()
  if (doing === 'make') return () => shrink.click()
  if (doing === 'seal')
    return () =>
      page
        .getByRole('button')
        .filter({ hasText: videos('film.as_is', { size: '' }).slice(0, 12) })
        .click()
  return async () => {
    await button(page, videos('film.part.open')).click()
    const end = page.getByRole('slider', { name: videos('film.part.end') })
    for (let nth = 0; nth < 50; nth += 1) await end.press('PageDown')
  }
}

interface Draft {
  /** The path of the question for the file. */
  path: string
  id: string
}

async function beginDraft(phone: Phone, campaign: VideoCampaign): Promise<Draft> {
  await phone.open(`/c/${campaign.slug}`)
  await beginVideo(phone.page)
  const step = await pathOf(phone.page)
  return { path: step, id: step.split('/').at(-2)! }
}

interface Death {
  doing: Doing
  ms: number
  /** What the screen said before: the video is kept, or all of it is saved to be sent. */
  told: 'nothing' | 'kept' | 'saved'
  /** What the next opening found. */
  found: 'nothing' | 'kept' | 'saved'
}

/** What this browser has of the draft, as its screen and its store say. */
async function findAgain(phone: Phone, { path: step, id }: Draft): Promise<Death['found']> {
  const { page } = phone
  await phone.open('/envios')
  await page.getByRole('heading', { level: 1 }).waitFor()
  const { items, drafts } = await rowsOnPhone(page, 'items', 'drafts')
  if (items!.some((item) => item['id'] === id)) return 'saved'
  expect(
    drafts!.map((draft) => draft['id']),
    'the draft outlives its video',
  ).toContain(id)
  await phone.open(step)
  const kept = page.getByText(videos('step.video.kept')).first()
  await kept
    .or(button(page, videos('step.video.choose')))
    .first()
    .waitFor()
  return (await isKept(page)) ? 'kept' : 'nothing'
}

const RANK = { nothing: 0, kept: 1, saved: 2 }

interface Moment {
  doing: Doing
  ms: number
  /** What the draft had before: a video that was kept stays until another one takes its place. */
  had: Death['found']
}

async function dieOnce(stage: Stage, phone: Phone, draft: Draft, { doing, ms, had }: Moment, clip: string) {
  const { page } = phone
  const act = await prepare(page, doing, clip)
  if (doing === 'send') stage.network.slowUploads(2 * MB)
  const acting = act().catch(() => undefined) // the power fails in the middle of it
  await wait(ms)
  const isSaved = (await pathOf(page).catch(() => '')).includes('/guardado/')
  const told = isSaved ? 'saved' : doing === 'send' || (await isKept(page)) ? 'kept' : had
  await phone.kill9()
  await acting
  stage.network.mend()
  const next = await stage.phone(phone.profile)
  const found = await findAgain(next, draft)
  const death: Death = { doing, ms, told, found }
  expect(RANK[found], JSON.stringify(death)).toBeGreaterThanOrEqual(RANK[told])
  return { phone: next, death }
}

/** Keeps the clip as it is, where the draft has none, and answers everything up to «Enviar». */
async function complete({ page, open }: Phone, draft: Draft, title: string, clip: string): Promise<void> {
  await open(draft.path)
  await button(page, videos('step.video.choose'))
    .or(button(page, videos('step.video.another')))
    .first()
    .waitFor()
  if (!(await isKept(page))) {
    await (
      await prepare(page, 'make', clip)
    )()
    await page.getByText(videos('step.video.kept')).first().waitFor({ timeout: 240_000 })
  }
  await goOn(page)
  await finishVideo(page, { title })
}

test.skip(ffmpegMissing() !== null, ffmpegMissing() ?? '')

test('kill −9 while a video is looked at, cut, made lighter, sealed and sent loses nothing that was called kept, and nothing arrives twice', async ({
  stage,
}) => {
  const random = randomOf('film kills')
  const clip = makeClip(stage.scratch)
  const campaign = await readVideoCampaign(stage.database)
  let phone = await stage.phone(newProfile())
  await phone.open()
  await untilReadyOffline(phone.page)
  await prepareToFilm(phone.page, campaign)
  const deaths: Death[] = []
  const sent: { id: string; title: string }[] = []
  let draft = await beginDraft(phone, campaign)
  let had: Death['found'] = 'nothing'
  for (let turn = 0; turn < KILLS; turn += 1) {
    const doing = ORDER[turn % ORDER.length]!
    const ms = Math.round(between(random, [0, WITHIN[doing]]))
    const title = `Se apagó ${turn}`
    if (doing === 'send') await complete(phone, draft, title, clip)
    const killed = await dieOnce(stage, phone, draft, { doing, ms, had }, clip)
    had = killed.death.found
    deaths.push(killed.death)
    ;({ phone } = killed)
    if (doing !== 'send') continue
    if (killed.death.found !== 'saved') {
      await complete(phone, draft, title, clip)
      await send(phone.page, videos)
    }
    sent.push({ id: draft.id, title })
    draft = await beginDraft(phone, campaign)
    had = 'nothing'
  }
  await phone.open('/envios')
  for (const { id, title } of sent) {
    const rows = () => videosWith(stage.database, title)
    await expect.poll(async () => (await rows()).map(({ status }) => status), ARRIVED).toEqual(['verified'])
    const [row] = await rows()
    expect(row!.id).toBe(id)
    expect(row!.found?.bytes, 'all of it').toBe(row!.bytes)
    expect(await receiptsOf(stage.database, id), 'one for the text, one for the file').toBe(2)
  }
  const left = async () =>
    Object.values(await rowsOnPhone(phone.page, 'outbox', 'media', 'mediaChunks')).flat()
  await expect.poll(left, ARRIVED).toEqual([])
  const count = (told: Death['told']) => deaths.filter((one) => one.told === told).length
  tell('film kills', {
    kills: deaths.length,
    sent: sent.length,
    told: { nothing: count('nothing'), kept: count('kept'), saved: count('saved') },
    moments: deaths.map((one) => `${one.doing}+${one.ms} ${one.told}/${one.found}`).join(', '),
  })
})
