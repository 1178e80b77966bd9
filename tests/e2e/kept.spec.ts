import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { newProfile } from '../support/browser'
import { readOpenCampaign, submitByApi, type OpenCampaign } from './api'
import { tablesWith } from './phoneSteps'
import { onlyRowWith, uniqueBody } from './rows'
import { PATIENCE } from './patience'
import { type Stage, test } from './stage'
import { askSignOut, decide, decideByApi, makeMember, openReview, searchQueue, signIn } from './staffSteps'
import { button, heading, link } from './steps'
import { chips, refusalText, staff } from './words'

let campaign: OpenCampaign

test.beforeAll(async ({ database }) => {
  campaign = await readOpenCampaign(database)
})

const send = (stage: Stage, more: Parameters<typeof submitByApi>[3] = {}) =>
  submitByApi(stage.network.origin, campaign, uniqueBody(), more)
const keepSwitch = (page: Page) => page.getByRole('checkbox', { name: staff('kept.switch') })

/** Turns on the switch and waits until the queue is complete and the page opens without signal. */
async function keep(page: Page): Promise<void> {
  await keepSwitch(page).check()
  await page.getByText(/También se abre sin señal/u).waitFor(PATIENCE)
}

/** Whether this phone stores this text in any table. */
const isKept = async (page: Page, words: string) => (await tablesWith(page, words)).length > 0

test('a kept queue and review open without signal, and a decision survives kill −9 and is applied once', async ({
  stage,
}) => {
  const sent = await send(stage)
  const member = await makeMember(stage.database, 'Nora Sin Señal')
  const first = await stage.phone(newProfile())
  await signIn(first.page, stage.network.origin, member)
  await keep(first.page)
  await first.offline(true)
  await first.open('/equipo/bandeja')
  await first.page.getByText(/^Lista de las \d{1,2}:\d\d\. Puedes abrir/u).waitFor()
  await openReview(first.page, sent.folio)
  await first.page.getByText(sent.body).first().waitFor()
  await first.open(`/equipo/revision/${sent.id}`) // the review also opens by its own address
  await first.page.getByText(sent.body).first().waitFor()
  await decide(first.page, 'accept')
  await first.page.getByText(staff('status.saved')).waitFor()
  await first.kill9()

  const phone = await stage.phone(first.profile, { offline: true })
  await phone.open('/equipo/bandeja')
  await searchQueue(phone.page, sent.folio)
  await phone.page.getByRole('article').getByText(chips('unsent')).waitFor()
  await expect.poll(() => phone.page.getByRole('article').count(), PATIENCE).toBe(1)
  expect(await onlyRowWith(stage.database, sent.body)).toMatchObject({ state: 'received', version: 1 })

  stage.network.loseAnswer('apply_ops') // committed, and the answer is lost
  await phone.offline(false)
  await expect
    .poll(() => onlyRowWith(stage.database, sent.body), PATIENCE)
    .toMatchObject({ state: 'accepted', version: 2 })
  await phone.open(`/equipo/revision/${sent.id}`)
  await phone.page.getByText(staff('event.accept'), { exact: true }).waitFor()
  const { rows } = await stage.database.query(
    `select from app.review_events where submission_id = $1 and kind = 'accept'`,
    [sent.id],
  )
  expect(rows).toHaveLength(1)
  expect([...first.errors, ...phone.errors]).toEqual([])
})

test(
  'a revoked role deletes the kept queue from the phone, and the unsent decision stays with its text',
  { tag: '@long' },
  async ({ stage }) => {
    const sent = await send(stage)
    const member = await makeMember(stage.database, 'Rita Revocada')
    const { page, offline } = await stage.phone()
    await signIn(page, stage.network.origin, member)
    await keep(page)
    await offline(true)
    await openReview(page, sent.folio)
    await decide(page, 'reject', { reason: 'off_topic', message: 'Esto se escribió sin señal.' })
    await page.getByText(staff('status.saved')).waitFor()
    await stage.database.query('update app.staff set active = false where name = $1', [member.name])
    await offline(false)
    await page.getByText(staff('refused.title')).waitFor()
    await expect.poll(() => isKept(page, sent.body), PATIENCE).toBe(false)
    await page.getByText(staff('state.denied_title')).waitFor()
    expect(await page.getByText(sent.body).count()).toBe(0)
    await page.getByText('Esto se escribió sin señal.').waitFor()
    await page.getByText(refusalText('not_allowed')).waitFor()

    await page.goto(`${stage.network.origin}/equipo/bandeja`) // without any role the decision can still be found
    await page.getByText(staff('norole.title')).waitFor()
    await link(page, staff('stuck.open_unnamed')).click()
    await page.getByText('Esto se escribió sin señal.').waitFor()
    await button(page, staff('refused.remove')).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Esto se escribió sin señal.').waitFor() // the dialog shows the text once more
    await dialog.getByRole('button', { name: staff('own.remove'), exact: true }).click()
    await page.getByText(staff('norole.title')).waitFor()
    expect(await onlyRowWith(stage.database, sent.body)).toMatchObject({ state: 'received', version: 1 })
  },
)

