/** The desk on a desktop: how many interactions a decision takes, and that it can be undone. */
import { expect, type Page } from '@playwright/test'
import { readOpenCampaign, submitByApi } from './api'
import { PATIENCE } from './patience'
import { uniqueBody } from './rows'
import { test } from './stage'
import { makeMember, signIn } from './staffSteps'
import { desk, staff } from './words'

/** `DESK_PROPOSALS=400 npm run test:e2e -- desk` decides as many as a consultation brings. */
const PROPOSALS = Number(process.env['DESK_PROPOSALS'] ?? 10)

/** Counts what the member does: each key and each click. */
function counting(page: Page) {
  let count = 0
  return {
    press: async (key: string) => {
      count += 1
      await page.keyboard.press(key)
    },
    count: () => count,
  }
}
const isDecided = (page: Page, folio: string) => page.locator('.undo-bar').getByText(folio).waitFor()

test('each proposal is shown and decided singly in under two interactions, four of five published and one rejected', async ({
  stage,
}) => {
  test.setTimeout(180_000 + PROPOSALS * 9_000)
  const campaign = await readOpenCampaign(stage.database)
  const sent = []
  for (let n = 0; n < PROPOSALS; n++) {
    sent.push(await submitByApi(stage.network.origin, campaign, uniqueBody()))
  }
  const member = await makeMember(stage.database, 'Rosa Miranda')
  const { page } = await stage.phone(undefined, { width: 1366, height: 768 })
  await signIn(page, stage.network.origin, member)
  await page.goto(`${stage.network.origin}/equipo/revision/${sent[0]!.id}`)
  const { press, count } = counting(page)
  const decided = new Set<string>()
  for (let n = 0; n < PROPOSALS; n++) {
    const title = page.getByRole('heading', { level: 1, name: /^PR-/u })
    await expect(title).not.toHaveText([...decided].at(-1) ?? '')
    await page.getByText(desk('pane.title')).waitFor()
    const folio = (await title.textContent())!.trim()
    expect(decided).not.toContain(folio) // never the same one twice
    decided.add(folio)
    if (n % 5 < 4) await press('a')
    else {
      await press('r')
      await press('6')
      await press('Control+Enter')
    }
    await isDecided(page, folio)
  }
  process.stdout.write(`desk: ${PROPOSALS} decisions, ${count() / PROPOSALS} interactions each\n`)
  expect(count() / PROPOSALS).toBeLessThan(2)

  const states = async () => {
    const { rows } = await stage.database.query<{ state: string; n: string }>(
      'select state, count(*) as n from app.submissions where folio = any ($1) group by state',
      [[...decided]],
    )
    return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]))
  }
  await expect.poll(states, PATIENCE).toEqual({ published: (PROPOSALS / 5) * 4, rejected: PROPOSALS / 5 })

  await press('u') // the last one, a rejection
  await expect
    .poll(states, PATIENCE)
    .toEqual({ published: (PROPOSALS / 5) * 4, rejected: PROPOSALS / 5 - 1, in_review: 1 })
})

test(
  'rows that were read are published together, and undone together',
  { tag: '@long' },
  async ({ stage }) => {
    const campaign = await readOpenCampaign(stage.database)
    const body = uniqueBody()
    const sent = [
      await submitByApi(stage.network.origin, campaign, `${body} Primera.`),
      await submitByApi(stage.network.origin, campaign, `${body} Segunda.`),
    ]
    const member = await makeMember(stage.database, 'Lucía Bravo')
    const { page } = await stage.phone(undefined, { width: 1366, height: 768 })
    await signIn(page, stage.network.origin, member)
    await page.getByLabel(staff('queue.search')).fill(sent[0]!.folio)
    const row = (folio: string) => page.getByLabel(desk('table.pick', { folio }), { exact: true })
    await row(sent[0]!.folio).check()
    await page.getByText(desk('bulk.unread', { count: 1 })).click()
    await page.getByText(sent[0]!.body).last().waitFor()
    await page.getByText(desk('pane.title')).waitFor()
    await page.keyboard.press('Escape')
    await row(sent[0]!.folio).check()
    await page.keyboard.press('i')
    await expect
      .poll(async () => {
        const { rows } = await stage.database.query(
          'select 1 from app.assignments where submission_id = $1',
          [sent[0]!.id],
        )
        return rows.length
      })
      .toBe(1)
    await row(sent[0]!.folio).check()
    await page.getByText(desk('bulk.publish', { count: 1 })).click()
    const state = async () =>
      (await stage.database.query('select state from app.submissions where id = $1', [sent[0]!.id])).rows[0]
        .state
    await expect.poll(state).toBe('published')
    await page.keyboard.press('u')
    await expect.poll(state).toBe('in_review')
  },
)
