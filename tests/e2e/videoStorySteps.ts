/** The screens of `videoStory.spec.ts`: a phone that films, the desk, a blind jury, its coordination, and a visitor. */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { expect, type Locator, type Page } from '@playwright/test'
import type pg from 'pg'
import captionMessages from '@/i18n/es-MX/videosCaptions.json' with { type: 'json' }
import copyMessages from '@/i18n/es-MX/videosCopies.json' with { type: 'json' }
import juryMessages from '@/i18n/es-MX/videosJuryStaff.json' with { type: 'json' }
import recordMessages from '@/i18n/es-MX/videosRecord.json' with { type: 'json' }
import recognitionMessages from '@/i18n/es-MX/videosRecognitionStaff.json' with { type: 'json' }
import selectionMessages from '@/i18n/es-MX/videosSelectionStaff.json' with { type: 'json' }
import { translator } from '@/i18n/translator'
import type { Phone } from '../support/browser'
import { rowsOnPhone } from '../support/phoneRows'
import { randomFrom } from '../support/random'
import { unheard } from './aloud'
import { PATIENCE } from './patience'
import type { Member } from './staffSteps'
import { button, heading, link } from './steps'
import { staff, verificar, videos } from './words'

const captions = translator(captionMessages)
const copies = translator(copyMessages)
const jury = translator(juryMessages)
export const recognition = translator(recognitionMessages)
export const selection = translator(selectionMessages)

const reasonOf = (digit: number) => `Mi razón para un ${digit}.`

export const RUBRIC = [
  { title: 'Claridad', hint: null },
  { title: 'Útil para difundir', hint: null },
]

/** What is before the first of these signs: the part of a sentence that no number changes. */
const beginOf = (words: string) => words.split('¦')[0]!.trim()
const starting = (page: Page, words: string) => page.getByRole('button').filter({ hasText: beginOf(words) })

const [WIDTH, HEIGHT, FRAMES] = [320, 240, 30]

