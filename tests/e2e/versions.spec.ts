import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { newProfile } from '../support/browser'
import type { Op } from '@/domain/ops'
import { uuidV7 } from '@/sync/uuid'
import { callApi, readOpenCampaign, validSubmission, type OpenCampaign } from './api'
import { makeNextVersion, openBlank, takeForLaterVersion, writeFirstVersion } from './deploy'
import { untilReceived } from './arrivals'
import { uniqueBody } from './rows'
import { PATIENCE } from './patience'
import { type Stage, test } from './stage'
import { beginDraft, button, chooseAbout, heading, link, untilQuiet } from './steps'
import { folio, frame, propuestas, shell, staff } from './words'

/** A proposal as the app's first version left it on a phone: op, overlay and private link. */
function leftBehind(campaign: OpenCampaign, body: string, state: 'queued' | 'sending' | 'retry_wait') {
  const at = new Date(Date.now() - 86_400_000).toISOString()
  const [op_id, entity_id, secret] = [uuidV7(), randomUUID(), randomBytes(16).toString('base64url')]
  const payload = { ...validSubmission(campaign, body), consented_at: at }
  const op: Op = { op_id, v: 1, kind: 'propuesta.submit', entity_id, payload, captured_at: at, secret }
  const sender = { actor: null, state, attempts: 3, not_before: 0, alone: false, code: null, field: null }
  const mine = { id: entity_id, kind: 'propuestas', convocatoria_id: campaign.id, title: campaign.title }
  return {
    body,
    op,
    outbox: { ...op, ...sender, current: null },
    overlay: { op_id, entity_id, actor: null, row: null, xid: null, at: Date.now() - 86_400_000 },
    item: { ...mine, secret, folio: null, created_at: at },
  }
}

test('an outbox of the first schema is migrated and sent once, even an op with a lost answer', async ({
  stage,
}) => {
  const campaign = await readOpenCampaign(stage.database)
  const left = (['sending', 'queued', 'retry_wait'] as const).map((state) =>
    leftBehind(campaign, uniqueBody(), state),
  )
  await callApi(stage.network.origin, 'apply_ops', { ops: [left[0]!.op] }) // committed, and the answer is lost
  const phone = await stage.phone(newProfile())
  await openBlank(phone.page, stage.network.origin)
  await writeFirstVersion(phone.page, {
    outbox: left.map(({ outbox }) => outbox),
    overlay: left.map(({ overlay }) => overlay),
    items: left.map(({ item }) => item),
    leases: [{ name: 'outbox', fence: 7, held: true, heartbeat: Date.now() - 86_400_000 }],
  })
  await phone.open('/envios')
  for (const { body, op } of left) {
    const { id } = await untilReceived(phone.page, stage.database, body)
    expect(id).toBe(op.entity_id)
    const receipts = await stage.database.query('select from app.op_receipts where op_id = $1', [op.op_id])
    expect(receipts.rowCount).toBe(1)
  }
  expect(phone.errors).toEqual([])
})

const textBox = (page: Page) => page.getByLabel(propuestas('step.texto.label'))

/** Opens a phone with a draft at its text, with this text on disk. */
async function whileWriting(stage: Stage, text: string) {
  const campaign = await readOpenCampaign(stage.database)
  const phone = await stage.phone(newProfile())
  await phone.open()
  await untilQuiet(phone.page)
  await phone.open(`/c/${campaign.slug}`)
  await beginDraft(phone.page)
  await chooseAbout(phone.page, {})
  await textBox(phone.page).fill(text)
  await phone.page.getByText(propuestas('form.saved')).waitFor()
  return { ...phone, campaign }
}

