import { expect, type Page } from '@playwright/test'
import { newProfile } from '../support/browser'
import { readOpenCampaign } from './api'
import { test } from './stage'
import { openCampaign, untilReadyOffline } from './steps'

/** Whether the page takes a text as HTML, and as the address of a script. */
const sinks = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const attempts = [
      () => (document.createElement('div').innerHTML = '<b>text</b>'),
      () => (document.createElement('script').src = '/sw.js'),
    ]
    return attempts.map((attempt) => {
      try {
        attempt()
        return 'taken'
      } catch {
        return 'refused'
      }
    })
  })

test('after one visit, landing page, campaign, insumos and notice can be read without network', async ({
  stage,
}) => {
  const campaign = await readOpenCampaign(stage.database)
  const visit = await stage.phone(newProfile())
  await visit.open()
  await untilReadyOffline(visit.page)
  await visit.close()
  const { page, open } = await stage.phone(visit.profile, { offline: true })
  await open()
  await openCampaign(page, campaign)
  expect(await sinks(page), 'the worker keeps the policy of the host').toEqual(['refused', 'refused'])
  const { rows } = await stage.database.query<{ id: string; title: string; body: string }>(
    'select id, title, body from app.insumos where convocatoria_id = $1 order by position',
    [campaign.id],
  )
  for (const insumo of rows) {
    await open(`/c/${campaign.slug}/insumo/${insumo.id}`)
    await page.getByRole('heading', { level: 1, name: insumo.title }).waitFor()
    await page.getByText(insumo.body.split('\n')[0]!.slice(0, 60)).first().waitFor()
  }
  await open(`/aviso/${campaign.notice_id}`)
  const notice = await stage.database.query<{ heading: string }>(
    `select jsonb_path_query_first(full_form, '$[0].heading') #>> '{}' as heading from app.notices where id = $1`,
    [campaign.notice_id],
  )
  await page.getByText(notice.rows[0]!.heading).first().waitFor()
})