/** What the camera sees, two seconds of it: light that moves, under the noise of a small sensor, which costs bytes. */
export function writeView(file: string): string {
  const random = randomFrom(15)
  const colour = Buffer.alloc((WIDTH * HEIGHT) / 2, 128)
  const frames = Array.from({ length: FRAMES }, (_, nth) => {
    const light = Buffer.alloc(WIDTH * HEIGHT)
    for (let at = 0; at < light.length; at += 1)
      light[at] = 60 + (((at % WIDTH) + nth * 11) % 128) + Math.floor(random() * 40)
    return Buffer.concat([Buffer.from('FRAME\n'), light, colour])
  })
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F15:1 Ip A1:1 C420jpeg\n`)
  writeFileSync(file, Buffer.concat([head, ...frames]))
  return file
}

/** Runs in the page: films with the phone's camera and microphone, in slices of a second. */
async function filmHere(ms: number): Promise<string> {
  const picture = { width: 320, height: 240, frameRate: 15 }
  const stream = await navigator.mediaDevices.getUserMedia({ video: picture, audio: true })
  const recorder = new MediaRecorder(stream, { videoBitsPerSecond: 3_000_000 })
  const parts: Blob[] = []
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
  const stopped = new Promise((done) => recorder.addEventListener('stop', done))
  recorder.start(1_000)
  setTimeout(() => recorder.stop(), ms)
  await stopped
  stream.getTracks().forEach((track) => track.stop())
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** Films as the phone's own camera does for the form, which gets the file. Resolves to its size. */
export async function film(page: Page, seconds: number): Promise<number> {
  const buffer = Buffer.from(await page.evaluate(filmHere, seconds * 1_000), 'base64')
  await page
    .locator('input[data-video=film]')
    .setInputFiles({ name: 'camara.webm', mimeType: 'video/webm', buffer })
  return buffer.length
}

/** What is heard of the recorder of the page, which then gives the camera back. */
export async function hearRecorder(page: Page): Promise<void> {
  await button(page, recordMessages.open).click()
  await expect.poll(() => unheard(page, 'The recorder'), PATIENCE).toEqual([])
  await button(page, recordMessages.close).click()
}

/** The seconds at which a handle stands. */
const secondsOf = async (handle: Locator) => Number(await handle.inputValue())

/** Cuts two seconds at the end and one at the beginning, by keys. Resolves to the seconds that are left. */
export async function trim(page: Page): Promise<number> {
  const [start, end] = [videos('film.part.start'), videos('film.part.end')].map((name) =>
    page.getByRole('slider', { name }),
  ) as [Locator, Locator]
  await button(page, videos('film.part.open')).or(start).first().waitFor()
  if (!(await start.isVisible())) await button(page, videos('film.part.open')).click()
  const whole = await secondsOf(end)
  for (const _ of [1, 2]) await end.press('PageDown')
  await start.press('PageUp')
  const left = async () => (await secondsOf(end)) - (await secondsOf(start))
  await expect.poll(left, PATIENCE).toBeLessThan(whole - 2.5)
  await expect.poll(() => unheard(page, 'The trimmer'), PATIENCE).toEqual([])
  return await left()
}

/** Makes the chosen part lighter and keeps it. Resolves to what the phone keeps of it. */
export async function makeLighter(page: Page): Promise<{ bytes: number; sha256: string }> {
  await button(page, videos('film.shrink')).click()
  await page.getByText(videos('step.video.kept')).first().waitFor()
  const { media } = await rowsOnPhone(page, 'media')
  return media![0] as unknown as { bytes: number; sha256: string }
}

/** Cuts the transcript into captions, corrects the first line, and saves them. Resolves once the server has them. */
export async function caption(page: Page, database: pg.Pool, id: string, first: string): Promise<void> {
  await starting(page, captions('cut', { size: '¦' })).click()
  const line = page.locator('#caption-1')
  await line.waitFor()
  expect(await page.getByText(captions('cut.unheard')).count()).toBe(0)
  await line.fill(first)
  await expect.poll(() => unheard(page, 'The editor of captions'), PATIENCE).toEqual([])
  await button(page, captions('save')).click()
  const saved = async () =>
    (
      await database.query<{ text: string }>(
        `select v.captions -> 0 ->> 'text' as text from app.videos v where v.submission_id = $1`,
        [id],
      )
    ).rows[0]!.text
  await expect.poll(saved, PATIENCE).toBe(first)
}

/** Makes the public copy in this browser. Resolves once the server has found it good. */
export async function prepare(page: Page): Promise<void> {
  await starting(page, copies('make', { size: '¦' })).click()
  const ready = copies('ready', { height: '¦', size: '¦', duration: '¦' })
  await page.getByText(beginOf(ready)).waitFor()
}

/** Presses this button and the one of the same words in the dialog that asks. */
export async function actAndConfirm(page: Page, words: string): Promise<void> {
  await button(page, words).click()
  await page.getByRole('dialog').getByRole('button', { name: words, exact: true }).click()
}

/** Signs a juror in, whose only page is the list of videos to mark. */
export async function signInJuror(page: Page, origin: string, member: Member): Promise<void> {
  await page.goto(`${origin}/equipo`)
  await page.getByLabel(staff('signin.email'), { exact: true }).fill(member.email)
  await page.getByLabel(staff('signin.password'), { exact: true }).fill(member.password)
  await button(page, staff('signin.submit')).click()
  await page.waitForURL(/\/equipo\/(bandeja|jurado)/u)
  await openJury(page, origin)
}

async function openJury(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/equipo/jurado`)
  await heading(page, jury('title')).waitFor()
}

/** Marks every criterion with this digit, by keys, and says why. Nothing on the page may say one of the `hidden` words. */
async function mark(page: Page, title: string, digit: number, hidden: string[]): Promise<void> {
  await link(page, title).click()
  await heading(page, title).waitFor()
  await page.getByText(jury('blind')).waitFor()
  const said = await page.locator('main').innerText()
  for (const words of hidden) expect(said).not.toContain(words)
  for (const _ of RUBRIC) await page.keyboard.press(`${digit}`)
  await page.getByText(jury('total', { total: digit * RUBRIC.length, max: 5 * RUBRIC.length })).waitFor()
  await page.locator('#reason').fill(reasonOf(digit))
  await page.keyboard.press('Control+Enter')
  const after = ['waiting', 'saved', 'others.lead'] as const
  await page
    .getByText(new RegExp(after.map((key) => jury(key)).join('|'), 'u'))
    .first()
    .waitFor()
}

/** Waits until the card of the video says this on the juror's list. */
async function untilOnList(page: Page, origin: string, words: string): Promise<void> {
  await openJury(page, origin)
  await page.getByText(words, { exact: true }).first().waitFor()
}

