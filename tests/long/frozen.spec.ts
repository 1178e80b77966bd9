import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, type Page } from '@playwright/test'
import { newProfile } from '../support/browser'
import { readOpenCampaign } from '../e2e/api'
import { clip } from '../e2e/clips'
import { untilReceived } from '../e2e/arrivals'
import { onlyRowWith, receiptsOf, uniqueBody } from '../e2e/rows'
import { PATIENCE } from '../e2e/patience'
import { test } from '../e2e/stage'
import { answerAll, beginDraft, pathOf, send, untilFolio } from '../e2e/steps'
import { answerVideo, beginVideo, onlyVideo, readVideoCampaign, untilTransfer } from '../e2e/videoSteps'
import { videos } from '../e2e/words'
import { rowsOnPhone } from '../support/phoneRows'
import { tell } from './measure'

/** Fifteen seconds without a heartbeat, plus time for a slow machine. */
const TAKEN_OVER = { timeout: 120_000, intervals: [500] }
/** Long enough to receive an awaited answer and discard it. */
const AWAKE_MS = 5_000

/** Freezes a tab as the system does with a tab long in the background, and wakes it. */
async function freezer(page: Page): Promise<(isFrozen: boolean) => Promise<void>> {
  const session = await page.context().newCDPSession(page)
  return async (isFrozen) => {
    await session.send('Page.setWebLifecycleState', { state: isFrozen ? 'frozen' : 'active' })
  }
}

const fenceOf = async (page: Page, lease: string): Promise<number> =>
  (await rowsOnPhone(page, 'leases')).leases!.find(({ name }) => name === lease)?.['fence'] as number

test('a tab frozen while it sends is replaced by another one, and changes nothing when it wakes up', async ({
  stage,
}) => {
  const { network, database } = stage
  const campaign = await readOpenCampaign(database)
  const body = uniqueBody()
  const phone = await stage.phone(newProfile())
  await phone.open(`/c/${campaign.slug}`)
  await beginDraft(phone.page)
  await answerAll(phone.page, { body })
  const release = network.hold('apply_ops')
  const before = network.calls('apply_ops')
  await send(phone.page)
  await expect.poll(() => network.calls('apply_ops'), PATIENCE).toBeGreaterThan(before)
  const freeze = await freezer(phone.page)
  await freeze(true)
  network.mend() // its call still hangs, and later calls pass

  const startedAt = performance.now()
  const other = await phone.context.newPage()
  await other.goto(`${network.origin}/envios`)
  const [held] = [await fenceOf(other, 'outbox')]
  await expect.poll(() => fenceOf(other, 'outbox'), TAKEN_OVER).toBeGreaterThan(held)
  const row = await untilReceived(other, database, body)
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  const kept = await rowsOnPhone(other, 'outbox', 'overlay', 'items')

  await freeze(false)
  release() // the old call arrives, and its tab receives the answer
  await wait(AWAKE_MS)
  expect(await rowsOnPhone(other, 'outbox', 'overlay', 'items')).toEqual(kept)
  expect(await onlyRowWith(database, body)).toEqual(row)
  expect(await receiptsOf(database, row.id)).toBe(1)
  expect(await untilFolio(phone.page)).toBe(row.folio)
  expect(phone.errors).toEqual([])
  tell('frozen, text', { takenOverAfterSeconds: seconds })
})

test('a tab frozen while it uploads is replaced by another one, and the same bytes become one object', async ({
  stage,
}) => {
  const { network, database, scratch } = stage
  const [recorded, campaign] = [await clip(scratch, 'recorded.webm'), await readVideoCampaign(database)]
  const title = `Se durmió la pestaña (${randomUUID()})`
  const phone = await stage.phone(newProfile())
  await phone.open(`/c/${campaign.slug}`)
  await beginVideo(phone.page)
  await answerVideo(phone.page, { title, file: recorded.path, pillar: campaign.pillar.title })
  const release = network.hold('upload.PATCH')
  const before = network.calls('upload.PATCH')
  await send(phone.page, videos)
  await expect.poll(() => network.calls('upload.PATCH'), PATIENCE).toBeGreaterThan(before)
  const freeze = await freezer(phone.page)
  await freeze(true)
  network.mend()
  const other = await phone.context.newPage()
  await other.goto(stage.network.origin + (await pathOf(phone.page)))
  await untilTransferWithin(other, videos('transfer.verified'))
  await freeze(false)
  release()
  await wait(AWAKE_MS)
  await untilTransfer(phone.page, videos('transfer.verified'))
  const { id, found } = await onlyVideo(database, title)
  expect(found).toMatchObject({ bytes: recorded.bytes, sha256: recorded.sha256 })
  expect(await receiptsOf(database, id)).toBe(2)
  const left = () => rowsOnPhone(other, 'outbox', 'media', 'mediaChunks')
  await expect.poll(left, PATIENCE).toEqual({ outbox: [], media: [], mediaChunks: [] })
  expect(phone.errors).toEqual([])
})

/** Waits for this text on the file's card, long enough for a stale lease to expire. */
const untilTransferWithin = (page: Page, words: string) =>
  page.getByRole('status').filter({ hasText: words }).first().waitFor({ timeout: TAKEN_OVER.timeout })
