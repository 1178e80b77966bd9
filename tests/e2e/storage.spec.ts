import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { newProfile } from '../support/browser'
import { readOpenCampaign } from './api'
import { clip, heavyClip } from './clips'
import { evict, leaveSpace, putRows } from './phoneSteps'
import { untilReceived } from './arrivals'
import { onlyRowWith, rowsWith, uniqueBody } from './rows'
import { PATIENCE } from './patience'
import { test } from './stage'
import {
  answerAll,
  arrive,
  beginDraft,
  button,
  chooseAbout,
  link,
  openCampaign,
  send,
  untilFolio,
  untilReadyOffline,
  untilSavedHere,
  writeAndSend,
} from './steps'
import { beginVideo, chooseFile, keptOnPhone, readVideoCampaign } from './videoSteps'
import { folio, frame, phone as words, propuestas, videos } from './words'

test('on a full disk the screen says that the draft is not saved, and the text saved before is complete', async ({
  stage,
}) => {
  const campaign = await readOpenCampaign(stage.database)
  const body = uniqueBody()
  const { page, open, errors } = await stage.phone(newProfile())
  await open(`/c/${campaign.slug}`)
  await beginDraft(page)
  await chooseAbout(page, {})
  await page.getByLabel(propuestas('step.texto.label')).fill('Lo primero que escribí.')
  await page.getByText(propuestas('form.saved')).waitFor()
  await leaveSpace(page, stage.network.origin, 0)
  await page.getByLabel(propuestas('step.texto.label')).fill(body)
  await page.getByText(propuestas('form.save_failed.title')).waitFor()
  expect(await page.getByLabel(propuestas('step.texto.label')).inputValue()).toBe(body)
  await button(page, propuestas('form.save_again')).click()
  await page.getByText(propuestas('form.save_failed.title')).waitFor()
  await leaveSpace(page, stage.network.origin, null)
  const text = page.getByLabel(propuestas('step.texto.label'))
  await text.waitFor()
  expect(await text.inputValue(), 'what was saved before is whole').toBe('Lo primero que escribí.')
  await text.fill(body)
  await page.getByText(propuestas('form.saved')).waitFor()
  expect(errors).toEqual([])
})

test('on a full disk an unsent proposal says so instead of seeming to be sent, and is sent when there is space', async ({
  stage,
}) => {
  const campaign = await readOpenCampaign(stage.database)
  const body = uniqueBody()
  const { page, open, offline, context } = await stage.phone(newProfile())
  await open()
  await untilReadyOffline(page)
  await offline(true)
  await openCampaign(page, campaign)
  await writeAndSend(page, { body })
  await untilSavedHere(page)
  await context.setOffline(false) // the network stays down, so nothing leaves before the disk is full
  await leaveSpace(page, stage.network.origin, 0)
  stage.network.down(false)
  await open('/envios')
  await page.getByText(folio('disk.storage_full')).waitFor()
  expect(await rowsWith(stage.database, body)).toHaveLength(0)
  await leaveSpace(page, stage.network.origin, null)
  await untilReceived(page, stage.database, body)
  await page.getByText(folio('disk.storage_full')).waitFor({ state: 'detached' })
})

test(
  'a video that does not fit, and one that can no longer be read, are reported and leave nothing half kept',
  { tag: '@long' },
  async ({ stage }) => {
    const campaign = await readVideoCampaign(stage.database)
    const recorded = await clip(stage.scratch, 'recorded.webm')
    const heavy = await heavyClip(stage.scratch, 20_000_000)
    const passing = join(stage.scratch, 'passing.webm')
    await copyFile(recorded.path, passing)
    const { page, open, errors } = await stage.phone(newProfile())
    await open(`/c/${campaign.slug}`)
    await beginVideo(page)
    await leaveSpace(page, stage.network.origin, 5_000_000)
    await chooseFile(page, heavy.path)
    await button(page, videos('step.video.keep')).click()
    await page.getByText(videos('trouble.storage_full')).waitFor()
    expect(await keptOnPhone(page)).toEqual({ media: 0, chunks: 0 })
    await leaveSpace(page, stage.network.origin, null)
    await chooseFile(page, passing)
    await button(page, videos('step.video.keep')).waitFor()
    await rm(passing)
    await button(page, videos('step.video.keep')).click()
    await page.getByText(videos('trouble.unreadable')).waitFor()
    expect(await keptOnPhone(page)).toEqual({ media: 0, chunks: 0 })
    await chooseFile(page, recorded.path)
    await button(page, videos('step.video.keep')).click()
    await page.getByText(videos('step.video.kept')).first().waitFor()
    expect(errors).toEqual([])
  },
)

test('after an eviction the app says what can be restored and what is lost', async ({ stage }) => {
  const campaign = await readOpenCampaign(stage.database)
  const body = uniqueBody()
  const { page, context, open, errors } = await stage.phone(newProfile())
  await open(`/c/${campaign.slug}`)
  await writeAndSend(page, { body })
  await untilFolio(page)
  await open(`/c/${campaign.slug}`)
  await beginDraft(page)
  await chooseAbout(page, {})
  const held = () =>
    page.evaluate(() => Object.values(JSON.parse(localStorage.getItem('convoca.kept') ?? '{}') as object))
  await expect.poll(held, PATIENCE).toEqual(['arrived', 'draft'])
  await evict(context, page, stage.network.origin)
  await open('/')
  await page.getByText(frame('lost.title')).waitFor()
  await button(page, frame('lost.see'))
    .or(link(page, frame('lost.see')))
    .first()
    .click()
  await arrive(page, words('lost.title'))
  await page.getByText(words('lost.arrived', { count: 1 })).waitFor()
  await page.getByText(words('lost.drafts', { count: 1 })).waitFor()
  await open('/envios')
  await page.getByText(folio('list.lost')).first().waitFor()
  await open('/ajustes/borrado')
  await button(page, words('lost.dismiss')).click()
  await page.getByText(folio('list.empty.title')).waitFor()
  await open('/')
  await page.getByText(campaign.heading).first().waitFor()
  expect(await page.getByText(frame('lost.title')).count()).toBe(0)
  expect(await onlyRowWith(stage.database, body)).toMatchObject({ state: 'received' })
  expect(errors).toEqual([])
})

test('an unreadable row is shown as damaged beside the others and can be deleted', async ({ stage }) => {
  const campaign = await readOpenCampaign(stage.database)
  const body = uniqueBody()
  const { page, open, errors } = await stage.phone(newProfile())
  await open(`/c/${campaign.slug}`)
  await beginDraft(page)
  await answerAll(page, { body })
  await page.getByText(propuestas('form.not_persistent')).waitFor() // this browser does not grant persistent storage unasked
  await putRows(page, 'drafts', [{ id: 'no-fields' }])
  await putRows(page, 'items', [{ id: 'no-secret', created_at: 7 }])
  await open('/envios')
  await page.getByText(folio('damaged.items')).first().waitFor()
  await page.getByText(folio('damaged.drafts')).first().waitFor()
  await page.getByText(body.slice(0, 30)).first().waitFor()
  for (const left of [1, 0]) {
    await button(page, folio('damaged.discard')).first().click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: folio('damaged.discard.confirm'), exact: true })
      .click()
    await expect.poll(() => button(page, folio('damaged.discard')).count(), PATIENCE).toBe(left)
  }
  await link(page, folio('draft.continue')).click()
  await arrive(page, propuestas('step.revisa.title'))
  await send(page)
  await untilFolio(page)
  await onlyRowWith(stage.database, body)
  expect(errors).toEqual([])
})
