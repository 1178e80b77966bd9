/** Days of their own for the specs of the door, and people who have a seat on them. */
import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { expect, type Page } from '@playwright/test'
import type { SubmissionRow } from '@/domain/rows'
import { sendOp } from './api'
import { soundRegistration } from './days'
import { PATIENCE } from './patience'
import { button, heading, link } from './steps'
import { door } from './words'

const JORNADAS = '00000000-0000-4000-8000-0000000000c3'

export interface DoorDay {
  id: string
  title: string
}

/** A day of the first group with so many seats, beginning so long from now; null has no day yet. */
export async function makeDay(
  database: pg.Pool,
  title: string,
  { away = '2 hours', capacity = 20 }: { away?: string | null; capacity?: number } = {},
): Promise<DoorDay> {
  const { rows } = await database.query<{ id: string }>(
    `insert into app.jornadas (convocatoria_id, group_id, position, title, speaker, on_day, starts_at, place, modality, capacity)
     select g.convocatoria_id, g.id, (select max(position) + 1 from app.jornadas where group_id = g.id), $2, 'Ponente de prueba',
       app.local_day(now() + $3::interval), now() + $3::interval, 'Auditorio de prueba, planta baja', 'presencial', $4
     from app.jornada_groups g where g.convocatoria_id = $1 order by g.position limit 1 returning id`,
    [JORNADAS, title, away, capacity],
  )
  return { id: rows[0]!.id, title }
}

export interface Guest {
  id: string
  secret: string
  folio: string
  name: string
  /** The QR text of the pass to a day. */
  pass(day: DoorDay): string
}

/** Registers somebody for these days, as their own phone would. */
export async function registerGuest(
  origin: string,
  database: pg.Pool,
  name: string,
  days: DoorDay[],
): Promise<Guest> {
  const [id, secret] = [randomUUID(), randomBytes(16).toString('base64url')]
  const payload = {
    ...(await soundRegistration(database, days[0]!, `${id}@ejemplo.mx`)),
    jornada_ids: days.map((day) => day.id),
    display_name: name,
  }
  const verdict = await sendOp(origin, { kind: 'registration.submit', entity_id: id, payload, secret })
  if (verdict.status !== 'applied') throw new Error(`not applied: ${JSON.stringify(verdict)}`)
  const { folio, content } = verdict.row as SubmissionRow<'jornadas'>
  const pass = (day: DoorDay) => {
    const seat = content.seats.find(({ jornada_id }) => jornada_id === day.id)
    return `CONVOCA:${folio}:${day.id}:${seat?.pass_code ?? '0'}`
  }
  return { id, secret, folio, name, pass }
}

export interface Arrival {
  status: string
  checked_in_at: Date | null
  /** Of the submission: 1 as it arrived, 2 after one check-in. */
  version: number
}

/** What the database holds of somebody's arrival on a day. */
export async function arrivalOf(database: pg.Pool, { id }: Guest, day: DoorDay): Promise<Arrival> {
  const { rows } = await database.query<Arrival>(
    `select s.status, s.checked_in_at, m.version from app.seats s join app.submissions m on m.id = s.submission_id
     where s.submission_id = $1 and s.jornada_id = $2`,
    [id, day.id],
  )
  return rows[0]!
}

/** From the days to the list of one. */
export async function openDay(page: Page, { title }: DoorDay): Promise<void> {
  await link(page, title).click()
  await heading(page, title).waitFor()
}

/** On the day's page: finds somebody by what is typed and opens them. */
export async function findGuest(page: Page, typed: string, { name }: Pick<Guest, 'name'>): Promise<void> {
  await page.getByLabel(door('search.label')).fill(typed)
  await page.getByLabel(door('search.label')).press('Enter')
  await heading(page, door('person.title')).waitFor()
  await page.getByText(name, { exact: true }).waitFor()
}

/** Finds somebody and marks their arrival; resolves when the phone says so. */
export async function markGuest(page: Page, typed: string, guest: Pick<Guest, 'name'>): Promise<void> {
  await findGuest(page, typed, guest)
  await button(page, door('person.mark')).click()
  await page.locator('[data-outcome]', { hasText: guest.name }).waitFor()
}

/** What stands in for a phone's reader of codes: what is before it, and how often it was asked. */
interface Eyes {
  code: string | null
  looks: number
  streams: MediaStream[]
}

/** A reader of codes in a phone's browser, which Chromium has on Android only: it sees what {@link showCode} shows. */
export const giveReader = (page: Page) =>
  page.addInitScript(() => {
    const eyes = globalThis as Partial<Eyes> & { BarcodeDetector?: unknown }
    eyes.looks = 0
    eyes.BarcodeDetector = class {
      static getSupportedFormats = async () => ['qr_code']
      detect = async (video: HTMLVideoElement) => {
        eyes.looks! += 1
        return eyes.code && video.videoWidth > 0 ? [{ rawValue: eyes.code }] : []
      }
    }
    eyes.streams = []
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const stream = await open(wanted)
      eyes.streams!.push(stream)
      return stream
    }
  })

/** Holds a code before the camera; null takes it away. */
export const showCode = (page: Page, code: string | null) =>
  page.evaluate((text) => Object.assign(globalThis, { code: text }), code)

/** Until the page has looked that often at what is before the camera now. */
export async function untilLooked(page: Page, times: number): Promise<void> {
  const looks = () => page.evaluate(() => (globalThis as unknown as Eyes).looks)
  const before = await looks()
  await expect.poll(looks, PATIENCE).toBeGreaterThanOrEqual(before + times)
}

/** How many of the page's cameras are on. */
export const camerasOn = (page: Page) =>
  page.evaluate(
    () =>
      (globalThis as unknown as Eyes).streams
        .flatMap((stream) => stream.getTracks())
        .filter((track) => track.readyState === 'live').length,
  )
