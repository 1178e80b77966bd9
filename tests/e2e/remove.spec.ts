import { readOpenCampaign } from './api'
import { untilRow } from './arrivals'
import { uniqueBody } from './rows'
import { test } from './stage'
import {
  button,
  heading,
  keepByLink,
  openCampaign,
  untilChip,
  untilReadyOffline,
  untilSavedHere,
  writeAndSend,
  pathOf,
} from './steps'
import { folio, chips } from './words'

test(
  'a submission can be removed from a shared phone only once it is sent, and its link still opens it',
  { tag: '@long' },
  async ({ stage }) => {
    const campaign = await readOpenCampaign(stage.database)
    const body = uniqueBody()
    const { page, open, offline } = await stage.phone()
    await open()
    await untilReadyOffline(page)
    await offline(true)
    await openCampaign(page, campaign)
    await writeAndSend(page, { body })
    await untilSavedHere(page)
    const id = (await pathOf(page)).split('/').at(-1)!
    await open(`/envios/${id}`)
    await button(page, folio('remove.open')).click()
    await page.getByText(folio('remove.unsent')).waitFor()
    await offline(false)
    const row = await untilRow(stage.database, body)
    await untilChip(page, chips('received_folio', { folio: row.folio }))
    await page.getByText(folio('remove.unsent')).waitFor({ state: 'detached' }) // the warning no longer applies
    await button(page, folio('link.copy')).click()
    await page.getByText(folio('link.copied')).waitFor()
    const kept = await page.evaluate(() => navigator.clipboard.readText())
    await button(page, folio('remove.open')).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: folio('remove.confirm'), exact: true })
      .click()
    await heading(page, folio('list.title')).waitFor()
    await page.getByText(folio('list.empty.title')).waitFor()
    await keepByLink(page, '', { path: kept })
    await untilChip(page, chips('received_folio', { folio: row.folio }))
  },
)
