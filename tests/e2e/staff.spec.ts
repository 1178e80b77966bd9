import { expect, type Page } from '@playwright/test'
import { newProfile } from '../support/browser'
import { readOpenCampaign, submitByApi, type OpenCampaign } from './api'
import { leaveSpace, tablesWith } from './phoneSteps'
import { onlyRowWith, uniqueBody } from './rows'
import { test } from './stage'
import {
  askSignOut,
  decide,
  decideByApi,
  decideLink,
  makeMember,
  type Member,
  openReview,
  signIn,
} from './staffSteps'
import { button, heading, keepByLink, pathOf, unfoldSent, untilChip } from './steps'
import { folio, propuestas, staff, chips } from './words'

let campaign: OpenCampaign
let moderator: Member

test.beforeAll(async ({ database }) => {
  campaign = await readOpenCampaign(database)
  moderator = await makeMember(database, 'Marta Ejemplo')
})

test('a correction request reaches its author in seconds, and the corrected propuesta is published and can be read offline', async ({
  stage,
}) => {
  const sent = await submitByApi(stage.network.origin, campaign, uniqueBody())
  const author = await stage.phone()
  await keepByLink(author.page, stage.network.origin, sent)
  await untilChip(author.page, chips('received_folio', { folio: sent.folio }))
  const { page, errors } = await stage.phone()
  await signIn(page, stage.network.origin, moderator)
  await openReview(page, sent.folio)
  await page.getByText(sent.body).first().waitFor()
  await decide(page, 'request_correction', { message: 'Dinos en qué municipio lo viste.' })
  await page.getByText(staff('status.sent')).waitFor()

  await untilChip(author.page, chips('correction_requested')) // without a reload of the author's page
  await author.page.getByText('Dinos en qué municipio lo viste.').first().waitFor()
  await author.page.getByRole('link', { name: folio('act.correct') }).click()
  await heading(author.page, folio('correct.title')).waitFor()
  const corrected = `${sent.body} Lo vi en Toluca.`
  await author.page.getByLabel(propuestas('step.texto.label'), { exact: true }).fill(corrected)
  await button(author.page, folio('correct.send')).click()
  await untilChip(author.page, chips('in_review'))
  await unfoldSent(author.page)
  await author.page.getByText(corrected).first().waitFor()

  await page.goto(`${stage.network.origin}/equipo/revision/${sent.id}`)
  await page.getByText(corrected).first().waitFor()
  await decide(page, 'accept')
  await page.getByText(staff('status.sent')).waitFor()
  await page.reload()
  await decide(page, 'publish', { message: 'Gracias: lo haremos.' })
  await page.getByText(staff('status.sent')).waitFor()
  await untilChip(author.page, chips('published'))
  expect(await onlyRowWith(stage.database, corrected)).toMatchObject({ state: 'published' })

  const address = `/c/${campaign.slug}/publicadas`
  await author.open(address)
  await author.page.getByText(corrected).waitFor()
  await author.page.getByText('Gracias: lo haremos.').first().waitFor()
  await author.page.evaluate(() => navigator.serviceWorker.ready)
  await author.open(address) // once read with the worker active, the page is cached
  await author.page.getByText(corrected).waitFor()
  await author.offline(true)
  await author.open(address)
  await author.page.getByText(corrected).waitFor()
  expect([...errors, ...author.errors]).toEqual([])
})

test(
  'a rejection reaches its author with reason and reply, and can be undone for one minute',
  { tag: '@long' },
  async ({ stage }) => {
    const sent = await submitByApi(stage.network.origin, campaign, uniqueBody())
    const author = await stage.phone()
    await keepByLink(author.page, stage.network.origin, sent)
    const { page, errors } = await stage.phone()
    await signIn(page, stage.network.origin, moderator)
    await openReview(page, sent.folio)
    await decide(page, 'reject', { reason: 'off_topic', message: 'Esto no trata de la estrategia.' })
    await untilChip(author.page, chips('rejected'))
    await author.page.getByText(folio('reason.off_topic')).first().waitFor()
    await author.page.getByText('Esto no trata de la estrategia.').first().waitFor()
    await page.getByRole('button', { name: /^Deshacer/u }).click()
    await page.getByText(staff('status.undone')).waitFor()
    expect(await onlyRowWith(stage.database, sent.body)).toMatchObject({ state: 'in_review' }) // the rejection also took the submission into review
    await untilChip(author.page, chips('in_review'))
    expect([...errors, ...author.errors]).toEqual([])
  },
)

/** The region of this member's decision, or of the other member's. */
const part = (page: Page, which: 'mine' | 'theirs') =>
  page.getByRole('region', { name: staff(`conflict.${which}`) })

test('of two who decide, the second sees both decisions, and the own text can be copied or removed but never disappears by itself', async ({
  stage,
}) => {
  const sent = await submitByApi(stage.network.origin, campaign, uniqueBody())
  const other = await makeMember(stage.database, 'Pablo Segundo')
  const { page, context } = await stage.phone()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await signIn(page, stage.network.origin, moderator)
  await openReview(page, sent.folio)
  await page.getByText(sent.body).first().waitFor()
  await decideByApi(stage.network.origin, other, sent.id, ['accept'])
  await decide(page, 'reject', { reason: 'off_topic', message: 'No trata del tema.' })
  await page.getByText(staff('conflict.title')).waitFor()
  await part(page, 'theirs').getByText('Pablo Segundo').waitFor()
  await part(page, 'mine').getByText(staff('decision.reject')).waitFor()
  await part(page, 'mine').getByText(staff('reason.off_topic')).waitFor()
  await part(page, 'mine').getByText('No trata del tema.').waitFor()
  expect(await onlyRowWith(stage.database, sent.body)).toMatchObject({ state: 'accepted' })
  expect(await button(page, staff('conflict.again')).count()).toBe(0) // an accepted submission can no longer be rejected
  await button(page, staff('own.copy')).click()
  await page.getByText(staff('own.copied')).waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('No trata del tema.')
  await button(page, staff('conflict.leave')).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('No trata del tema.').waitFor()
  await dialog.getByRole('button', { name: staff('own.remove_not'), exact: true }).click()
  await part(page, 'mine').getByText('No trata del tema.').waitFor()
  await button(page, staff('conflict.leave')).click()
  await dialog.getByRole('button', { name: staff('own.remove'), exact: true }).click()
  await decideLink(page).waitFor() // the decisions that are possible now are offered
})