test(
  'a submission decided elsewhere leaves the kept queue, and an offline decision on it is a conflict',
  { tag: '@long' },
  async ({ stage }) => {
    const [gone, contested] = [await send(stage), await send(stage)]
    const member = await makeMember(stage.database, 'Nina Tarde')
    const other = await makeMember(stage.database, 'Pablo Pronto')
    const { page, offline } = await stage.phone()
    await signIn(page, stage.network.origin, member)
    await keep(page)
    await decideByApi(stage.network.origin, other, contested.id, ['accept'])
    await decideByApi(stage.network.origin, other, gone.id, ['reject'])
    await offline(true)
    expect(await isKept(page, gone.body)).toBe(true) // as it was at the last pull
    await openReview(page, contested.folio)
    await page.getByText(contested.body).first().waitFor()
    await decide(page, 'reject', { reason: 'off_topic', message: 'No trata del tema.' })
    await offline(false)
    await page.getByText(staff('conflict.title')).waitFor()
    await page.getByText('Pablo Pronto').first().waitFor()
    await expect.poll(() => isKept(page, gone.body), PATIENCE).toBe(false)
    expect(await isKept(page, contested.body)).toBe(true) // an accepted submission is still open
  },
)

async function signOut(page: Page, said: string): Promise<void> {
  await askSignOut(page)
  await page.getByText(said).waitFor()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: staff('signout'), exact: true })
    .click()
  await heading(page, staff('signin.title')).waitFor()
}

test(
  'turning the switch off and signing out delete every submission from the phone, decided or not',
  { tag: '@long' },
  async ({ stage }) => {
    const name = `Vecina ${randomUUID()}`
    const [sent, second] = [
      await send(stage, { display_name: name }),
      await send(stage, { display_name: name }),
    ]
    const member = await makeMember(stage.database, 'Sara Sale')
    const { page, offline, open } = await stage.phone()
    await signIn(page, stage.network.origin, member)
    expect(await keepSwitch(page).isChecked()).toBe(false)
    expect(await isKept(page, sent.body)).toBe(false)
    await keep(page)
    expect(await tablesWith(page, name)).toEqual(['base'])
    await openReview(page, sent.folio)
    await decide(page, 'accept')
    await page.getByText(staff('status.sent'), { exact: true }).waitFor()
    expect(await tablesWith(page, name)).toContain('overlay') // the row that came with the verdict
    await open('/equipo/bandeja')
    await keepSwitch(page).uncheck()
    await expect.poll(() => tablesWith(page, name)).toEqual([])
    await offline(true)
    await open('/equipo/bandeja')
    await page.getByText(staff('queue.offline_empty')).waitFor()
    await offline(false)
    await open('/equipo/bandeja')
    await keep(page)
    await openReview(page, second.folio)
    await decide(page, 'accept')
    await page.getByText(staff('status.sent'), { exact: true }).waitFor()
    await open('/equipo/bandeja')
    await signOut(page, staff('signout.kept'))
    expect(await tablesWith(page, name)).toEqual([])
    expect(await isKept(page, sent.body)).toBe(false)
  },
)

test(
  'signing out deletes the row of a conflict, and its author sees the conflict again with both texts after signing in',
  { tag: '@long' },
  async ({ stage }) => {
    const name = `Vecina ${randomUUID()}`
    const sent = await send(stage, { display_name: name })
    const member = await makeMember(stage.database, 'Celia Conflicto')
    const { page, open } = await stage.phone()
    await signIn(page, stage.network.origin, member)
    await openReview(page, sent.folio)
    await page.getByText(sent.body).first().waitFor()
    await decideByApi(stage.network.origin, await makeMember(stage.database, 'Pablo Pronto'), sent.id, [
      'accept',
    ])
    await decide(page, 'reject', { reason: 'off_topic', message: 'No trata del tema.' })
    await page.getByText(staff('conflict.title')).waitFor()
    expect(await tablesWith(page, name)).toEqual(['outbox', 'overlay']) // the row that came with the conflict
    await open('/equipo/bandeja')
    await signOut(page, staff('signout.unsent', { count: 1 }))
    expect(await tablesWith(page, name)).toEqual([])
    expect(await tablesWith(page, 'No trata del tema.')).toEqual(['outbox'])
    await page.getByText(staff('signin.unsent', { count: 1 })).waitFor() // nobody else who holds the phone sees more
    expect(await page.getByText('Celia').or(page.getByText(member.email)).count()).toBe(0)
    await signIn(page, stage.network.origin, member)
    await open(`/equipo/revision/${sent.id}`)
    await page.getByText(staff('conflict.title')).waitFor()
    await page.getByText('Pablo Pronto').first().waitFor()
    await page.getByText('No trata del tema.').first().waitFor()
    expect(await onlyRowWith(stage.database, sent.body)).toMatchObject({ state: 'accepted', version: 2 })
  },
)
