/** An author corrects the text of a video. The file is irrelevant and never sent. */
import { expect, type Page } from '@playwright/test'
import { announce } from './announce'
import { PATIENCE } from './patience'
import { type Stage, test } from './stage'
import { untilKept } from './phoneSteps'
import { decideByApi, makeMember, type Member } from './staffSteps'
import { button, heading, keepByLink, unfoldSent, untilChip, untilQuiet } from './steps'
import { chips, folio, videos } from './words'

let moderator: Member

test.beforeAll(async ({ database }) => {
  moderator = await makeMember(database, 'Marta Ejemplo')
})

const textsOf = async (stage: Stage, id: string) =>
  (
    await stage.database.query(
      `select s.state, s.version, v.title, v.summary, v.transcript, v.pillar
       from app.submissions s join app.videos v on v.submission_id = s.id where s.id = $1`,
      [id],
    )
  ).rows[0]

async function openCorrection(page: Page): Promise<void> {
  await page.getByRole('link', { name: folio('act.correct') }).click()
  await heading(page, folio('correct.title')).waitFor()
}

test('an author corrects a video without signal, the correction survives a reload and arrives once', async ({
  stage,
}) => {
  const sent = await announce(stage)
  const { page, errors, offline, open } = await stage.phone()
  await keepByLink(page, stage.network.origin, sent)
  await untilChip(page, chips('video_missing'))
  await untilQuiet(page)
  await decideByApi(stage.network.origin, moderator, sent.id, ['request_correction'])
  await untilChip(page, chips('correction_requested'))
  await open('/')
  await open(`/envios/${sent.id}`)
  await offline(true)
  await openCorrection(page)
  await page.getByLabel(videos('step.texto.name'), { exact: true }).fill(' ')
  await button(page, folio('correct.send')).click()
  await page
    .getByRole('alert')
    .filter({ has: page.getByRole('link') })
    .waitFor()
  const title = `${sent.title} bis`
  await page.getByLabel(videos('step.texto.name'), { exact: true }).fill(title)
  await page.locator('#transcript').fill('Buenas tardes, les cuento de mi colonia.')
  await untilKept(page, 'drafts', title, 'Buenas tardes, les cuento de mi colonia.')
  await page.reload()
  await expect.poll(() => page.locator('#title').inputValue(), PATIENCE).toBe(title)
  await button(page, folio('correct.send')).click()
  await untilChip(page, chips('unsent'))
  await unfoldSent(page)
  await page.getByText(title).first().waitFor()
  expect(await textsOf(stage, sent.id)).toMatchObject({ state: 'correction_requested', title: sent.title })
  await offline(false)
  await expect.poll(async () => (await textsOf(stage, sent.id)).state, PATIENCE).toBe('in_review')
  expect(await textsOf(stage, sent.id)).toMatchObject({
    title,
    summary: 'Lo que cambió cuando preguntamos.',
    transcript: 'Buenas tardes, les cuento de mi colonia.',
  })
  await untilChip(page, chips('video_missing'))
  await open('/envios')
  await untilChip(page, chips('video_missing'))
  expect(errors).toEqual([])
})

test('a correction of an outdated version shows both texts, and the author chooses', async ({ stage }) => {
  const sent = await announce(stage)
  const { page, offline } = await stage.phone()
  await keepByLink(page, stage.network.origin, sent)
  await untilQuiet(page) // the page of a requested change has a bar, which leaves no room for that message
  await decideByApi(stage.network.origin, moderator, sent.id, ['request_correction'])
  await untilChip(page, chips('correction_requested'))
  await openCorrection(page)
  await offline(true)
  await page.getByLabel(videos('step.texto.summary'), { exact: true }).fill('Otro resumen.')
  await button(page, folio('correct.send')).click()
  await untilChip(page, chips('unsent'))
  await stage.database.query('update app.submissions set version = version + 1 where id = $1', [sent.id])
  await offline(false)
  await page.getByText(folio('conflict.title')).first().waitFor()
  await page.getByText('Otro resumen.').first().waitFor()
  await page.getByText('Lo que cambió cuando preguntamos.').first().waitFor()
  await button(page, folio('conflict.keep_yours')).click()
  await expect.poll(async () => (await textsOf(stage, sent.id)).summary, PATIENCE).toBe('Otro resumen.')
})
