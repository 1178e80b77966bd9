/**
 * How long a door's phone, four times slower and without signal, takes from a pass in view to its verdict on the screen. App,
 * database and signatures are the real ones; the camera is a video of bad pictures of passes.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { passText } from '../../../supabase/functions/_shared/signed/passText'
import { type Running, startBackend } from '../../e2e/backend'
import { type DoorDay, type Guest as Registered, makeDay, openDay, registerGuest } from '../../e2e/doorSteps'
import { makeMember, signIn } from '../../e2e/staffSteps'
import { link } from '../../e2e/steps'
import { door } from '../../e2e/words'
import { openPhone, type Phone, removeProfiles } from '../../support/browser'
import { badPicture, type Fault, FAULTS } from '../../support/codes/pictures'
import { signDue } from '../../support/signing'
import { startProxy } from '../../support/proxy'
import { type Bench, median, round } from '../support/run'
import { slowWorkers, watchDoor, type WithSeen } from './eyes'
import { GAP_S, VIEW_S, writeView } from './view'

const THROTTLE = 4
const SEED = 20261129
const LOOPS = 3

interface Guest {
  name: string
  fault: Fault
  /** The text of the signed pass. */
  pass: string
}

/** Registers one guest for each fault, and returns them with the passes that the function `sign` gave them. */
async function register({ origin, database }: Running, day: DoorDay, turn: number): Promise<Guest[]> {
  const guests: (Registered & { fault: Fault })[] = []
  for (const fault of FAULTS)
    guests.push({ fault, ...(await registerGuest(origin, database, `Visita ${turn} ${fault}`, [day])) })
  await signDue(origin)
  const { rows } = await database.query<{ submission_id: string; signed: string }>(
    'select submission_id, signed from app.signed_passes where jornada_id = $1',
    [day.id],
  )
  const signed = new Map(rows.map((row) => [row.submission_id, row.signed]))
  return guests.map(({ id, name, fault }) => ({ name, fault, pass: passText(signed.get(id)!) }))
}

/** Opens the day's list on a phone and takes its signal away. */
async function openDoor(backend: Running, day: DoorDay, phone: Phone): Promise<void> {
  const { page, context } = phone
  await page.addInitScript(slowWorkers, THROTTLE)
  await page.addInitScript(watchDoor)
  await signIn(page, backend.origin, await makeMember(backend.database, 'Vera Mide', 'door', day.id))
  await openDay(page, day)
  await page.getByText(/También se abre sin señal/u).waitFor()
  await phone.offline(true)
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE })
}

/** Milliseconds from a pass in view to its verdict. `views`: how often it was in view until then. */
interface Scanned {
  ms: number
  views: number
}

/** Shows the video up to three times. The order is that of the guests; null: never read. */
async function watch(page: Page, guests: Guest[]): Promise<(Scanned | null)[]> {
  const seen = () => page.evaluate(() => (globalThis as WithSeen).seen)
  await link(page, door('scan.open')).click()
  const until = Date.now() + LOOPS * (guests.length + 1) * (VIEW_S + GAP_S) * 1000
  const hasAll = async () => {
    const { verdicts } = await seen()
    return guests.every(({ name }) => verdicts.some(({ words }) => words.includes(name)))
  }
  while (Date.now() < until && !(await hasAll())) await wait(1000)
  const { shown, verdicts } = await seen()
  return guests.map(({ name }, at) => {
    const verdict = verdicts.find(({ words }) => words.includes(name))
    const views = shown.filter((view) => view.number === at + 1 && verdict && view.at < verdict.at)
    return verdict && views.length > 0 ? { ms: verdict.at - views.at(-1)!.at, views: views.length } : null
  })
}

export async function measureDoor(the: Bench) {
  const folder = mkdtempSync(path.join(tmpdir(), 'door-'))
  the.finally(() => rmSync(folder, { recursive: true }))
  const backend = await startBackend()
  the.finally(backend.stop)
  const network = await startProxy(backend.origin)
  the.finally(() => network.close())
  the.finally(removeProfiles)
  const day = await makeDay(backend.database, 'Jornada que se mide', { capacity: 40 })
  const guests: Guest[] = []
  for (let of = 1; of <= (the.quick ? 1 : 2); of++) guests.push(...(await register(backend, day, of)))
  const view = path.join(folder, 'view.y4m')
  const pictures = guests.map(({ pass, fault }, at) => badPicture(pass, fault, SEED + at))
  writeView(view, [badPicture('https://ejemplo.mx/', 'tilt', SEED), ...pictures]) // the first code starts the decoder
  const phone = await openPhone(network, undefined, { camera: view })
  await openDoor(backend, day, phone)
  const scanned = await watch(phone.page, guests)
  const seen = scanned.filter((one) => one !== null)
  const words = scanned.map((one, at) => `${guests[at]!.fault} ${one && Math.round(one.ms)}`)
  the.say(`door: ${words.join(', ')}`)
  const times = seen.map(({ ms }) => ms)
  return {
    scan_to_verdict_ms: round(median(times)),
    scan_to_verdict_max_ms: round(Math.max(...times)),
    passes_scanned: guests.length,
    read_in_first_view: seen.filter(({ views }) => views === 1).length,
    never_read: guests.length - seen.length,
  }
}
