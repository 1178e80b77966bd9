/**
 * The whole mission in one test: three people, three campaigns and one member of staff, on a backend of their
 * own, so that every row in its database can be counted.
 */
import type pg from 'pg'
import { expect } from '@playwright/test'
import { borrowPhone, removeProfiles, type Phone } from '../support/browser'
import { startProxy, type NetworkProxy } from '../support/proxy'
import { readOpenCampaign } from './api'
import { startBackend, type Running } from './backend'
import { clip } from './clips'
import { markGuest, openDay } from './doorSteps'
import { lettersTo } from './inbox'
import {
  addDay,
  HELD,
  openSeats,
  readSeries,
  register,
  somebody,
  untilSeat,
  untilSeatless,
} from './jornadaSteps'
import { PATIENCE } from './patience'
import { test } from './stage'
import { decideByApi, makeMember, searchQueue, signIn } from './staffSteps'
import { heading, link, openCampaign, untilFolio, writeAndSend } from './steps'
import { prepareByApi } from './videoApi'
import { isStored, onlyVideo, readVideoCampaign, sendVideo, untilTransfer } from './videoSteps'
import { door, jornadas, jornadasStaff, registrations, videos } from './words'

const PROPOSAL =
  'Que cada acción de la estrategia tenga una persona responsable, con nombre, teléfono y horario.'
const TITLE = 'Mi colonia pregunta antes de decidir'

/** The rows that the story adds to each table. */
const ADDED = {
  submissions: 3,
  access_secrets: 3,
  contacts: 3,
  consents: 3 + 4 + 1,
  accessibility_needs: 0,
  propuestas: 1,
  videos: 1,
  media_uploads: 1,
  registrations: 1,
  seats: 1,
  review_events: 3 + 2 * 3 + 1, // three arrivals; two taken into review, accepted and published; one public copy prepared
  op_receipts: 3 + 1 + 2 * 2 + 1, // three submissions, one attached file, four decisions, one check-in
}

let backend: Running
let network: NetworkProxy
let database: pg.Pool

test.beforeAll(async ({ scratch }) => {
  backend = await startBackend()
  network = await startProxy(backend.origin)
  ;({ database } = backend)
  await clip(scratch, 'recorded.webm')
})
test.afterAll(async () => {
  await removeProfiles()
  await network.close()
  await backend.stop()
})

/** The tables for submissions and for the work of staff on them. */
const TABLES = [
  'submissions',
  'access_secrets',
  'contacts',
  'consents',
  'accessibility_needs',
  'propuestas',
  'videos',
  'media_uploads',
  'registrations',
  'seats',
  'review_events',
  'op_receipts',
] as const
type Counts = Record<(typeof TABLES)[number], number>

/** The number of rows of each table. */
async function countRows(): Promise<Counts> {
  const { rows } = await database.query<Counts>(
    `select ${TABLES.map((name) => `(select count(*)::int from app.${name}) as ${name}`).join(', ')}`,
  )
  return rows[0]!
}

/** Sends a proposal with signal. Without it, and killed: `crash.spec.ts`, `consultation.spec.ts`. */
async function propose(): Promise<{ phone: Phone; folio: string }> {
  const campaign = await readOpenCampaign(database)
  const phone = await borrowPhone(network)
  await phone.open()
  await openCampaign(phone.page, campaign)
  await writeAndSend(phone.page, {
    body: PROPOSAL,
    about: campaign.action.title,
    helps: 'yes',
    publish: true,
  })
  return { phone, folio: await untilFolio(phone.page) }
}

const idOf = async (folio: string) =>
  (await database.query<{ id: string }>('select id from app.submissions where folio = $1', [folio])).rows[0]!
    .id

/** Sends a video with signal. */
async function film(scratch: string): Promise<{ phone: Phone; folio: string }> {
  const campaign = await readVideoCampaign(database)
  const { path } = await clip(scratch, 'recorded.webm')
  const phone = await borrowPhone(network)
  await phone.open()
  await openCampaign(phone.page, campaign)
  await sendVideo(phone.page, {
    title: TITLE,
    file: path,
    pillar: campaign.pillar.title,
    transcript: 'Buenas tardes, les cuento de mi colonia.',
    name: 'Vecinas del Centro',
    publish: true,
  })
  const folio = await untilFolio(phone.page, videos)
  await untilTransfer(phone.page, videos('transfer.verified'))
  return { phone, folio }
}

