import { randomBytes, randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { dammDigit } from '@/domain/folio'
import { readOpenCampaign, submitByApi } from './api'
import { lettersTo, readCode, readMailPage } from './inbox'
import { PATIENCE } from './patience'
import { uniqueBody } from './rows'
import { test } from './stage'
import { button, heading, keepByLink, unfoldSent, untilChip } from './steps'
import { chips, correo, folio, refusalText } from './words'

test('a private link opens on a second phone, and its secret appears in no address, history entry or request', async ({
  stage,
}) => {
  const campaign = await readOpenCampaign(stage.database)
  const sent = await submitByApi(stage.network.origin, campaign, uniqueBody())
  const { page, context } = await stage.phone()
  const session = await context.newCDPSession(page)
  const traces = async () => {
    const { entries } = await session.send('Page.getNavigationHistory')
    const addresses = [page.url(), ...entries.map(({ url }) => url), ...stage.network.requests]
    return addresses.filter((address) => address.includes(sent.secret))
  }
  await page.goto(stage.network.origin + sent.path)
  await page.getByText(folio('open.found')).waitFor()
  expect(await traces()).toEqual([]) // before the person decides anything
  await keepByLink(page, stage.network.origin, sent)
  await unfoldSent(page)
  await page.getByText(sent.body).waitFor()
  expect(await traces()).toEqual([])
})

test('an unknown folio and a wrong secret show the same text', async ({ stage }) => {
  const campaign = await readOpenCampaign(stage.database)
  const sent = await submitByApi(stage.network.origin, campaign, uniqueBody())
  const wrong = randomBytes(16).toString('base64url')
  const { page } = await stage.phone()
  const said: string[] = []
  for (const number of [sent.folio, `PR-2026-999999-${dammDigit('2026999999')}`]) {
    await page.goto(`${stage.network.origin}/folio`)
    await page.getByLabel(folio('open.folio'), { exact: true }).fill(number)
    await page.getByLabel(folio('open.key')).fill(wrong)
    await button(page, folio('open.submit')).click()
    await page.getByText(refusalText('submission_unknown')).first().waitFor()
    said.push((await page.locator('main').innerText()).replaceAll(number, ''))
  }
  expect(said[0]).toBe(said[1])
})

test('a lost link is recovered on a new phone with a code by mail, and the old link still opens', async ({
  stage,
}) => {
  const campaign = await readOpenCampaign(stage.database)
  const email = `${randomUUID()}@ejemplo.mx`
  const sent = await submitByApi(stage.network.origin, campaign, uniqueBody(), { email })
  const { page, open, errors } = await stage.phone()
  await open('/envios')
  await page.getByRole('link', { name: folio('list.recover') }).click()
  await page.getByLabel(folio('recover.email')).fill(email)
  await button(page, folio('recover.ask')).click()
  await page.getByText(folio('recover.sent')).waitFor()
  await page
    .getByLabel(folio('recover.code'), { exact: true })
    .fill(await readCode(stage.network.origin, email))
  await button(page, folio('recover.open')).click()
  await heading(page, folio('recover.found.title', { count: 1 }))
    .or(page.getByText(folio('recover.found.title', { count: 1 })))
    .first()
    .waitFor()
  await button(page, folio('recover.save', { count: 1 })).click()
  await untilChip(page, chips('received_folio', { folio: sent.folio }))
  expect(errors).toEqual([])
  const old = await stage.phone()
  await keepByLink(old.page, stage.network.origin, sent)
})

test('a letter asks for its address, a tap confirms it, the next letter arrives, and a second tap ends them', async ({
  stage,
}) => {
  const { network, database } = stage
  const campaign = await readOpenCampaign(database)
  const email = `${randomUUID()}@ejemplo.mx`
  const send = () => submitByApi(network.origin, campaign, uniqueBody(), { email })
  const letters = async () => (await lettersTo(network.origin, email)).length
  const first = await send()
  const address = new URL(await readMailPage(network.origin, email))
  await send() // nobody tapped yet: no letter
  const { page, errors } = await stage.phone()
  const state = (key: Parameters<typeof correo>[0]) => page.getByRole('heading', { name: correo(key) })
  await page.goto(network.origin + address.pathname + address.hash)
  await state('unconfirmed').waitFor()
  expect(page.url()).not.toContain(address.hash)
  await button(page, correo('confirm')).click()
  await state('confirmed').waitFor()
  const third = await send()
  await expect.poll(letters, PATIENCE).toBe(2)
  const [latest, asking] = await lettersTo(network.origin, email)
  expect([asking!.subject, latest!.subject]).toEqual([
    expect.stringContaining(first.folio),
    expect.stringContaining(third.folio),
  ])
  await button(page, correo('stop')).click()
  await state('stopped').waitFor()
  await button(page, correo('resume')).click()
  await state('confirmed').waitFor()
  const oneTap = new URL(latest!.headers['List-Unsubscribe']!.slice(1, -1))
  const answer = await fetch(network.origin + oneTap.pathname + oneTap.search, {
    method: 'POST',
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  })
  expect(answer.status).toBe(200)
  await page.goto(network.origin + address.pathname + address.hash)
  await state('stopped').waitFor()
  expect(errors).toEqual([])
})