export interface Juror {
  name: string
  phone: Phone
}
interface Judged {
  id: string
  title: string
  /** What no juror may read. */
  hidden: string[]
}

/** Two jurors differ, so a third is asked, who had nothing to mark before. */
export async function judge(
  origin: string,
  database: pg.Pool,
  jurors: Juror[],
  video: Judged,
): Promise<void> {
  const { rows } = await database.query<{ name: string }>(
    `select s.name from app.jury_seats j join app.staff s on s.user_id = j.user_id where j.submission_id = $1`,
    [video.id],
  )
  const first = jurors.filter(({ name }) => rows.some((row) => row.name === name))
  const third = jurors.find((one) => !first.includes(one))!
  expect(first).toHaveLength(2)
  await untilOnList(third.phone.page, origin, jury('empty_title'))
  for (const [at, { phone }] of first.entries()) {
    await untilOnList(phone.page, origin, jury('state.todo'))
    await mark(phone.page, video.title, at === 0 ? 5 : 2, [...video.hidden, reasonOf(5)])
    await untilOnList(phone.page, origin, jury('state.marked'))
  }
  const { page } = third.phone
  await untilOnList(page, origin, jury('state.todo'))
  await mark(page, video.title, 4, [...video.hidden, reasonOf(5), reasonOf(2)])
  await untilOnList(page, origin, jury('state.judged'))
  await link(page, video.title).click()
  await page.getByText(reasonOf(2), { exact: true }).waitFor()
}

/** The frozen text of the minutes. */
export async function minutes(database: pg.Pool, campaign: string): Promise<string> {
  const { rows } = await database.query<{ final: string }>(
    'select final from app.selection_actas where convocatoria_id = $1',
    [campaign],
  )
  return rows[0]!.final
}

/** Closes the selection with this video, and reads the minutes, whose hash is that of their text. */
export async function close(
  page: Page,
  origin: string,
  database: pg.Pool,
  campaign: string,
  id: string,
): Promise<void> {
  await page.goto(`${origin}/equipo/seleccion/${campaign}`)
  await page.locator(`#choose-${id}`).check()
  await actAndConfirm(page, selection('act.close'))
  await link(page, selection('acta.go', { round: 1 })).click()
  await heading(page, selection('acta')).waitFor()
  const hash = createHash('sha256')
    .update(await minutes(database, campaign))
    .digest('hex')
  await page.getByText(selection('acta.hash', { hash })).waitFor()
}

/** The name of the prepared copy in the private bucket. */
export async function copyOf(database: pg.Pool, media: string): Promise<string> {
  const { rows } = await database.query<{ id: string }>('select id from app.renditions where media_id = $1', [
    media,
  ])
  return rows[0]!.id
}

/** Grants a recognition to the author of a published video. */
export async function recognise(
  page: Page,
  origin: string,
  campaign: string,
  { folio, work }: { folio: string; work: string },
): Promise<void> {
  await page.goto(`${origin}/equipo/reconocimientos/${campaign}`)
  await button(page, recognition('new')).click()
  await page.getByRole('radio', { name: recognition('holder.author') }).check()
  await page.locator('#folio').fill(folio)
  await page.locator('#work').fill(work)
  await page.locator('#link-0').fill('https://radio.demo.example/programa')
  await actAndConfirm(page, recognition('grant'))
  await page.getByText(recognition('granted')).waitFor()
}

/** Opens the address that proves a recognition, as anybody does. */
export async function verify({ page }: Phone, address: string, name: string, work: string): Promise<void> {
  await page.goto(address)
  await page.getByText(verificar('valid'), { exact: true }).waitFor()
  for (const words of [name, work]) await page.getByText(words, { exact: true }).first().waitFor()
}

/** Plays a video until its picture moves. */
export async function untilPlaying(page: Page): Promise<void> {
  const reached = () => page.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime)
  await expect.poll(reached, PATIENCE).toBeGreaterThan(0.5)
}

/** The texts of the captions that a player shows; empty while it shows none. */
export const shownCaptions = (page: Page): Promise<string[]> =>
  page.locator('video').evaluate((video: HTMLVideoElement) => {
    const [track] = video.textTracks
    if (track?.mode !== 'showing') return []
    return [...(track.cues ?? [])].map((cue) => (cue as VTTCue).text)
  })
