import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { canon } from '@/domain/canon'
import { readOpenCampaign, type OpenCampaign } from './api'
import { untilRow } from './arrivals'
import { rowsWith, uniqueBody, withClock } from './rows'
import { test } from './stage'
import {
  answerAll,
  beginDraft,
  button,
  heading,
  send,
  untilChip,
  untilReadyOffline,
  untilSavedHere,
  pathOf,
} from './steps'
import { chips, folio, propuestas, refusalText } from './words'

let campaign: OpenCampaign
test.beforeAll(async ({ database }) => {
  campaign = await readOpenCampaign(database)
})

/** HTML, text from right to left, emoji, and characters without width and letters in parts. */
const STRANGE = [
  '<b>hola</b><img src=x onerror="document.title=1"><script>document.title=1</script>',
  'اقتراحي هو أن تكون المعلومات متاحة للجميع דוגמה',
  '🙂'.repeat(20),
  `Propongo\u200b más\u200d informacio\u0301n`,
].join(' ')

test('HTML, right-to-left text, emoji and letters in parts in a proposal are shown as written and stored in their only form', async ({
  stage,
}) => {
  const body = uniqueBody(STRANGE)
  const { page, open, errors } = await stage.phone()
  await open(`/c/${campaign.slug}`)
  await beginDraft(page)
  await answerAll(page, { body })
  await expect.poll(() => page.locator('main').textContent()).toContain(body)
  expect(await page.locator('main img[src=x], main script').count()).toBe(0)
  await send(page)
  await untilRow(stage.database, canon(body))
  expect(errors).toEqual([])
})

/** Changes data on this phone without the app's knowledge. */
const tamper = (page: Page, store: 'drafts' | 'outbox', change: Record<string, unknown>) =>
  page.evaluate(
    ([store, change]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('convoca')
        opening.addEventListener('error', () => reject(opening.error))
        opening.addEventListener('success', () => {
          const transaction = opening.result.transaction(store, 'readwrite')
          const cursor = transaction.objectStore(store).openCursor()
          cursor.addEventListener('success', () => {
            const found = cursor.result
            if (!found) return
            const key = store === 'drafts' ? 'answers' : 'payload'
            found.update({ ...found.value, [key]: { ...found.value[key], ...change } })
            found.continue()
          })
          transaction.addEventListener('complete', () => {
            opening.result.close()
            resolve()
          })
        })
      }),
    [store, change] as const,
  )

test(
  'a draft with an unknown action and municipality is reported before it can be sent, and keeps its text',
  { tag: '@long' },
  async ({ stage }) => {
    const body = uniqueBody()
    const { page, open } = await stage.phone()
    await open(`/c/${campaign.slug}`)
    await beginDraft(page)
    await answerAll(page, { body })
    const address = await pathOf(page)
    await open('/mas') // the form has finished writing
    await tamper(page, 'drafts', { about: randomUUID(), municipality: '99999' })
    await open(address)
    for (const words of [refusalText('part_unknown'), propuestas('step.sobre-ti.municipality.error')])
      await page.locator('#missing').getByText(words).waitFor()
    await button(page, propuestas('step.revisa.send')).click()
    await page.getByText(body).first().waitFor()
    expect(await pathOf(page)).toContain('/propuesta/')
    expect(await rowsWith(stage.database, body)).toHaveLength(0)
  },
)

test('a refused proposal leads back to the field in error with its text, is corrected and sent', async ({
  stage,
}) => {
  const body = uniqueBody()
  const phone = await stage.phone()
  const { page } = phone
  await phone.open()
  await untilReadyOffline(page)
  await phone.open(`/c/${campaign.slug}`)
  await phone.offline(true)
  await beginDraft(page)
  await answerAll(page, { body })
  await send(page)
  await untilSavedHere(page)
  await tamper(page, 'outbox', { municipality: '99999' })
  await phone.offline(false)
  await untilChip(page, chips('needs_attention'))
  expect(await rowsWith(stage.database, body)).toHaveLength(0)
  await page.getByRole('link', { name: propuestas('saved.attention.fix') }).click()
  await button(page, folio('refused.fix')).click()
  await page
    .locator('#municipality-error')
    .getByText(propuestas('step.sobre-ti.municipality.error'))
    .waitFor()
  await page.getByLabel(propuestas('step.sobre-ti.municipality')).fill('Toluca')
  await button(page, propuestas('form.continue')).click()
  await heading(page, propuestas('step.revisa.title')).waitFor()
  await send(page)
  expect(await untilRow(stage.database, body)).toMatchObject({ municipality: '15106' })
})

test(
  'a proposal after the grace period is refused with a reason, and its text stays on the phone',
  { tag: '@long' },
  async ({ stage }) => {
    const body = uniqueBody()
    const phone = await stage.phone()
    const { page } = phone
    await phone.open()
    await untilReadyOffline(page)
    await phone.open(`/c/${campaign.slug}`)
    await phone.offline(true)
    await beginDraft(page)
    await answerAll(page, { body })
    await send(page)
    await untilSavedHere(page)
    await withClock(stage.database, '400 days', async () => {
      await phone.offline(false)
      await untilChip(page, chips('needs_attention'))
      await page.getByText(refusalText('convocatoria_closed')).first().waitFor()
      await page.getByRole('link', { name: propuestas('saved.attention.fix') }).click()
      await page.getByText(body).first().waitFor()
      await button(page, folio('refused.copy')).click()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(body)
    })
    expect(await rowsWith(stage.database, body)).toHaveLength(0)
  },
)