test('an old tab writes what was being typed before it makes way for a newer schema, and asks to be reloaded', async ({
  stage,
}) => {
  const { page, context, errors } = await whileWriting(stage, 'Lo primero que escribí')
  const newer = await context.newPage()
  await openBlank(newer, stage.network.origin)
  await page.evaluate(() =>
    document.addEventListener('focusout', (event) => event.stopImmediatePropagation(), true),
  )
  await textBox(page).pressSequentially(' y lo último')
  const drafts = await takeForLaterVersion(newer)
  expect(drafts.map(({ answers }) => answers['body'])).toEqual(['Lo primero que escribí y lo último'])
  await page.getByText(frame('trouble.reload')).waitFor()
  await button(page, frame('trouble.do')).click()
  await expect.poll(() => textBox(page).inputValue(), PATIENCE).toBe('Lo primero que escribí y lo último')
  await textBox(page).pressSequentially('.')
  await page.getByText(propuestas('form.saved')).waitFor()
  expect(errors).toEqual([])
})

test(
  'an old tab that does not let go is reported to the newer one, and the outbox is sent once it is closed',
  { tag: '@long' },
  async ({ stage }) => {
    const campaign = await readOpenCampaign(stage.database)
    const left = leftBehind(campaign, uniqueBody(), 'queued')
    const phone = await stage.phone(newProfile())
    await openBlank(phone.page, stage.network.origin)
    await writeFirstVersion(phone.page, {
      outbox: [left.outbox],
      overlay: [left.overlay],
      items: [left.item],
    })
    await phone.page.evaluate(
      () =>
        new Promise<void>((done) => {
          const opening = indexedDB.open('convoca')
          opening.addEventListener('success', () => (Object.assign(window, { held: opening.result }), done()))
        }),
    )
    const newer = await phone.context.newPage()
    await newer.goto(`${stage.network.origin}/envios`)
    await newer.getByText(frame('trouble.blocked')).waitFor()
    await phone.page.close()
    await newer.getByText(frame('trouble.blocked')).waitFor({ state: 'detached' })
    await untilReceived(newer, stage.database, left.body)
  },
)

/** Sets a mark that a page keeps until it is reloaded. */
const mark = (page: Page) => page.evaluate(() => void Object.assign(window, { isMarked: true }))
const isMarked = (page: Page) => page.evaluate(() => 'isMarked' in window)

const release = (stage: Stage) => {
  const next = join(stage.scratch, 'next')
  makeNextVersion(stage.dist, next)
  stage.network.deploy(next)
}

test('a deploy in the middle of a draft is offered, never forced, and a removed file reloads the page once and keeps the draft', async ({
  stage,
}) => {
  const { page, context, errors, campaign } = await whileWriting(stage, 'Escrito con la versión de ayer')
  await mark(page)
  release(stage)
  const other = await context.newPage()
  await other.goto(`${stage.network.origin}/envios`)
  for (const tab of [page, other]) await tab.getByText(frame('update.title')).waitFor()
  await button(page, frame('update.later')).click()
  await link(page, shell('nav.mine')).click() // a page that was not opened before: the old worker has its files
  await heading(page, folio('list.title')).waitFor()
  await page.goBack()
  await textBox(page).waitFor()
  expect(await isMarked(page)).toBe(true)
  await mark(other)
  await button(other, frame('update.do')).click()
  await expect.poll(() => isMarked(other).catch(() => true), PATIENCE).toBe(false)
  await page.getByText(frame('update.title')).waitFor() // the worker changed under this tab, and its page did not
  expect(await isMarked(page)).toBe(true)

  await textBox(page).pressSequentially(', y terminado hoy')
  await link(page, shell('nav.more')).click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  const loads: string[] = []
  page.on('load', (loaded) => loads.push(new URL(loaded.url()).pathname))
  await page.locator('a[href="/equipo"]').click()
  await heading(page, staff('signin.title')).waitFor()
  expect(await isMarked(page)).toBe(false)
  expect(loads).toEqual(['/equipo'])
  await page.goto(`${stage.network.origin}/c/${campaign.slug}`)
  await link(page, propuestas('drafts.continue')).click()
  expect(await textBox(page).inputValue()).toBe('Escrito con la versión de ayer, y terminado hoy')
  expect(await page.getByText(frame('broken.title')).count()).toBe(0)
  const isNoise = (error: string) => error.startsWith('Refused to apply style') // the browser's message for the 404
  expect(errors.filter((error) => !isNoise(error))).toEqual([])
})
