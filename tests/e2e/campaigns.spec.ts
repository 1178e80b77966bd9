import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import * as cs from '../support/campaignSections'
import { type Stage, test } from './stage'
import { untilKept } from './phoneSteps'
import { makeMember, type Member, signIn } from './staffSteps'
import { button, editor, heading, link } from './steps'
import { campaigns, people, staff, videosStaff, videosStudio } from './words'

let coordinator: Member

test.beforeAll(async ({ database }) => {
  coordinator = await makeMember(database, 'Carla Coordina', 'coordinator')
})

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
const rowOf = async (stage: Stage, id: string) =>
  (
    await stage.database.query<{ published: boolean; title: string; slug: string }>(
      'select published, title, slug from app.convocatorias where id = $1',
      [id],
    )
  ).rows[0]
const idOf = (page: Page) => /campanas\/([0-9a-f-]{36})/u.exec(page.url())![1]!
const saved = (page: Page) => page.locator('.studio-saved-saved').waitFor()
const openSection = (page: Page, title: string) =>
  page
    .getByRole('button', { name: new RegExp(title, 'u') })
    .first()
    .click()

async function begin(stage: Stage, page: Page): Promise<string> {
  await signIn(page, stage.network.origin, coordinator)
  await link(page, people('nav.campaigns')).click()
  await link(page, campaigns('list.new')).click()
  await heading(page, campaigns('new.title')).waitFor()
  await page.getByRole('radio', { name: videosStaff('campaign') }).check()
  await page.getByRole('radio', { name: campaigns('new.start_empty') }).check()
  await button(page, campaigns('new.create')).click()
  await page.locator('#title').waitFor()
  return idOf(page)
}

/** Saves every section but the named ones, as a colleague on another device. */
async function saveRest(stage: Stage, id: string, sections: object): Promise<void> {
  for (const [section, data] of Object.entries(sections)) {
    await stage.database.query(
      `insert into app.campaign_sections (convocatoria_id, section, data, saved_by) values ($1, $2, $3, $4)
       on conflict (convocatoria_id, section) do update set data = excluded.data, version = app.campaign_sections.version + 1`,
      [id, section, data, randomUUID()],
    )
  }
}

/** A heading, a stressed word, a list and a link, with the keyboard alone and one pasted document. */
async function writeFormatted(page: Page): Promise<void> {
  await editor(page, 'what_happens_next').focus()
  await page.keyboard.press('Control+Alt+1')
  await page.keyboard.type('Bases')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Te ')
  await page.keyboard.press('Control+b')
  await page.keyboard.type('respondemos')
  await page.keyboard.press('Control+b')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Shift+8')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('www.ejemplo.mx')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await editor(page, 'what_happens_next').evaluate((box) => {
    const data = new DataTransfer()
    data.setData(
      'text/html',
      '<p style="color:red">[x](javascript:y) <i>pegado</i></p><img src="x" onerror="x">',
    )
    box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await editor(page, 'what_happens_next').getByText('pegado').waitFor()
}

