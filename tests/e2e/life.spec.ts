import { expect, type Page } from '@playwright/test'
import { newProfile } from '../support/browser'
import { readOpenCampaign } from './api'
import { onlyRowWith, rowsWith, uniqueBody } from './rows'
import { test } from './stage'
import { makeMember, signIn } from './staffSteps'
import {
  answerAll,
  beginDraft,
  button,
  heading,
  pathOf,
  send,
  untilFolio,
  untilReadyOffline,
  untilSavedHere,
  writeOffline,
} from './steps'
import { campaigns, folio, institution, propuestas, staff } from './words'

/** Other specs of this worker use the same database. */
test.afterEach(async ({ database }) => {
  await database.query(
    'update app.convocatorias set paused_at = null, paused_until = null, pause_reason = null where paused_at is not null',
  )
  await database.query('update app.institution set silence_from = null, silence_until = null where true')
})

/** Chooses an act of the publish pane, gives the reason and confirms it. */
async function act(page: Page, one: 'pause' | 'resume', reason: string): Promise<void> {
  await button(page, campaigns(`life.${one}`)).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('#life-reason').fill(reason)
  await dialog.getByRole('button', { name: campaigns(`life.${one}`), exact: true }).click()
  await page.getByText(campaigns(`life.${one}_done`)).waitFor()
}

test(
  'a proposal that was saved without signal before a pause waits through it and arrives when reception resumes',
  { tag: '@long' },
  async ({ stage }) => {
    const campaign = await readOpenCampaign(stage.database)
    const body = uniqueBody()
    const before = await stage.phone(newProfile())
    const saved = await writeOffline(before, campaign, { body, about: campaign.action.title, helps: 'yes' })
    await before.open(`/c/${campaign.slug}`)
    await beginDraft(before.page)
    const draft = await pathOf(before.page)
    await before.close()

    const desk = await stage.phone()
    await desk.offline(false)
    const coordinator = await makeMember(stage.database, 'Carla Coordina', 'coordinator')
    await signIn(desk.page, stage.network.origin, coordinator)
    await desk.open(`/equipo/campanas/${campaign.id}?seccion=publicar`)
    await act(desk.page, 'pause', 'Corregimos el aviso.')
    // the grace for what phones held is over
    await stage.database.query(
      `update app.convocatorias set paused_at = now() - grace - interval '1 hour' where id = $1`,
      [campaign.id],
    )

    const { page, open } = await stage.phone(before.profile)
    await open(saved.replace('/guardado/', '/envios/'))
    await page.getByText(folio('waiting.paused')).waitFor()
    expect(await rowsWith(stage.database, body)).toHaveLength(0)
    await open(`/c/${campaign.slug}`)
    await page.getByText(propuestas('deadline.title.paused')).waitFor()
    await page.getByText('Motivo: Corregimos el aviso.').first().waitFor()
    await expect(button(page, propuestas('convocatoria.write'))).toHaveCount(0)
    await open(draft) // a draft that was begun goes on
    await heading(page, propuestas('step.sobre.title')).waitFor()

    await desk.page.reload()
    await act(desk.page, 'resume', 'El aviso está corregido.')
    await open(saved.replace('/guardado/', '/envios/'))
    await button(page, folio('waiting.send')).click()
    await page.getByText(folio('meaning.received')).waitFor()
    await open(saved)
    expect((await onlyRowWith(stage.database, body)).folio).toBe(await untilFolio(page))
  },
)

test(
  'a returning phone keeps electoral silence in the visit in which it learns of it and without signal, and what it holds arrives',
  { tag: '@long' },
  async ({ stage }) => {
    const campaign = await readOpenCampaign(stage.database)
    const visit = await stage.phone(newProfile())
    await visit.open()
    await untilReadyOffline(visit.page)
    const desk = await stage.phone()
    await signIn(desk.page, stage.network.origin, await makeMember(stage.database, 'Ana Administra', 'admin'))
    await desk.open('/equipo/instituto?parte=silence')
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Mexico_City' }).format(new Date())
    await desk.page.locator('#silence_from').fill(today)
    await desk.page.locator('#silence_until').fill(today)
    await button(desk.page, institution('save')).click()
    await desk.page.getByText(institution('saved')).waitFor()
    await desk.page.getByText(staff('silence.now').split('{')[0]!).waitFor()

    await visit.open() // the worker answers with the landing of before
    await visit.page.getByText('no hacemos difusión').waitFor()
    await visit.close()
    const { page, open, offline } = await stage.phone(visit.profile, { offline: true })
    await open()
    await page.getByText('no hacemos difusión').waitFor()
    await page.getByRole('link', { name: campaign.title, exact: true }).click()
    await heading(page, campaign.title).waitFor()
    await page.getByText('no hacemos difusión').waitFor()
    const body = uniqueBody()
    await button(page, propuestas('silence.write')).click()
    await button(page, propuestas('step.aviso.continue')).click()
    await answerAll(page, { body, about: campaign.action.title, helps: 'yes' })
    await send(page)
    await untilSavedHere(page)
    await offline(false)
    expect(await untilFolio(page)).toBe((await onlyRowWith(stage.database, body)).folio)
  },
)
