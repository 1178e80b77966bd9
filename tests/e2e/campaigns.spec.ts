import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { type Stage, test } from './stage'
import { untilKept } from './phoneSteps'
import { makeMember, type Member, signIn } from './staffSteps'
import { button, heading, link } from './steps'
import { campaigns, people, propuestasStaff, staff } from './words'

let coordinator: Member

test.beforeAll(async ({ database }) => {
  coordinator = await makeMember(database, 'Carla Coordina', 'coordinator')
})

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
/** A day as the screens write it: «viernes 12 de noviembre de 2021». */
const spell = (day: string) =>
  new Intl.DateTimeFormat('es-MX', { dateStyle: 'full', timeZone: 'UTC' })
    .format(new Date(day))
    .replace(',', '')
const fill = (page: Page, key: Parameters<typeof campaigns>[0], text: string) =>
  page.getByLabel(campaigns(key)).fill(text)
const goOn = (page: Page) => button(page, campaigns('edit.continue')).click()
const rowOf = async (stage: Stage, slug: string) =>
  (
    await stage.database.query<{
      id: string
      published: boolean
      version: number
      title: string
      answer_by: string
    }>('select id, published, version, title, answer_by::text from app.convocatorias where slug = $1', [slug])
  ).rows[0]

async function openList(stage: Stage, page: Page): Promise<void> {
  await signIn(page, stage.network.origin, coordinator)
  await link(page, people('nav.campaigns')).click()
  await heading(page, campaigns('list.title')).waitFor()
}

/** Writes a new convocatoria up to its review. Returns the id of the chosen notice. */
async function write(page: Page, title: string, slug: string): Promise<string> {
  await link(page, campaigns('list.new')).click()
  await heading(page, campaigns('step.textos')).waitFor()
  await page.getByRole('radio', { name: propuestasStaff('campaign') }).check()
  await page.locator('#title').fill(title)
  await page.locator('#slug').fill(slug)
  await page.locator('#summary').fill('Un resumen.')
  await page.locator('#question').fill('¿Qué falta en esta prueba?')
  await page.locator('#who_decides').fill('Una comisión.')
  await page.locator('#what_happens_next').fill('Te respondemos.')
  await goOn(page)
  await heading(page, campaigns('step.fechas')).waitFor()
  await fill(page, 'field.opens_at', day(-1))
  await fill(page, 'field.closes_at', day(8))
  await fill(page, 'field.answer_by', day(7))
  await goOn(page)
  await page
    .getByRole('alert')
    .filter({ has: page.getByRole('link') })
    .waitFor() // answers before closing
  await fill(page, 'field.answer_by', day(20))
  await goOn(page)
  await heading(page, campaigns('step.calendario')).waitFor()
  await button(page, campaigns('milestone.add')).click()
  await page.locator('#milestone-0').fill('Recepción')
  await goOn(page)
  await heading(page, campaigns('step.aviso')).waitFor()
  const [notice] = await page.getByLabel(campaigns('notice.choose')).selectOption({ index: 1 })
  await goOn(page)
  await heading(page, campaigns('step.revisar')).waitFor()
  return notice!
}

test('a coordinator writes a convocatoria that survives a reload, saves and publishes it, and anybody can read it', async ({
  stage,
}) => {
  const slug = `prueba-${randomUUID().slice(0, 8)}`
  const title = `Consulta ${slug}`
  const { page, errors } = await stage.phone()
  await openList(stage, page)
  const notice = await write(page, title, slug)
  await untilKept(page, 'meta', slug, notice)
  await page.reload()
  await page.getByRole('heading', { name: title }).waitFor()
  expect(await rowOf(stage, slug)).toBeUndefined()
  await button(page, campaigns('review.save')).click()
  await page.getByText(campaigns('review.saved')).waitFor()
  expect(await rowOf(stage, slug)).toMatchObject({ published: false, version: 1, title })
  await button(page, campaigns('review.publish')).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: campaigns('review.publish'), exact: true })
    .click()
  await page.getByText(campaigns('review.published')).waitFor()
  expect(await rowOf(stage, slug)).toMatchObject({ published: true, version: 2 })
  const citizen = await stage.phone()
  await citizen.open(`/c/${slug}`)
  await heading(citizen.page, title).waitFor()
  expect(errors).toEqual([])
})