test(
  'three people in three campaigns and one member of staff: every submission arrives once and everybody sees its outcome',
  { tag: '@long' },
  async ({ scratch }) => {
    test.setTimeout(540_000)
    const day = await addDay(database, 10)
    const who = somebody([day])
    const before = await countRows()

    const author = await propose()
    const filmmaker = await film(scratch)
    const servant = await borrowPhone(network)
    await servant.open(`/c/${(await readSeries(database)).slug}`)
    await servant.page.getByText(jornadas('registry.kept')).waitFor()
    await servant.offline(true)
    await register(servant.page, who)
    await untilSeatless(servant.page)
    await servant.offline(false)
    await openSeats(servant.page)
    await untilSeat(servant.page, HELD)
    const { rows } = await database.query<{ id: string; folio: string }>(
      `select id, folio from app.submissions where kind = 'jornadas' order by received_at desc limit 1`,
    )
    const registration = rows[0]!

    const { page } = await borrowPhone(network)
    const member = await makeMember(database, 'Marta Todoterreno')
    await signIn(page, network.origin, member)
    for (const folio of [author.folio, filmmaker.folio]) {
      await searchQueue(page, folio)
      await link(page, folio).waitFor()
    }
    await link(page, jornadasStaff('many')).click()
    await page.getByLabel(registrations('search')).fill(registration.folio)
    await expect.poll(() => page.locator('tbody tr').count(), PATIENCE).toBe(1)
    await page.getByText(registration.folio).waitFor()
    await decideByApi(network.origin, member, await idOf(author.folio), ['accept', 'publish'])
    const video = await idOf(filmmaker.folio)
    await decideByApi(network.origin, member, video, ['accept'])
    await prepareByApi(network.origin, member, video)
    await decideByApi(network.origin, member, video, ['publish'])
    await database.query(
      `update app.jornadas set starts_at = now() + interval '2 hours', ends_at = null,
       on_day = app.local_day(now() + interval '2 hours') where id = $1`,
      [day.id],
    ) // no arrival is noted before its day
    await link(page, jornadasStaff('door.nav')).click()
    await heading(page, door('days.title')).waitFor()
    await openDay(page, day)
    await markGuest(page, registration.folio, { name: who.name })

    const added = async () => {
      const now = await countRows()
      return Object.fromEntries(TABLES.map((name) => [name, now[name] - before[name]]))
    }
    await expect.poll(added, PATIENCE).toEqual(ADDED)
    await author.phone.page.goto(`${network.origin}/envios`)
    await author.phone.page.getByText(author.folio).first().waitFor()
    await author.phone.page.locator('[data-chip=published]').waitFor()
    const { media, public_id } = await onlyVideo(database, TITLE)
    expect(await isStored(network.origin, 'videos-intake', media)).toBe(true)
    const copy = () => isStored(network.origin, 'videos-public', `${public_id}.mp4`)
    await expect.poll(copy, PATIENCE).toBe(true) // a job makes the copy some seconds after the decision
    const isShown = async () =>
      (await database.query('select is_copied from app.renditions where public_id = $1', [public_id])).rows[0]
    await expect.poll(isShown, PATIENCE).toEqual({ is_copied: true }) // the job says so after the last of its files
    await filmmaker.phone.page.goto(`${network.origin}/c/${(await readVideoCampaign(database)).slug}/galeria`)
    await filmmaker.phone.page.getByRole('heading', { name: TITLE }).waitFor()
    await servant.page.reload()
    await untilSeat(servant.page, jornadas('seat.attended'))
    expect(await lettersTo(network.origin, who.email)).toHaveLength(1)
    expect([author.phone.errors, filmmaker.phone.errors, servant.errors].flat()).toEqual([])
  },
)