test('a coordinator writes a call for videos on a phone and publishes it, and anybody can read it', async ({
  stage,
}) => {
  const title = `Videos ${randomUUID().slice(0, 8)}`
  const { page, errors } = await stage.phone()
  const id = await begin(stage, page)
  await page.locator('#title').fill(title)
  await page.locator('#summary').fill('Un resumen.')
  await page.locator('#question').fill('¿Qué información te sirvió?')
  await editor(page, 'who_decides').fill('Un jurado.')
  await untilKept(page, 'meta', id, 'Un jurado.')
  await page.reload() // what was typed and not yet sent is on the phone
  await expect(editor(page, 'who_decides')).toHaveText('Un jurado.')
  await writeFormatted(page)
  await saved(page)

  await button(page, campaigns('studio.all_sections')).click()
  await openSection(page, campaigns('section.fechas'))
  await page.locator('#opens_at').fill(day(-1))
  await page.locator('#closes_at').fill(day(8))
  await page.locator('#answer_by').fill(day(7))
  await page.getByText('El día de respuesta no puede ser antes del cierre.').first().waitFor()
  await page.locator('#answer_by').fill(day(20))
  await saved(page)

  await button(page, campaigns('studio.all_sections')).click()
  await openSection(page, videosStudio('pillars.title'))
  await button(page, videosStudio('pillar.add')).click()
  await page.getByLabel(videosStudio('pillar.title')).fill('Transparencia')
  await page.getByLabel(videosStudio('pillar.hint')).fill('¿Qué te sirvió?')
  await saved(page)
  await saveRest(stage, id, { aviso: cs.aviso('videos') })

  await page.goto(`${stage.network.origin}/equipo/campanas/${id}?seccion=publicar`)
  await button(page, campaigns('publish.blocked', { count: 5 })).waitFor()
  const medium = page.getByRole('listitem').filter({ hasText: videosStudio('video.medium') })
  await medium.getByRole('button').click() // leads to the field
  await expect(page.locator('#medium')).toBeFocused()
  await page.locator('#medium').fill('la página de esta convocatoria')
  await page.locator('#min_s').fill('15')
  await page.locator('#max_s').fill('180')
  await page.locator('#max_bytes').fill('45,5')
  await page.locator('#licence_until').fill(day(900))
  await saved(page)
  await page.goto(`${stage.network.origin}/equipo/campanas/${id}?seccion=publicar`)
  await button(page, campaigns('publish.now')).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: campaigns('publish.now'), exact: true })
    .click()
  await page.getByText(campaigns('publish.done_now')).waitFor()
  const row = (await rowOf(stage, id))!
  expect(row).toMatchObject({ published: true, title })

  const citizen = await stage.phone()
  await citizen.open(`/c/${row.slug}`)
  await citizen.page.getByText(title, { exact: true }).first().waitFor()
  await citizen.page.getByText('¿Qué te sirvió?').first().waitFor()
  const bases = citizen.page.locator('.formatted').last()
  await bases.getByRole('heading', { level: 3, name: 'Bases' }).waitFor()
  expect(await bases.locator('strong, em').allTextContents()).toEqual(['respondemos', 'pegado'])
  expect(await bases.getByRole('listitem').allTextContents()).toEqual([
    'https://www.ejemplo.mx',
    '[x](javascript:y) pegado',
  ])
  await expect(bases.getByRole('link')).toHaveAttribute('href', 'https://www.ejemplo.mx')
  expect([...errors, ...citizen.errors]).toEqual([])
})

test(
  'of two people who write one section, the second sees both versions and keeps what the first changed elsewhere',
  { tag: '@long' },
  async ({ stage }) => {
    const { page } = await stage.phone(undefined, { width: 1366, height: 768 })
    const id = await begin(stage, page)
    await page.locator('#title').fill('Uno')
    await saved(page)
    const { title: _, ...others } = cs.textos({ summary: 'De otra persona' })
    await saveRest(stage, id, { textos: { ...others, title: 'Uno' } })
    await page.locator('#title').fill('Dos')
    await page.getByText(campaigns('conflict.title')).first().waitFor()
    const side = (name: string) => page.getByRole('region', { name })
    await side(staff('both.theirs')).getByText('De otra persona').waitFor()
    await side(staff('both.mine')).getByText('Dos', { exact: true }).waitFor()
    await page.reload() // both are still there
    await side(staff('both.mine')).getByText('Dos', { exact: true }).waitFor()
    await button(page, staff('both.keep_mine')).click()
    await saved(page)
    await expect(page.locator('#summary')).toHaveValue('De otra persona')
    const { rows } = await stage.database.query<{ data: object }>(
      `select data from app.campaign_sections where convocatoria_id = $1 and section = 'textos'`,
      [id],
    )
    expect(rows[0]!.data).toMatchObject({ title: 'Dos', summary: 'De otra persona' })
  },
)

