import { expect } from '@playwright/test'
import { readOpenCampaign } from './api'
import { untilReceived } from './arrivals'
import { onlyRowWith, receiptsOf, rowsWith, uniqueBody } from './rows'
import { PATIENCE } from './patience'
import { test } from './stage'
import {
  answerAll,
  beginDraft,
  button,
  openCampaign,
  pathOf,
  send,
  sendTogether,
  untilFolio,
  untilReadyOffline,
  untilSavedHere,
  writeAndSend,
} from './steps'
import { chips, folio, propuestas } from './words'

test('two tabs that send together make one row and one receipt', { tag: '@long' }, async ({ stage }) => {
  const campaign = await readOpenCampaign(stage.database)
  const body = uniqueBody()
  const phone = await stage.phone()
  await phone.open()
  await untilReadyOffline(phone.page)
  await phone.offline(true)
  await openCampaign(phone.page, campaign)
  await writeAndSend(phone.page, { body })
  await untilSavedHere(phone.page)
  const other = await phone.context.newPage()
  await other.goto(`${stage.network.origin}/envios`)
  await other.getByText(chips('unsent')).waitFor()
  const release = stage.network.hold('apply_ops')
  await phone.offline(false)
  await expect.poll(() => stage.network.calls('apply_ops'), PATIENCE).toBeGreaterThan(0)
  await button(other, folio('waiting.send'))
    .click()
    .catch(() => undefined)
  release()
  const number = await untilFolio(phone.page)
  await other.getByText(chips('received_folio', { folio: number })).waitFor()
  const row = await onlyRowWith(stage.database, body)
  expect(row.folio).toBe(number)
  expect(await receiptsOf(stage.database, row.id)).toBe(1)
})

test('one draft sent from two tabs at once is one proposal', { tag: '@long' }, async ({ stage }) => {
  const campaign = await readOpenCampaign(stage.database)
  const body = uniqueBody()
  const phone = await stage.phone()
  await phone.open(`/c/${campaign.slug}`)
  await beginDraft(phone.page)
  await answerAll(phone.page, { body })
  const other = await phone.context.newPage()
  await other.goto(stage.network.origin + (await pathOf(phone.page)))
  await button(other, propuestas('step.revisa.send')).waitFor()
  await sendTogether([phone.page, other])
  const numbers = await Promise.all([untilFolio(phone.page), untilFolio(other)])
  expect(numbers[0]).toBe(numbers[1])
  expect((await onlyRowWith(stage.database, body)).folio).toBe(numbers[0])
})

test(
  'an answer lost after the commit is asked for again, creates no second row, and its folio reaches the screen',
  { tag: '@long' },
  async ({ stage }) => {
    const campaign = await readOpenCampaign(stage.database)
    const body = uniqueBody()
    const phone = await stage.phone()
    await phone.open(`/c/${campaign.slug}`)
    await beginDraft(phone.page)
    await answerAll(phone.page, { body })
    const before = stage.network.calls('apply_ops')
    stage.network.loseAnswer('apply_ops', 2)
    await send(phone.page)
    const number = await untilFolio(phone.page)
    expect(stage.network.calls('apply_ops') - before).toBeGreaterThanOrEqual(3)
    expect((await onlyRowWith(stage.database, body)).folio).toBe(number)
  },
)

test('a captive portal that answers 200 to everything does not count as success, and the proposal is sent once it is gone', async ({
  stage,
}) => {
  const campaign = await readOpenCampaign(stage.database)
  const body = uniqueBody()
  const phone = await stage.phone()
  await phone.open()
  await untilReadyOffline(phone.page)
  stage.network.captivePortal(true)
  await phone.open()
  await openCampaign(phone.page, campaign)
  const before = stage.network.calls('apply_ops')
  await writeAndSend(phone.page, { body })
  await expect.poll(() => stage.network.calls('apply_ops') - before, PATIENCE).toBeGreaterThan(1)
  await untilSavedHere(phone.page)
  await phone.open('/envios')
  await phone.page.getByText(chips('unsent')).waitFor()
  await phone.page.getByText(folio('waiting.portal')).waitFor()
  expect(await rowsWith(stage.database, body)).toHaveLength(0)
  stage.network.captivePortal(false)
  await button(phone.page, folio('waiting.send')).click()
  await untilReceived(phone.page, stage.database, body)
  expect(phone.errors).toEqual([])
})

test(
  'a storm of 500, 503 and 429 loses nothing, and sending continues as soon as it ends',
  { tag: '@long' },
  async ({ stage }) => {
    const campaign = await readOpenCampaign(stage.database)
    const body = uniqueBody()
    const phone = await stage.phone()
    await phone.open(`/c/${campaign.slug}`)
    await beginDraft(phone.page)
    await answerAll(phone.page, { body })
    stage.network.status(500)
    await send(phone.page)
    await untilSavedHere(phone.page)
    for (const status of [500, 503, 429]) {
      stage.network.status(status)
      const before = stage.network.calls('apply_ops')
      await phone.open('/envios')
      await expect.poll(() => stage.network.calls('apply_ops') - before, PATIENCE).toBeGreaterThan(0)
      await phone.page.getByText(folio(status === 429 ? 'waiting.crowd' : 'waiting.server')).waitFor()
    }
    expect(await rowsWith(stage.database, body)).toHaveLength(0)
    stage.network.status(null)
    await button(phone.page, folio('waiting.send')).click()
    await untilReceived(phone.page, stage.database, body)
  },
)
