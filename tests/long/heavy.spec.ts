import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from '@playwright/test'
import { heavyClip } from '../e2e/clips'
import { PATIENCE } from '../e2e/patience'
import { type Stage } from '../e2e/stage'
import { send, pathOf } from '../e2e/steps'
import { answerVideo, beginVideo, onlyVideo, readVideoCampaign } from '../e2e/videoSteps'
import { videos } from '../e2e/words'
import { rowsOnPhone } from '../support/phoneRows'
import { test } from './line'
import { CHUNK, HEAVY_BYTES, KILLS, randomOf, tell } from './measure'

/** Scaled so that the upload takes minutes. */
const FAULTS = {
  loss: 0.01,
  cutEveryMs: [30_000, 90_000],
  stallEveryMs: [60_000, 240_000],
  stallMs: [5_000, 60_000],
  scale: 32,
} as const

/** The offset of an upload on the server, once no more bytes of a dead connection arrive. */
async function untilOffset(stage: Stage, address: string): Promise<number> {
  for (let before = -1; ;) {
    const url = new URL(new URL(address).pathname, stage.network.origin)
    const answer = await fetch(url, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } })
    const offset = Number(answer.headers.get('upload-offset') ?? Number.NaN)
    if (answer.ok && offset === before) return offset
    before = answer.ok ? offset : -1
    await wait(300)
  }
}

test('a heavy video over a bad line arrives unchanged despite random kills, and each kill costs at most one chunk', async ({
  stage,
  layBadLine,
}) => {
  const { network, database, scratch } = stage
  const random = randomOf('heavy')
  const [heavy, campaign] = [await heavyClip(scratch, HEAVY_BYTES), await readVideoCampaign(database)]
  expect(heavy.bytes).toBeLessThanOrEqual(campaign.max_bytes)
  const { link, phone: open } = await layBadLine(FAULTS)
  network.passPieces(true)
  link.calm(true)
  let phone = await open()
  const title = `Pesado y con tropiezos (${randomUUID()})`
  await phone.open(`/c/${campaign.slug}`)
  await beginVideo(phone.page)
  await answerVideo(phone.page, { title, file: heavy.path, pillar: campaign.pillar.title })
  await send(phone.page, videos)
  const saved = await pathOf(phone.page)
  const addressOf = async () => (await rowsOnPhone(phone.page, 'media')).media?.[0]?.['upload_url']
  await expect.poll(addressOf, PATIENCE).toBeTruthy()
  const address = (await addressOf()) as string
  link.calm(false)
  const startedAt = performance.now()
  const resent: number[] = []
  let [reached, since, cuts] = [0, 0, 0]
  while (resent.length < KILLS) {
    const share = (heavy.bytes - reached) / (KILLS - resent.length + 1)
    const goal = since + share * (0.4 + random())
    await expect.poll(network.uploaded, { timeout: 300_000, intervals: [20] }).toBeGreaterThan(goal)
    await phone.kill9()
    link.calm(true)
    const offset = await untilOffset(stage, address)
    resent.push(network.uploaded() - since - (offset - reached))
    expect(resent.at(-1), `kill ${resent.length}, ${link.cuts() - cuts} cuts`).toBeLessThanOrEqual(CHUNK)
    ;[reached, since, cuts] = [offset, network.uploaded(), link.cuts()]
    phone = await open(phone.profile)
    await phone.open(saved)
    link.calm(false)
  }
  const status = async () => (await onlyVideo(database, title)).status
  await expect.poll(status, { timeout: 600_000, intervals: [500] }).toBe('verified')
  const { found } = await onlyVideo(database, title)
  expect(found).toMatchObject({ bytes: heavy.bytes, sha256: heavy.sha256, mime: 'video/mp4', tells: [] })
  expect(network.uploaded() - heavy.bytes).toBeLessThanOrEqual(KILLS * CHUNK)
  expect(network.calls('upload.POST')).toBe(1)
  link.calm(true)
  const left = () => rowsOnPhone(phone.page, 'media', 'mediaChunks', 'outbox')
  await expect
    .poll(left, { ...PATIENCE, timeout: 120_000 })
    .toEqual({ media: [], mediaChunks: [], outbox: [] })
  tell('heavy', {
    bytes: heavy.bytes,
    kills: KILLS,
    cuts: link.cuts(),
    stalls: link.stalls(),
    seconds: Math.round((performance.now() - startedAt) / 1000),
    resentPerKill: resent,
    resentInAll: network.uploaded() - heavy.bytes,
    carriedUp: link.carriedUp(),
  })
})