test(
  'what is typed without signal stays on the device and is sent when signal is back',
  { tag: '@long' },
  async ({ stage }) => {
    const phone = await stage.phone()
    const id = await begin(stage, phone.page)
    stage.network.down(true)
    await phone.page.locator('#title').fill('Sin señal')
    await phone.page.getByText(campaigns('save.offline')).waitFor()
    stage.network.down(false)
    await phone.page.evaluate(() => dispatchEvent(new Event('online')))
    await saved(phone.page)
    const { rows } = await stage.database.query<{ data: object }>(
      'select data from app.campaign_sections where convocatoria_id = $1',
      [id],
    )
    expect(rows).toEqual([{ data: expect.objectContaining({ title: 'Sin señal', slug: 'sin-senal' }) }])
  },
)

test(
  'a colleague without an account sees the draft by a link, and the desk shows it while it is written',
  { tag: '@long' },
  async ({ stage }) => {
    const { page } = await stage.phone(undefined, { width: 1366, height: 768 })
    const id = await begin(stage, page)
    await saveRest(stage, id, cs.wholeCampaign('videos'))
    await page.goto(`${stage.network.origin}/equipo/campanas/${id}?seccion=textos`)
    await page.locator('#title').fill('Recién escrito')
    const frame = page.frameLocator('iframe')
    await frame.getByText('Recién escrito').first().waitFor()
    const background = () =>
      frame.locator('body').evaluate((body) => getComputedStyle(body.parentElement!).backgroundColor)
    const light = await background()
    await button(page, campaigns('studio.dark')).click()
    await expect.poll(background).not.toBe(light)
    await button(page, campaigns('studio.light')).click()
    await expect.poll(background).toBe(light)
    await saved(page)
    await button(page, campaigns('studio.to_publish')).click()
    await button(page, campaigns('publish.share_make')).click()
    const address = await page.locator('.share-url').innerText()
    const colleague = await stage.phone()
    await colleague.page.goto(address)
    await colleague.page.getByText('Recién escrito').first().waitFor()
    await button(page, campaigns('publish.share_end')).click()
    await page.getByText(campaigns('publish.share_ended')).waitFor()
    await colleague.page.reload()
    await colleague.page.getByText('Este enlace ya no sirve').waitFor()
  },
)

test(
  'changes of a public campaign wait until they are published, and one that takes something away needs a reason',
  { tag: '@long' },
  async ({ stage }) => {
    const { page } = await stage.phone(undefined, { width: 1366, height: 768 })
    const id = await begin(stage, page)
    const dates = cs.fechas()
    await saveRest(stage, id, { ...cs.wholeCampaign('videos'), fechas: dates })
    await page.goto(`${stage.network.origin}/equipo/campanas/${id}?seccion=publicar`)
    const confirm = (name: string) =>
      page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
    await button(page, campaigns('publish.now')).click()
    await confirm(campaigns('publish.now'))
    await page.getByText(campaigns('publish.done_now')).waitFor()
    await openSection(page, campaigns('section.fechas'))
    await page.locator('#answer_by').fill('2036-12-10')
    await saved(page)
    await button(page, campaigns('studio.to_publish')).click()
    await page.getByText(campaigns('publish.changes_in', { sections: campaigns('section.fechas') })).waitFor()
    await page.locator('#reason').fill('La comisión sesiona después.')
    await button(page, campaigns('publish.now_changes')).click()
    await confirm(campaigns('publish.now'))
    await page.getByText(campaigns('publish.done_changes')).waitFor()
    const { rows } = await stage.database.query(
      `select c.answer_by::text, e.reason from app.convocatorias c join app.convocatoria_events e on e.convocatoria_id = c.id
     where c.id = $1 order by e.seq desc limit 1`,
      [id],
    )
    expect(rows).toEqual([{ answer_by: '2036-12-10', reason: 'La comisión sesiona después.' }])
  },
)
