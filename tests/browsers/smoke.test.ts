/** The media store, the outbox and the app itself in the browsers that are not Chromium, where installed. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import { readOpenCampaign, soundSubmission, type OpenCampaign } from '../e2e/api'
import { onlyRowWith, PATIENCE, rowsWith, uniqueBody, useStage } from '../e2e/stage'
import { bundlePage } from '../support/pages'
import type { Browser, Kind, Scripted } from './browser'
import { seededBytes } from './bytes'
import { firefox } from './firefox'
import { endScreen } from './screen'
import { webkitDriven, webkitWindow } from './webkit'

const MIB = 1024 * 1024
const SEED = 20_260
const BYTES = 13 * MIB + 321
/** The first and last bytes, both sides of a row's border, one piece of an upload, all of it. */
const RANGES: [number, number][] = [
  [0, 16],
  [MIB - 5, MIB + 7],
  [3 * MIB - 1, 5 * MIB + 1],
  [6 * MIB, 12 * MIB],
  [13 * MIB - 9, BYTES],
  [0, BYTES],
]
const HTML = `<!doctype html><html lang="es"><meta charset="utf-8"><title>smoke</title>
<link rel="icon" href="data:,"><script type="module" src="/main.js"></script></html>`
/** What WebKitGTK says of two words for others, which it rightly ignores. */
const UNKNOWN = /directive 'manifest-src'|key "interactive-widget"/u
/** Proves that a complaint is heard. */
const LOUD = `<!doctype html><script>console.error('this is heard')</script>`

const stage = useStage()
const pages = join(inject('backend').scratch, 'smoke')
const running = new Set<Browser>()

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

async function launch<B extends Browser>({ launch }: Kind<B>, profile = newProfile()): Promise<B> {
  const browser = await launch(profile)
  running.add(browser)
  return browser
}

const newProfile = () => mkdtempSync(join(stage.scratch, 'profile-'))

/** The browser dies and starts again on its profile, or, where it would keep nothing, loads the page again. */
async function comeBack(kind: Kind, browser: Browser, profile: string): Promise<Browser> {
  if (!kind.keepsProfile) {
    await browser.open(stage.network.origin)
    return browser
  }
  await browser.kill9()
  running.delete(browser)
  const again = await launch(kind, profile)
  await again.open(stage.network.origin)
  return again
}

async function endBrowsers(): Promise<void> {
  for (const browser of running) await browser.kill9()
  running.clear()
}

beforeAll(async () => {
  const input = join(import.meta.dirname, 'pages/smoke.ts')
  await bundlePage({ input, outDir: pages, fileName: 'main.js' })
  writeFileSync(join(pages, 'index.html'), HTML)
  writeFileSync(join(pages, 'loud.html'), LOUD)
})
afterEach(endBrowsers)
afterAll(endScreen)

const KINDS: Kind[] = [firefox, webkitDriven, webkitWindow]
for (const { name, missing, keepsProfile } of KINDS) {
  if (missing) console.warn(`skipped: ${name}, because ${missing}`)
  else if (!keepsProfile) console.info(`${name}: its session keeps no profile, so pages are reloaded only`)
}

/** A proposal as «Enviar» saves it, and the words to find it by. */
function proposal(campaign: OpenCampaign) {
  const [id, secret, body] = [randomUUID(), randomBytes(16).toString('base64url'), uniqueBody()]
  const payload = soundSubmission(campaign, body)
  const op = { kind: 'propuesta.submit' as const, entity_id: id, payload, secret }
  const about = { kind: 'propuestas' as const, convocatoria_id: campaign.id, title: campaign.title }
  return { id, body, op, item: { id, ...about, secret, folio: null, created_at: payload.consented_at } }
}

async function receiptsOf(opId: string): Promise<number> {
  const { rowCount } = await stage.database.query('select from app.op_receipts where op_id = $1', [opId])
  return rowCount ?? 0
}

async function expectVideoKept(kind: Kind): Promise<void> {
  stage.network.deploy(pages)
  const profile = newProfile()
  let browser = await launch(kind, profile)
  await browser.open(stage.network.origin)
  const bytes = seededBytes(SEED, BYTES)
  const expected = RANGES.map(([start, end]) => sha256(bytes.subarray(start, end)))
  const [id, submissionId] = [randomUUID(), randomUUID()]
  const sealed = await browser.call('stage', { id, submissionId, seed: SEED, bytes: BYTES })
  expect(sealed).toEqual({ id, bytes: BYTES, mime: 'video/mp4', sha256: sha256(bytes) })
  expect(await browser.call('digests', id, RANGES)).toEqual(expected)
  await browser.open(stage.network.origin)
  expect(await browser.call('digests', id, RANGES)).toEqual(expected)
  browser = await comeBack(kind, browser, profile)
  expect(await browser.call('digests', id, RANGES)).toEqual(expected)
  expect(await browser.call('kept')).toEqual({ media: 1, chunks: 14 })
  const other = { id: randomUUID(), submissionId: randomUUID(), seed: SEED, bytes: BYTES }
  const half = await browser.call('stageHalf', other)
  expect(half.rejectedWith).toBe('AbortError')
  expect(half.written).toBeGreaterThanOrEqual(BYTES / 2)
  expect(await browser.call('kept')).toEqual({ media: 1, chunks: 14 })
  await browser.call('discard', submissionId)
  expect(await browser.call('kept')).toEqual({ media: 0, chunks: 0 })
}

