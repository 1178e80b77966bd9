import { expect } from '@playwright/test'
import { readOpenCampaign, submitByApi } from './api'
import { PATIENCE } from './patience'
import { onlyRowWith, uniqueBody, withClock } from './rows'
import { type Stage, test } from './stage'
import { decideByApi, makeMember } from './staffSteps'
import { button, keepByLink, untilChip, withdraw } from './steps'
import { folio, propuestas, chips } from './words'

/** A published propuesta, and its author's phone at the status page. */
async function publishedOnPhone(stage: Stage) {
  const campaign = await readOpenCampaign(stage.database)
  const sent = await submitByApi(stage.network.origin, campaign, uniqueBody())
  await decideByApi(stage.network.origin, await makeMember(stage.database, 'Marta Ejemplo'), sent.id, [
    'accept',
    'publish',
  ])
  const phone = await stage.phone()
  await keepByLink(phone.page, stage.network.origin, sent)
  await untilChip(phone.page, chips('published'))
  const reader = await phone.context.newPage()
  const isPublic = async () => {
    await reader.goto(`${stage.network.origin}/c/${campaign.slug}/publicadas`)
    await reader.getByRole('heading', { level: 1, name: propuestas('published.title') }).waitFor()
    await reader.locator('[aria-busy=true]').waitFor({ state: 'detached' })
    await reader.waitForLoadState('networkidle')
    return (await reader.getByText(sent.body).count()) > 0
  }
  return { sent, phone, isPublic }
}

test(
  'a withdrawn propuesta leaves the public page and is published again if its author undoes it within 24 hours',
  { tag: '@long' },
  async ({ stage }) => {
    const { sent, phone, isPublic } = await publishedOnPhone(stage)
    await expect.poll(isPublic, PATIENCE).toBe(true)
    await withdraw(phone.page)
    await untilChip(phone.page, chips('withdrawn'))
    expect(await onlyRowWith(stage.database, sent.body)).toMatchObject({ state: 'withdrawn' })
    expect(await isPublic()).toBe(false)
    await button(phone.page, folio('withdraw.undo')).click()
    await untilChip(phone.page, chips('published'))
    expect(await onlyRowWith(stage.database, sent.body)).toMatchObject({ state: 'published' })
    await expect.poll(isPublic, PATIENCE).toBe(true)
    expect(phone.errors).toEqual([])
  },
)

test(
  'after 24 hours a withdrawal is final on the screen, and the server refuses an undo queued before',
  { tag: '@long' },
  async ({ stage }) => {
    const { sent, phone } = await publishedOnPhone(stage)
    await withdraw(phone.page)
    await untilChip(phone.page, chips('withdrawn'))
    await phone.offline(true)
    await button(phone.page, folio('withdraw.undo')).click()
    await withClock(stage.database, '24 hours 1 minute', async () => {
      await phone.offline(false)
      await phone.page.getByText(folio('refused.title')).waitFor()
      expect(await onlyRowWith(stage.database, sent.body)).toMatchObject({ state: 'withdrawn' })
      await phone.page.getByText(folio('status.withdrawn_final')).waitFor()
      expect(await button(phone.page, folio('withdraw.undo')).count()).toBe(0)
    })
  },
)
