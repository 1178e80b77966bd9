import { expect, test } from 'vitest'
import { readOpenCampaign } from '../e2e/api'
import { PATIENCE, onlyRowWith, rowsWith, uniqueBody, untilRow, useStage } from '../e2e/stage'
import { answerAll, beginDraft, send, untilReadyOffline, untilSavedHere } from '../e2e/steps'
import { chips } from '../e2e/words'
import { watchWorker } from '../support/worker'
import { tell } from './measure'
import { receiptsOf, rowsOnPhone } from './phoneRows'

const stage = useStage()

test('the browser ends the worker in the middle of sending, with no tab open, and wakes it again: sent, once', async () => {
  const { network, database } = stage
  const campaign = await readOpenCampaign(database)
  const body = uniqueBody()
  const phone = await stage.phone()
  await phone.open()
  await untilReadyOffline(phone.page)
  await phone.open(`/c/${campaign.slug}`)
  await beginDraft(phone.page)
  await answerAll(phone.page, { body })
  await phone.offline(true)
  await send(phone.page)
  await untilSavedHere(phone.page)
  const blank = await phone.context.newPage()
  const worker = await watchWorker(blank, network.origin)
  await phone.page.close()

  const release = network.hold('apply_ops')
  const before = network.calls('apply_ops')
  await phone.offline(false)
  await worker.wake()
  await expect.poll(() => network.calls('apply_ops'), PATIENCE).toBeGreaterThan(before)
  await worker.stop()
  await expect.poll(() => worker.isRunning(), PATIENCE).toBe(false)
  release() // what was on its way is committed, and nobody hears the answer
  await untilRow(database, body)
  expect(await rowsWith(database, body)).toHaveLength(1)
  await worker.wake()
  await expect.poll(() => network.calls('apply_ops'), PATIENCE).toBeGreaterThan(before + 1)

  const reader = await phone.context.newPage()
  await reader.goto(`${network.origin}/robots.txt`) // none of the app runs here
  const outbox = async () => (await rowsOnPhone(reader, 'outbox'))['outbox']
  await expect.poll(outbox, PATIENCE).toEqual([])
  const row = await onlyRowWith(database, body)
  expect(await receiptsOf(database, row.id)).toBe(1)
  await reader.goto(`${network.origin}/envios`)
  await reader.getByText(chips('received_folio', { folio: row.folio })).waitFor()
  tell('worker', { calls: network.calls('apply_ops') - before })
})
