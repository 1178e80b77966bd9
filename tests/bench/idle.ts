/**
 * What a phone asks for while its page lies open and nobody touches it: requests and bytes of an hour, counted at the
 * connection. A real browser with an empty profile; its clock is moved in steps of ten seconds, so that every timer of the
 * page runs, and the next step waits for the answers.
 */
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { setTimeout as wait } from 'node:timers/promises'
import path from 'node:path'
import { ensureChromium } from '../../scripts/chromium'
import { buildIfStale } from '../../supabase/local/build'
import { serveFolder } from '../../supabase/local/static'
import { readOpenCampaign, submitByApi } from '../e2e/api'
import { makeMember, signIn } from '../e2e/staffSteps'
import { keepByLink } from '../e2e/steps'
import { type BenchBackend, startBackend } from './support/backend'
import { startFront } from './support/front'
import { type Link, startLink } from './support/link'
import { bench, type Bench, round } from './support/run'

const ROOT = path.resolve(import.meta.dirname, '../..')
const STEP_MS = 10_000
const HOUR_MS = 3_600_000
/** Without a request for so long, a page is idle. */
const QUIET_MS = 2_000
const PHONES = 100_000

/** Requests that came in and that wait for their answer. */
interface Traffic {
  requests: number
  open: number
  lastAt: number
}

interface Stage extends BenchBackend {
  link: Link
  address: string
  traffic: Traffic
  browser: Browser
}

async function startStage(the: Bench): Promise<Stage> {
  const { folder: dist } = await buildIfStale(ROOT)
  const backend = await startBackend(the)
  const traffic: Traffic = { requests: 0, open: 0, lastAt: 0 }
  const serve = serveFolder(dist)
  const front = await startFront({
    api: backend.origin,
    routes: [
      (_, outgoing) => {
        traffic.requests += 1
        traffic.open += 1
        traffic.lastAt = performance.now()
        outgoing.on('close', () => (traffic.open -= 1))
        return false
      },
      (incoming, outgoing) =>
        !/^\/(rest|auth|storage|functions)\//u.test(incoming.url ?? '') && (serve(incoming, outgoing), true),
    ],
  })
  the.finally(front.close)
  const link = await startLink(front.port)
  the.finally(link.close)
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
  the.finally(() => browser.close())
  return { ...backend, link, address: `http://127.0.0.1:${link.port}`, traffic, browser }
}

async function untilQuiet({ traffic }: Stage, ms: number): Promise<void> {
  do await wait(20)
  while (traffic.open > 0 || performance.now() - traffic.lastAt < ms)
}

/** Opens a page and waits until its worker is in charge and nothing is asked for any more. */
async function openIdle(stage: Stage, context: BrowserContext, arrive: (page: Page) => Promise<unknown>) {
  const page = await context.newPage()
  await page.clock.install()
  await arrive(page)
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 50))
  })
  await untilQuiet(stage, QUIET_MS)
  return page
}

/** Lets the page's clock pass an hour and counts what it asks for. */
async function idleHour(stage: Stage, page: Page) {
  stage.link.reset()
  const before = stage.traffic.requests
  for (let passed = 0; passed < HOUR_MS; passed += STEP_MS) {
    await page.clock.runFor(STEP_MS)
    await untilQuiet(stage, 20)
  }
  const { up, down } = stage.link.passed
  return { requests: stage.traffic.requests - before, bytes: up + down }
}

/** How each page is reached, on a phone that never saw the app. */
async function pagesOf({ database, origin, address }: Stage) {
  const campaign = await readOpenCampaign(database)
  const awaiting = await submitByApi(
    origin,
    campaign,
    'Que cada acción tenga fecha y responsable a la vista.',
  )
  const final = await submitByApi(origin, campaign, 'Que las minutas se publiquen cada semana, sin falta.')
  await database.query(`update app.submissions set state = 'rejected', version = version + 1 where id = $1`, [
    final.id,
  ])
  await database.query('alter table app.review_events disable trigger user')
  await database.query(`update app.review_events set at = at - interval '1 day' where submission_id = $1`, [
    final.id, // decided a day ago: a decision of this minute may be undone
  ])
  await database.query('alter table app.review_events enable trigger user')
  const member = await makeMember(database, 'Irene')
  const folio = (one: { path: string }) => (page: Page) => keepByLink(page, address, one)
  return {
    landing: (page: Page) => page.goto(`${address}/`),
    campaign: (page: Page) => page.goto(`${address}/c/${campaign.slug}`),
    folio_final: folio(final),
    folio_awaiting: folio(awaiting),
    staff_desk: (page: Page) => signIn(page, address, member),
  }
}

async function work(the: Bench) {
  const stage = await startStage(the)
  const requests_per_hour: Record<string, number> = {}
  const bytes_per_hour: Record<string, number> = {}
  const note = (name: string, { requests, bytes }: { requests: number; bytes: number }) => {
    requests_per_hour[name] = requests
    bytes_per_hour[name] = bytes
    the.say(`${name}: ${requests} requests, ${bytes} bytes`)
  }
  for (const [name, arrive] of Object.entries(await pagesOf(stage))) {
    const context = await stage.browser.newContext()
    const page = await openIdle(stage, context, arrive)
    note(name, await idleHour(stage, page))
    if (name === 'folio_awaiting') note('folio_awaiting_second_hour', await idleHour(stage, page))
    await context.close()
  }
  const phones = (name: string) => round((requests_per_hour[name]! * PHONES) / 3600)
  return {
    requests_per_hour,
    bytes_per_hour,
    requests_per_s_of_100000_phones: Object.fromEntries(
      Object.keys(requests_per_hour).map((name) => [name, phones(name)]),
    ),
    ours: {},
    peers: {},
    ratio: {},
    runs: 1,
  }
}

await bench('idle', work, { needsPeers: false })