test(
  'a decision that is still possible after a conflict can be continued with its text',
  { tag: '@long' },
  async ({ stage }) => {
    const sent = await submitByApi(stage.network.origin, campaign, uniqueBody())
    const other = await makeMember(stage.database, 'Pablo Segundo')
    const author = await stage.phone()
    await keepByLink(author.page, stage.network.origin, sent)
    const { page } = await stage.phone()
    await signIn(page, stage.network.origin, moderator)
    await openReview(page, sent.folio)
    await page.getByText(sent.body).first().waitFor()
    await decideByApi(stage.network.origin, other, sent.id, ['request_correction'])
    await untilChip(author.page, chips('correction_requested'))
    await author.page.getByRole('link', { name: folio('act.correct') }).click()
    await button(author.page, folio('correct.send')).click()
    await untilChip(author.page, chips('in_review')) // the same text, in another version
    await decide(page, 'reject', { reason: 'other', message: 'Nuestras razones.' })
    await page.getByText(staff('conflict.title')).waitFor()
    await page.reload()
    await part(page, 'mine').getByText('Nuestras razones.').waitFor()
    await button(page, staff('conflict.again')).click()
    await heading(page, staff('choose.title')).waitFor()
    await page.getByRole('button', { name: staff('decision.reject') }).click()
    await expect.poll(() => page.locator('#message').inputValue()).toBe('Nuestras razones.')
    await button(page, staff('confirm.reject')).click()
    await page.getByText(staff('status.sent')).waitFor()
    expect(await onlyRowWith(stage.database, sent.body)).toMatchObject({ state: 'rejected' })
  },
)

test(
  'on a full disk a reply says that it is not saved, and leaving its page needs a second try',
  { tag: '@long' },
  async ({ stage }) => {
    const sent = await submitByApi(stage.network.origin, campaign, uniqueBody())
    const { page, open } = await stage.phone(newProfile())
    const address = `/equipo/revision/${sent.id}`
    const message = page.locator('#message')
    const failed = page.getByText(staff('form.save_failed.title'))
    const refuse = async () => {
      await decideLink(page).click()
      await page.getByRole('button', { name: staff('decision.reject') }).click()
    }
    await signIn(page, stage.network.origin, moderator)
    await open(address)
    await refuse()
    await message.fill('Lo primero que escribí.')
    await button(page, 'Atrás').click() // left at once, and still saved
    await expect.poll(() => tablesWith(page, 'Lo primero que escribí.')).toEqual(['meta'])
    await open(address)
    await leaveSpace(page, stage.network.origin, 0)
    await refuse()
    await message.fill('Lo segundo que escribí.')
    await failed.waitFor()
    await button(page, staff('form.save_again')).click()
    await page.locator('#save-failed').evaluate((box) => {
      box.scrollIntoView = () => box.setAttribute('data-shown', 'again')
    })
    await button(page, 'Atrás').click()
    await page.locator('#save-failed[data-shown=again]').waitFor()
    expect(await message.inputValue()).toBe('Lo segundo que escribí.')
    await leaveSpace(page, stage.network.origin, null)
    await expect.poll(() => message.inputValue()).toBe('Lo primero que escribí.') // the text saved before is complete
    expect(await failed.count()).toBe(0)
  },
)

test('signing out deletes the session from the phone, and a wrong password is reported at its field', async ({
  stage,
}) => {
  const { page, open } = await stage.phone()
  await open('/equipo')
  await page.getByLabel(staff('signin.email'), { exact: true }).fill(moderator.email)
  await page.getByLabel(staff('signin.password'), { exact: true }).fill('no es esta')
  await button(page, staff('signin.submit')).click()
  await page.getByText(staff('signin.wrong')).first().waitFor()
  await signIn(page, stage.network.origin, moderator)
  await askSignOut(page)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: staff('signout'), exact: true })
    .click()
  await heading(page, staff('signin.title')).waitFor()
  await open('/equipo/bandeja')
  await heading(page, staff('signin.title')).waitFor()
  expect(await pathOf(page)).toBe('/equipo')
})

test('a citizen never fetches a file of the staff', { tag: '@long' }, async ({ stage }) => {
  stage.network.requests.length = 0
  const sent = await submitByApi(stage.network.origin, campaign, uniqueBody())
  const { page, open } = await stage.phone()
  await open()
  await page.evaluate(() => navigator.serviceWorker.ready)
  await keepByLink(page, stage.network.origin, sent)
  for (const path of [
    `/c/${campaign.slug}`,
    `/c/${campaign.slug}/publicadas`,
    '/mas',
    '/ajustes',
    '/recuperar',
  ]) {
    await open(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
  }
  expect(stage.network.requests.some((line) => line.includes('/assets/'))).toBe(true)
  expect(stage.network.requests.filter((line) => /staff|supabase-js/iu.test(line))).toEqual([])
  await open('/equipo')
  await heading(page, staff('signin.title')).waitFor()
  expect(stage.network.requests.some((line) => line.includes('/assets/staff-'))).toBe(true) // proves that the check above can find such a file
})
