import { setTimeout as wait } from 'node:timers/promises'
import { expect, type Page } from '@playwright/test'
import { newProfile } from '../support/browser'
import { readOpenCampaign, type OpenCampaign } from '../e2e/api'
import { untilReceived } from '../e2e/arrivals'
import { onlyRowWith, receiptsOf, uniqueBody, withClock } from '../e2e/rows'
import { test } from '../e2e/stage'
import {
  openCampaign,
  untilFolio,
  untilQuiet,
  untilReadyOffline,
  untilSavedHere,
  writeAndSend,
} from '../e2e/steps'
import { rowsOnPhone } from '../support/phoneRows'

const DAY_MS = 86_400_000

/** The deadline on the campaign's page as a person reads it. */
async function deadlineOn(page: Page, campaign: OpenCampaign): Promise<string> {
  await openCampaign(page, campaign)
  return await page.locator('.due').innerText()
}

for (const days of [2, -2])
  test(`a phone with a clock ${days} days off shows the right deadline and sends a proposal once`, async ({
    stage,
  }) => {
    const campaign = await readOpenCampaign(stage.database)
    const right = await stage.phone(newProfile())
    await right.open()
    await untilReadyOffline(right.page)
    const words = await deadlineOn(right.page, campaign)
    await right.close()

    const body = uniqueBody()
    const phone = await stage.phone(newProfile())
    await phone.context.clock.setSystemTime(Date.now() + days * DAY_MS)
    await phone.open()
    await untilQuiet(phone.page)
    expect(await deadlineOn(phone.page, campaign)).toBe(words)
    await phone.offline(true)
    await phone.open()
    expect(await deadlineOn(phone.page, campaign), 'also without signal').toBe(words)
    await writeAndSend(phone.page, { body })
    await untilSavedHere(phone.page)
    await phone.offline(false)
    const folio = await untilFolio(phone.page)
    const row = await onlyRowWith(stage.database, body)
    expect(row.folio).toBe(folio)
    expect(await receiptsOf(stage.database, row.id)).toBe(1)
    expect(phone.errors).toEqual([])
  })

test('correcting the phone’s clock does not delay a waiting proposal', async ({ stage }) => {
  const campaign = await readOpenCampaign(stage.database)
  const body = uniqueBody()
  const phone = await stage.phone(newProfile())
  await phone.context.clock.setSystemTime(Date.now() + 2 * DAY_MS)
  await phone.open()
  await untilReadyOffline(phone.page)
  await openCampaign(phone.page, campaign)
  stage.network.status(503) // a few failures first, so that the retry time is computed with the wrong clock
  const before = stage.network.calls('apply_ops')
  await writeAndSend(phone.page, { body })
  await expect.poll(() => stage.network.calls('apply_ops') - before, { timeout: 60_000 }).toBeGreaterThan(3)
  await phone.context.clock.setSystemTime(Date.now())
  stage.network.status(null)
  await phone.open('/envios')
  await untilReceived(phone.page, stage.database, body)
})

test('a proposal written during a day without signal stays marked as unsent and is sent once when the signal returns', async ({
  stage,
}) => {
  const campaign = await readOpenCampaign(stage.database)
  const body = uniqueBody()
  const phone = await stage.phone(newProfile())
  await phone.context.clock.install()
  await phone.open()
  await untilReadyOffline(phone.page)
  await phone.offline(true)
  await openCampaign(phone.page, campaign)
  await writeAndSend(phone.page, { body })
  await untilSavedHere(phone.page)
  const [op] = (await rowsOnPhone(phone.page, 'outbox')).outbox!
  await withClock(stage.database, '24 hours', async () => {
    for (let hour = 0; hour < 24; hour += 1) {
      await phone.context.clock.fastForward('01:00:00')
      await wait(300)
      await untilSavedHere(phone.page)
    }
    const [later, ...more] = (await rowsOnPhone(phone.page, 'outbox')).outbox!
    expect(more).toEqual([])
    expect(later).toMatchObject({
      op_id: op!['op_id'],
      payload: op!['payload'],
      captured_at: op!['captured_at'],
    })
    await phone.offline(false)
    await phone.context.clock.fastForward('00:06:00') // the longest wait between two retries is five minutes
    const folio = await untilFolio(phone.page)
    const row = await onlyRowWith(stage.database, body)
    expect(row.folio).toBe(folio)
    expect(await receiptsOf(stage.database, row.id)).toBe(1)
  })
  expect(phone.errors).toEqual([])
})