/** Waits for their title and my day, each with its old and new value. */
async function seesBoth(page: Page): Promise<void> {
  const part = (name: string) => page.getByRole('region', { name })
  await part(staff('both.theirs')).getByText('De otra persona').waitFor()
  await part(staff('both.mine'))
    .getByText(spell(day(30)))
    .waitFor()
  expect(await part(staff('both.mine')).getByRole('listitem').count()).toBe(1)
}

test('a coordinator who keeps the other’s version gets it in the form, and the own changes are deleted', async ({
  stage,
}) => {
  const slug = `prueba-${randomUUID().slice(0, 8)}`
  const { page } = await stage.phone()
  await openList(stage, page)
  await write(page, `Consulta ${slug}`, slug)
  await button(page, campaigns('review.save')).click()
  await page.getByText(campaigns('review.saved')).waitFor()
  const { id } = (await rowOf(stage, slug))!
  await page.goto(`${stage.network.origin}/equipo/campanas/${id}?paso=textos`)
  await page.locator('#title').fill('La mía')
  await stage.database.query(
    `update app.convocatorias set version = version + 1, title = 'De otra persona' where id = $1`,
    [id],
  )
  await button(page, campaigns('edit.to_review')).click()
  await button(page, campaigns('review.save')).click()
  await page.getByText('La mía').last().waitFor()
  await button(page, staff('both.keep_theirs')).click()
  await page.getByText('De otra persona').first().waitFor()
  await page.reload()
  await page.getByText('De otra persona').first().waitFor()
  expect(await page.getByText('La mía').count()).toBe(0)
  expect(await rowOf(stage, slug)).toMatchObject({ version: 2, title: 'De otra persona' })
})

test('a coordinator who saves second sees both changes and keeps the other’s unrelated ones, and a change that takes something away needs a reason', async ({
  stage,
}) => {
  const slug = `prueba-${randomUUID().slice(0, 8)}`
  const { page } = await stage.phone()
  await openList(stage, page)
  await write(page, `Consulta ${slug}`, slug)
  await button(page, campaigns('review.save')).click()
  await page.getByText(campaigns('review.saved')).waitFor()
  const { id } = (await rowOf(stage, slug))!
  await stage.database.query(
    'update app.convocatorias set version = version + 1, published = true where id = $1',
    [id],
  )
  await page.goto(`${stage.network.origin}/equipo/campanas/${id}?paso=fechas`)
  await heading(page, campaigns('step.fechas')).waitFor()
  await fill(page, 'field.answer_by', day(30))
  await button(page, campaigns('edit.to_review')).click()
  await heading(page, campaigns('step.revisar')).waitFor()
  await page.getByText(campaigns('edit.kept')).waitFor()
  await button(page, campaigns('review.save_public')).click()
  await page
    .getByRole('alert')
    .filter({ has: page.getByRole('link') })
    .waitFor()
  await page.locator('#reason').fill('La comisión sesiona después.')
  await stage.database.query(
    `update app.convocatorias set version = version + 1, title = 'De otra persona' where id = $1`,
    [id],
  )
  await button(page, campaigns('review.save_public')).click()
  await page.getByText(campaigns('conflict.title')).waitFor()
  await seesBoth(page)
  await page.reload() // the draft is kept with its base version, so the conflict shows before anything is sent again
  await page.getByText(campaigns('conflict.title')).waitFor()
  await seesBoth(page)
  expect(await button(page, campaigns('review.save_public')).count()).toBe(0)
  await button(page, staff('both.keep_mine')).click()
  await page.getByText(campaigns('conflict.title')).waitFor({ state: 'detached' })
  await button(page, campaigns('review.save_public')).click()
  await page.getByText(campaigns('review.saved_public')).waitFor()
  expect(await rowOf(stage, slug)).toMatchObject({ title: 'De otra persona', answer_by: day(30) })
  const { rows } = await stage.database.query<{ reason: string | null }>(
    'select reason from app.convocatoria_events where convocatoria_id = $1 order by seq desc limit 1',
    [id],
  )
  expect(rows[0]?.reason).toBe('La comisión sesiona después.')
})
