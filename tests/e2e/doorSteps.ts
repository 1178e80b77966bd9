/** Days of their own for the specs of the door, and guests with a seat. */
import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { expect, type Page } from '@playwright/test'
import type { SubmissionRow } from '@/domain/rows'
import { sendOp } from './api'
import { validRegistration } from './days'
import { PATIENCE } from './patience'
import { button, heading, link } from './steps'
import { door } from './words'

const JORNADAS = '00000000-0000-4000-8000-0000000000c3'

export interface DoorDay {
  id: string
  title: string
}

/** Creates a day of the first group with this capacity, starting after this interval. */
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
  /** The QR text of the pass for a day. */
  pass(day: DoorDay): string
}

/** Registers a guest for these days, as the guest's own phone would. */
export async function registerGuest(
  origin: string,
  database: pg.Pool,
  name: string,
  days: DoorDay[],
): Promise<Guest> {
  const [id, secret] = [randomUUID(), randomBytes(16).toString('base64url')]
  const payload = {
    ...(await validRegistration(database, days[0]!, `${id}@ejemplo.mx`)),
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
  /** The version of the submission: 1 on arrival, 2 after one check-in. */
  version: number
}

/** The arrival of a guest on a day, as the database has it. */
export async function arrivalOf(database: pg.Pool, { id }: Guest, day: DoorDay): Promise<Arrival> {
  const { rows } = await database.query<Arrival>(
    `select s.status, s.checked_in_at, m.version from app.seats s join app.submissions m on m.id = s.submission_id
     where s.submission_id = $1 and s.jornada_id = $2`,
    [id, day.id],
  )
  return rows[0]!
}

/** Opens the list of one day from the list of days. */
export async function openDay(page: Page, { title }: DoorDay): Promise<void> {
  await link(page, title).click()
  await heading(page, title).waitFor()
}

/** On the day's page: finds a guest by the typed text and opens them. */
export async function findGuest(page: Page, typed: string, { name }: Pick<Guest, 'name'>): Promise<void> {
  await page.getByLabel(door('search.label')).fill(typed)
  await page.getByLabel(door('search.label')).press('Enter')
  await heading(page, door('person.title')).waitFor()
  await page.getByText(name, { exact: true }).waitFor()
}

/** Finds a guest and checks them in. Resolves when the phone confirms it. */
export async function markGuest(page: Page, typed: string, guest: Pick<Guest, 'name'>): Promise<void> {
  await findGuest(page, typed, guest)
  await button(page, door('person.mark')).click()
  await page.locator('[data-outcome]', { hasText: guest.name }).waitFor()
}

/** The fake code reader: the code in view, the number of reads, and the camera streams. */
interface Eyes {
  code: string | null
  looks: number
  streams: MediaStream[]
}

/**
 * Adds a code reader to the browser, which Chromium has on Android only. It reads the code of {@link showCode}.
 */
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

/** Shows a code to the camera; null removes it. */
export const showCode = (page: Page, code: string | null) =>
  page.evaluate((text) => Object.assign(globalThis, { code: text }), code)

/** Waits until the page has read the camera this many more times. */
export async function untilLooked(page: Page, times: number): Promise<void> {
  const looks = () => page.evaluate(() => (globalThis as unknown as Eyes).looks)
  const before = await looks()
  await expect.poll(looks, PATIENCE).toBeGreaterThanOrEqual(before + times)
}

/** The number of active cameras of the page. */
export const camerasOn = (page: Page) =>
  page.evaluate(
    () =>
      (globalThis as unknown as Eyes).streams
        .flatMap((stream) => stream.getTracks())
        .filter((track) => track.readyState === 'live').length,
  )
