/** A server restored from a backup, as an author sees it who wrote after the backup. */
import { expect } from '@playwright/test'
import { readOpenCampaign } from './api'
import { onlyRowWith, rowsWith, uniqueBody } from './rows'
import { PATIENCE } from './patience'
import { type Stage, test } from './stage'
import { untilFolio, writeAndSend } from './steps'
import { folio } from './words'

/** Simulates a restore to a backup before this submission: deletes every trace of it and begins an epoch. */
const forget = (stage: Stage, id: string) =>
  stage.database.query(`
    alter table app.review_events disable trigger user;
    delete from app.review_events where submission_id = '${id}';
    alter table app.review_events enable trigger user;
    delete from app.submissions where id = '${id}';
    delete from app.op_receipts where verdict ->> 'entity_id' = '${id}';
    select app.begin_epoch()`)

test('a proposal that a restored database lost is sent again by itself, and its author sees the new folio', async ({
  stage,
}) => {
  const campaign = await readOpenCampaign(stage.database)
  const body = uniqueBody()
  const { page, open, errors } = await stage.phone()
  await open(`/c/${campaign.slug}`)
  await writeAndSend(page, { body })
  const old = await untilFolio(page)
  const { id } = await onlyRowWith(stage.database, body)
  await forget(stage, id)
  expect(await rowsWith(stage.database, body)).toEqual([])
  await open(`/envios/${id}`)
  await page.getByText(`antes era ${old}`).waitFor()
  await expect.poll(() => rowsWith(stage.database, body), PATIENCE).toMatchObject([{ id, state: 'received' }])
  const [{ folio: told }] = (
    await stage.database.query('select folio from app.submissions where id = $1', [id])
  ).rows as [{ folio: string }]
  expect(told).not.toBe(old)
  await page.getByText(folio('status.new_folio', { folio: told, old })).waitFor()
  expect(errors).toEqual([])
})
