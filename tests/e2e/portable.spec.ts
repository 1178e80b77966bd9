import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { newProfile } from '../support/browser'
import { readOpenCampaign } from './api'
import { putRows, readRows } from './phoneSteps'
import { onlyRowWith, uniqueBody } from './rows'
import { test } from './stage'
import { answerAll, arrive, beginDraft, button, link, send, untilFolio, writeAndSend } from './steps'
import { folio, pages, phone as words, propuestas } from './words'

test(
  'a draft saved to a file on one phone can be loaded on another and is sent once',
  { tag: '@long' },
  async ({ stage }) => {
    const campaign = await readOpenCampaign(stage.database)
    const body = uniqueBody()
    const old = await stage.phone(newProfile())
    await old.open(`/c/${campaign.slug}`)
    await beginDraft(old.page)
    await answerAll(old.page, { body, name: 'Ana' })
    const stepKept = async () => (await readRows<{ step: string }>(old.page, 'drafts'))[0]?.step
    await expect.poll(stepKept).toBe('revisa') // the next line ends this page at once
    await old.open('/ajustes')
    const apart = old.page.getByText(pages('settings.install.apart'))
    expect(await apart.count()).toBe(0)
    const devtools = await old.context.newCDPSession(old.page)
    const userAgent =
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Version/17.4 Mobile/15E148 Safari/604.1'
    await devtools.send('Emulation.setUserAgentOverride', { userAgent })
    await old.open('/ajustes')
    await apart.waitFor() // on iOS the app on the home screen starts empty
    await link(old.page, pages('settings.data.file')).click()
    await arrive(old.page, words('file.title'))
    const downloading = old.page.waitForEvent('download')
    await button(old.page, words('file.save.do')).click()
    const path = await (await downloading).path()
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({
      drafts: [{ answers: { body, name: 'Ana' } }],
    })
    const fresh = await stage.phone(newProfile())
    await fresh.open('/ajustes/archivo')
    await fresh.page.locator('input[data-file=take]').setInputFiles(path)
    await fresh.page.getByText(words('take.drafts', { count: 1 })).waitFor()
    await link(fresh.page, words('take.see')).click()
    await link(fresh.page, folio('draft.continue')).click()
    await arrive(fresh.page, propuestas('step.revisa.title'))
    await send(fresh.page)
    const number = await untilFolio(fresh.page)
    expect((await onlyRowWith(stage.database, body)).folio).toBe(number)
    await fresh.open('/ajustes/archivo')
    await fresh.page.locator('input[data-file=take]').setInputFiles(path)
    await fresh.page.getByText(words('take.kept', { count: 1 })).waitFor()
    expect([...old.errors, ...fresh.errors]).toEqual([])
  },
)

test(
  'a file with a private link opens the submission on a new phone, and without the link there is nothing to save',
  { tag: '@long' },
  async ({ stage }) => {
    const campaign = await readOpenCampaign(stage.database)
    const body = uniqueBody()
    const old = await stage.phone(newProfile())
    await old.open(`/c/${campaign.slug}`)
    await writeAndSend(old.page, { body })
    const number = await untilFolio(old.page)
    const [{ secret }] = (await readRows<{ secret: string }>(old.page, 'items')) as [{ secret: string }]
    await old.open('/ajustes/archivo')
    await old.page.getByText(words('file.empty')).waitFor()
    expect(await button(old.page, words('file.save.do')).count()).toBe(0)
    await old.page.getByRole('checkbox').check()
    await old.page.getByText(words('file.links.warn')).waitFor()
    const downloading = old.page.waitForEvent('download')
    await button(old.page, words('file.save.do')).click()
    const path = await (await downloading).path()
    expect(await readFile(path, 'utf8')).toContain(secret)
    const fresh = await stage.phone(newProfile())
    await fresh.open('/ajustes/archivo')
    await fresh.page.locator('input[data-file=take]').setInputFiles(path)
    await fresh.page.getByText(words('take.links', { count: 1 })).waitFor()
    await fresh.open('/envios')
    await fresh.page.getByText(number).first().waitFor()
    expect([...old.errors, ...fresh.errors]).toEqual([])
  },
)

test(
  '«Volver a cargar» repairs pulled rows and keeps drafts and unsent ops, and deletes nothing without signal',
  { tag: '@long' },
  async ({ stage }) => {
    const campaign = await readOpenCampaign(stage.database)
    const phone = await stage.phone(newProfile())
    const { page, open, errors } = phone
    await open(`/c/${campaign.slug}`)
    await beginDraft(page)
    await answerAll(page, { body: uniqueBody() })
    await open('/ajustes')
    const before = await readRows<{ entity: string; id: string; row: object }>(page, 'base')
    const drafts = await readRows(page, 'drafts')
    const wrong = before.find(({ entity, id }) => entity === 'convocatoria' && id === campaign.id)!
    await putRows(page, 'base', [{ ...wrong, row: { ...wrong.row, title: 'Otra cosa' } }])
    await phone.offline(true)
    await button(page, words('reload.do')).click()
    await page.getByText(words('reload.unreachable')).waitFor()
    expect(await readRows(page, 'base')).toHaveLength(before.length)
    await phone.offline(false)
    await button(page, words('reload.do')).click()
    await page.getByText(words('reload.done')).waitFor()
    expect(await readRows(page, 'base')).toContainEqual(wrong)
    expect(await readRows(page, 'drafts')).toEqual(drafts)
    expect(errors).toEqual([])
  },
)