async function expectSentOnce(kind: Kind): Promise<void> {
  const { network, database } = stage
  network.deploy(pages)
  const campaign = await readOpenCampaign(database)
  const proposals = [proposal(campaign), proposal(campaign), proposal(campaign)]
  const profile = newProfile()
  let browser = await launch(kind, profile)
  await browser.open(network.origin)
  network.down(true)
  const ops: string[] = []
  for (const { op, item } of proposals) ops.push(await browser.call('save', op, item))
  expect(await browser.call('cycle', 'no')).toBe('failed')
  network.down(false)
  browser = await comeBack(kind, browser, profile)
  const waiting = await browser.call('outbox')
  expect(waiting.map(({ op_id }) => op_id)).toEqual(ops)
  expect(waiting.map(({ payload }) => payload)).toEqual(proposals.map(({ op }) => op.payload))
  for (const { body } of proposals) expect(await rowsWith(database, body)).toEqual([])
  network.loseAnswer('apply_ops')
  expect(await browser.call('cycle', 'person')).toBe('failed')
  for (const { body } of proposals) await onlyRowWith(database, body)
  expect(await browser.call('outbox')).toHaveLength(3)
  browser = await comeBack(kind, browser, profile)
  expect(await browser.call('cycle', 'person')).toBe('done')
  expect(await browser.call('outbox')).toEqual([])
  const rows = []
  for (const { body } of proposals) rows.push(await onlyRowWith(database, body))
  expect(rows.map(({ id }) => id)).toEqual(proposals.map(({ id }) => id))
  expect([...rows].sort((a, b) => a.folio.localeCompare(b.folio))).toEqual(rows)
  for (const op of ops) expect(await receiptsOf(op)).toBe(1)
  const known = await browser.call('folios')
  expect(known).toHaveLength(3)
  expect(known).toEqual(expect.arrayContaining(rows.map(({ id, folio }) => ({ id, folio }))))
}

for (const kind of KINDS) {
  const given = { skip: kind.missing !== null }
  test(`${kind.name}: a video is kept whole and discarded whole; of half a copy nothing is kept`, given, () =>
    expectVideoKept(kind),
  )
  test(`${kind.name}: what waited without network is sent in order, and once`, given, () =>
    expectSentOnce(kind),
  )
}

/** Opens a campaign's page in a browser that has never been here, and waits for its heading. */
async function openCampaign(browser: Scripted): Promise<void> {
  const { slug, title } = await readOpenCampaign(stage.database)
  await browser.open(`${stage.network.origin}/c/${slug}`)
  const heading = () => browser.evaluate(`document.querySelector('h1')?.textContent.trim()`)
  await expect.poll(heading, PATIENCE).toBe(title)
}

/** Until the app's worker has fetched everything for a visit without network. */
async function untilKept(browser: Scripted): Promise<void> {
  const state = () => browser.evaluate(`navigator.serviceWorker.controller?.state`)
  await expect.poll(state, PATIENCE).toBe('activated')
}

test.skipIf(firefox.missing !== null)(
  `${firefox.name}: the app opens, and complains of nothing`,
  async () => {
    const browser = await launch(firefox)
    await openCampaign(browser)
    await untilKept(browser)
    await browser.evaluate(`console.error('this is heard')`)
    await expect.poll(() => browser.errors, PATIENCE).toEqual(['this is heard'])
  },
)

test.skipIf(webkitDriven.missing !== null)(`${webkitDriven.name}: the app opens`, async () => {
  const browser = await launch(webkitDriven)
  await openCampaign(browser)
  await untilKept(browser)
})

/** Until nothing has been asked for in a while; the worker's own file was. */
async function untilQuiet(before: number): Promise<void> {
  const asked = () => stage.network.requests.slice(before)
  await expect.poll(asked, PATIENCE).toContain('GET /sw.js')
  for (let last = -1; last < asked().length; await wait(2_000)) last = asked().length
}

test.skipIf(webkitWindow.missing !== null)(`${webkitWindow.name}: the app complains of nothing`, async () => {
  const browser = await launch(webkitWindow)
  stage.network.deploy(pages)
  await browser.show(`${stage.network.origin}/loud.html`)
  const errors = () => browser.said.filter((line) => line.includes('ERROR') && !UNKNOWN.test(line))
  await expect.poll(errors, PATIENCE).toEqual([expect.stringContaining('this is heard')])
  stage.network.deploy(null)
  const { slug } = await readOpenCampaign(stage.database)
  const before = stage.network.requests.length
  await browser.show(`${stage.network.origin}/c/${slug}`)
  await untilQuiet(before)
  expect(errors()).toEqual([expect.stringContaining('this is heard')])
})
