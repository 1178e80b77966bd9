import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from '@playwright/test'
import { newProfile } from '../support/browser'
import { readOpenCampaign } from '../e2e/api'
import { clip, heavyClip } from '../e2e/clips'
import { untilRow } from '../e2e/arrivals'
import { uniqueBody } from '../e2e/rows'
import { test } from '../e2e/stage'
import { answerAuthor, arrive, beginDraft, button, chooseAbout, goOn, send } from '../e2e/steps'
import {
  beginVideo,
  chooseFile,
  finishVideo,
  keepFile,
  onlyVideo,
  readVideoCampaign,
  untilTransfer,
} from '../e2e/videoSteps'
import { propuestas, videos } from '../e2e/words'
import { diskOf } from '../support/disk'
import { rowsOnPhone } from '../support/phoneRows'

/** Chromium caches the free disk space for half a minute. */
const STALE_MS = 35_000

test('a disk that fills up while a draft is written is reported, and the draft is saved and sent when there is space again', async ({
  stage,
}) => {
  const campaign = await readOpenCampaign(stage.database)
  const body = uniqueBody()
  const { page, open } = await stage.phone(newProfile())
  await open(`/c/${campaign.slug}`)
  await beginDraft(page)
  await chooseAbout(page, {})
  const { limit } = await diskOf(page, stage.network.origin)
  const box = page.getByLabel(propuestas('step.texto.label'))
  await box.fill('Antes de que se llenara')
  await page.getByText(propuestas('form.saved')).waitFor()
  await limit(1)
  const trouble = page.getByText(propuestas('form.save_failed.title'))
  // writes that Chromium still accepts are saved
  for (let tries = 0; tries < 30 && (await trouble.count()) === 0; tries += 1) {
    await box.fill(`${uniqueBody()} ${tries}`)
    await wait(2_000)
  }
  await trouble.waitFor()
  await box.fill(body)
  await wait(1_000)
  expect(await box.inputValue()).toBe(body)
  const drafts = async () => (await rowsOnPhone(page, 'drafts')).drafts!.map(({ answers }) => answers)
  expect(await drafts()).toEqual([expect.not.objectContaining({ body })])
  await limit(null)
  await button(page, propuestas('form.save_again')).click()
  await page.getByText(propuestas('form.saved')).waitFor()
  expect(await drafts()).toEqual([expect.objectContaining({ body })])
  await goOn(page)
  await answerAuthor(page, {})
  await arrive(page, propuestas('step.permisos.title'))
  await page.getByRole('checkbox').first().check()
  await goOn(page)
  await arrive(page, propuestas('step.revisa.title'))

  await limit(1)
  await wait(STALE_MS)
  await button(page, propuestas('step.revisa.send')).click()
  await page.getByRole('alert').first().waitFor()
  expect((await rowsOnPhone(page, 'outbox', 'items')).items).toEqual([])
  expect(await drafts()).toEqual([expect.objectContaining({ body })])
  await limit(null)
  await send(page)
  await untilRow(stage.database, body)
})

test('a browser that does not tell how much disk there is reports a disk that fills up during a copy, keeps nothing half copied, and copies again later', async ({
  stage,
}) => {
  const { scratch, database, network } = stage
  const campaign = await readVideoCampaign(database)
  const [heavy, recorded] = [await heavyClip(scratch, 200_000_000), await clip(scratch, 'recorded.mp4')]
  const title = `Ya no cabía (${randomUUID()})`
  const { page, open, errors } = await stage.phone(newProfile())
  await page.addInitScript(() => {
    navigator.storage.estimate = () => Promise.reject(new Error('a browser that does not tell'))
  })
  await open(`/c/${campaign.slug}`)
  await beginVideo(page)
  const { limit } = await diskOf(page, network.origin)
  const kept = () => rowsOnPhone(page, 'media')
  await limit(40_000_000)
  await wait(STALE_MS)
  await chooseFile(page, heavy.path)
  await button(page, videos('step.video.keep')).click()
  await page
    .getByRole('alert')
    .filter({ hasText: videos('trouble.storage_full') })
    .waitFor()
  expect(await kept()).toEqual({ media: [] })
  expect((await rowsOnPhone(page, 'mediaChunks')).mediaChunks).toHaveLength(0)
  await limit(null)
  await keepFile(page, recorded.path)
  await goOn(page)
  await finishVideo(page, { title })
  await send(page, videos)
  await untilTransfer(page, videos('transfer.verified'))
  expect((await onlyVideo(database, title)).found?.sha256).toBe(recorded.sha256)
  expect(errors).toEqual([])
})
