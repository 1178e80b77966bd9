import { expect, type Request } from '@playwright/test'
import { readOpenCampaign } from '../e2e/api'
import { onlyRowWith, receiptsOf, uniqueBody } from '../e2e/rows'
import { untilReadyOffline, writeAndSend } from '../e2e/steps'
import type { Phone } from '../support/browser'
import { rowsOnPhone } from '../support/phoneRows'
import { test } from './line'
import { tell } from './measure'

const PROPOSALS = 30
/** So bad that half of the calls fail. */
const FAULTS = {
  delayMs: 200,
  loss: 0.1,
  resendMs: 800,
  cutEveryMs: [500, 3_000],
  stallEveryMs: [2_000, 6_000],
  stallMs: [500, 4_000],
} as const
const ARRIVED = { timeout: 300_000, intervals: [500] }

/** Counts the phone's calls of `apply_ops` that succeeded and failed. */
function watchCalls({ context }: Phone): { heard: number; failed: number } {
  const seen = { heard: 0, failed: 0 }
  const isPush = (request: Request) => request.url().endsWith('/rpc/apply_ops')
  context.on('requestfinished', (request) => void (seen.heard += Number(isPush(request))))
  context.on('requestfailed', (request) => void (seen.failed += Number(isPush(request))))
  return seen
}

test('thirty proposals over a line that loses, stalls and cuts all arrive, each once', async ({
  stage,
  layBadLine,
}) => {
  const { network, database } = stage
  const campaign = await readOpenCampaign(database)
  const { link, phone: open } = await layBadLine(FAULTS)
  link.calm(true)
  const phone = await open()
  await phone.open()
  await untilReadyOffline(phone.page)
  const [calls, answers] = [network.calls('apply_ops'), network.answers('apply_ops')]
  const seen = watchCalls(phone)
  link.calm(false)
  const bodies: string[] = []
  while (bodies.length < PROPOSALS) {
    const body = uniqueBody()
    await phone.open(`/c/${campaign.slug}`)
    await writeAndSend(phone.page, { body })
    bodies.push(body)
  }
  await expect.poll(async () => (await rowsOnPhone(phone.page, 'outbox')).outbox, ARRIVED).toEqual([])
  const { items } = await rowsOnPhone(phone.page, 'items')
  const rows = []
  for (const body of bodies) rows.push(await onlyRowWith(database, body))
  expect(items!.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort())
  for (const { id } of rows) expect(await receiptsOf(database, id)).toBe(1)
  expect(seen.failed, 'a line as bad as it should be').toBeGreaterThan(0)
  const answered = network.answers('apply_ops') - answers
  tell('texts', {
    proposals: rows.length,
    calls: network.calls('apply_ops') - calls,
    failedOnPhone: seen.failed,
    committedAndNotHeard: answered - seen.heard,
    cuts: link.cuts(),
    stalls: link.stalls(),
  })
})
