/** The media store and the outbox in browsers other than Chromium, where they are installed. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, inject, test } from 'vitest'
import { readOpenCampaign, validSubmission, type OpenCampaign } from '../e2e/api'
import { onlyRowWith, rowsWith, uniqueBody } from '../e2e/rows'
import { bundlePage } from '../support/pages'
import type { Kind } from './browser'
import { seededBytes } from './bytes'
import { firefox } from './firefox'
import { reportLimits, useBrowsers } from './running'
import { useStage } from './stage'
import { webkitDriven, webkitWindow } from './webkit'

const MIB = 1024 * 1024
const SEED = 20_260
const BYTES = 13 * MIB + 321
/** The first and last bytes, both sides of a row's border, one chunk of an upload, the whole file. */
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
const stage = useStage()
const { launch, newProfile, comeBack } = useBrowsers(stage)
const pages = join(inject('backend').scratch, 'smoke')

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

beforeAll(async () => {
  const input = join(import.meta.dirname, 'pages/smoke.ts')
  await bundlePage({ input, outDir: pages, fileName: 'main.js' })
  writeFileSync(join(pages, 'index.html'), HTML)
})

const KINDS: Kind[] = [firefox, webkitDriven, webkitWindow]
reportLimits(KINDS)

/** A proposal as «Enviar» saves it, with its unique text. */
function proposal(campaign: OpenCampaign) {
  const [id, secret, body] = [randomUUID(), randomBytes(16).toString('base64url'), uniqueBody()]
  const payload = validSubmission(campaign, body)
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
  test(
    `${kind.name} keeps and discards a video as a whole, and keeps nothing of an aborted copy`,
    given,
    () => expectVideoKept(kind),
  )
  test(`${kind.name} sends the ops saved without network in order and once`, given, () =>
    expectSentOnce(kind),
  )
}
