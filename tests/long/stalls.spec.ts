/** Stalled connections: which calls are awaited, and which are abandoned and repeated. */
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from '@playwright/test'
import { newProfile } from '../support/browser'
import { readOpenCampaign } from '../e2e/api'
import { heavyClip } from '../e2e/clips'
import { onlyRowWith, receiptsOf, rowsWith, uniqueBody } from '../e2e/rows'
import { PATIENCE } from '../e2e/patience'
import { type Stage, test } from '../e2e/stage'
import { answerAll, beginDraft, send, untilFolio, untilSavedHere } from '../e2e/steps'
import { answerVideo, beginVideo, onlyVideo, readVideoCampaign, untilTransfer } from '../e2e/videoSteps'
import { videos } from '../e2e/words'
import { rowsOnPhone } from '../support/phoneRows'
import { CHUNK, tell } from './measure'

const MB = 1_000_000
/** A call is abandoned after 45 s, a chunk after 40 s without a byte. */
const [PATIENT_MS, CALL_MS, CHUNK_MS] = [40_000, 47_000, 42_000]

/** Sends a proposal with a held first call. Returns the number of calls before and after its release. */
async function sendThroughStall(stage: Stage, ms: number) {
  const { network, database } = stage
  const body = uniqueBody()
  const phone = await stage.phone(newProfile())
  await phone.open(`/c/${(await readOpenCampaign(database)).slug}`)
  await beginDraft(phone.page)
  await answerAll(phone.page, { body })
  const release = network.hold('apply_ops')
  const before = network.calls('apply_ops')
  const calls = () => network.calls('apply_ops') - before
  await send(phone.page)
  await expect.poll(calls, PATIENCE).toBe(1)
  await wait(ms)
  await untilSavedHere(phone.page)
  expect(await rowsWith(database, body)).toEqual([])
  const [op] = (await rowsOnPhone(phone.page, 'outbox')).outbox!
  const callsHeld = calls()
  release()
  const folio = await untilFolio(phone.page)
  const row = await onlyRowWith(database, body)
  expect(row.folio).toBe(folio)
  expect(await receiptsOf(database, row.id)).toBe(1)
  const { outbox } = await rowsOnPhone(phone.page, 'outbox')
  expect(outbox).toEqual([])
  expect(phone.errors).toEqual([])
  return { attempts: op!['attempts'], callsHeld, calls: calls() }
}

test('a call answered after 40 s is awaited, without a second call', async ({ stage }) => {
  const { callsHeld, calls } = await sendThroughStall(stage, PATIENT_MS)
  expect([callsHeld, calls]).toEqual([1, 1])
})

test('a call that hangs for 47 s is abandoned and repeated, and has one effect even if both arrive', async ({
  stage,
}) => {
  const figures = await sendThroughStall(stage, CALL_MS)
  expect(figures.attempts).toBe(1)
  expect(figures.calls).toBeGreaterThanOrEqual(2)
  tell('stalls, text', figures)
})

test('a stalled chunk is abandoned, the phone asks for the offset, and the video arrives whole', async ({
  stage,
}) => {
  const { network, database, scratch } = stage
  const [heavy, campaign] = [await heavyClip(scratch, 20 * MB), await readVideoCampaign(database)]
  const title = `Se quedó quieta (${randomUUID()})`
  const { page, open, errors } = await stage.phone(newProfile())
  await open(`/c/${campaign.slug}`)
  await beginVideo(page)
  await answerVideo(page, { title, file: heavy.path, pillar: campaign.pillar.title })
  const calls = (method: string) => network.calls(`upload.${method}`)
  const [patches, heads, bytes] = [calls('PATCH'), calls('HEAD'), network.uploaded()]
  const release = network.hold('upload.PATCH')
  await send(page, videos)
  await expect.poll(() => network.uploaded() - bytes, PATIENCE).toBe(CHUNK)
  await wait(500)
  network.mend() // this one hangs, and later ones pass
  await wait(CHUNK_MS - 7_000)
  expect([calls('PATCH') - patches, calls('HEAD') - heads]).toEqual([1, 0])
  await expect.poll(() => calls('HEAD') - heads, PATIENCE).toBeGreaterThan(0)
  release() // the abandoned chunk arrives late
  await untilTransfer(page, videos('transfer.verified'))
  const { id, found } = await onlyVideo(database, title)
  expect(found).toMatchObject({ bytes: heavy.bytes, sha256: heavy.sha256, mime: 'video/mp4', tells: [] })
  expect(await receiptsOf(database, id)).toBe(2)
  const resent = network.uploaded() - bytes - heavy.bytes
  expect(resent).toBeLessThanOrEqual(CHUNK)
  expect(errors).toEqual([])
  tell('stalls, bytes', { resent, chunks: calls('PATCH') - patches, asked: calls('HEAD') - heads })
})
