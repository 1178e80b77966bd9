/** Steps of a public servant who registers for jornadas. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { headingOf } from '@/domain/campaignHeading'
import type { Page } from '@playwright/test'
import { button, heading } from './steps'
import { jornadas } from './words'

export interface Series {
  id: string
  slug: string
  title: string
  heading: string
}

/** A day that only one spec uses. */
export interface Day {
  id: string
  title: string
  /** `YYYY-MM-DD` in central Mexico. */
  on_day: string
}

export interface Registrant {
  body: string
  days: readonly Day[]
  name: string
  email: string
  need?: string
}

/** The series that accepts registrations now. */
export async function readSeries(database: pg.Pool): Promise<Series> {
  const { rows } = await database.query<Omit<Series, 'heading'> & { question: string }>(
    `select id, slug, title, question from app.convocatorias
     where kind = 'jornadas' and published and now() between opens_at and closes_at`,
  )
  if (!rows[0]) throw new Error('the seed has no open series')
  return { ...rows[0], heading: headingOf(rows[0]) }
}

/** Adds a day to the second group (which includes the ayuntamientos), three weeks from now. */
export async function addDay(database: pg.Pool, capacity: number): Promise<Day> {
  const title = `Jornada ${randomUUID().slice(0, 8)}`
  const { rows } = await database.query<{ id: string; on_day: string }>(
    `insert into app.jornadas (convocatoria_id, group_id, position, title, speaker, on_day, starts_at, ends_at,
       place, modality, capacity, sample)
     select g.convocatoria_id, g.id, (select max(position) + 1 from app.jornadas where group_id = g.id), $1,
       'Ponente de prueba', d.day, (d.day + time '10:00') at time zone 'America/Mexico_City',
       (d.day + time '12:00') at time zone 'America/Mexico_City', 'Auditorio de prueba', 'presencial', $2, true
     from app.jornada_groups g join app.convocatorias c on c.id = g.convocatoria_id,
       lateral (select (now() at time zone 'America/Mexico_City')::date + 21 as day) d
     where c.kind = 'jornadas' and c.published and now() between c.opens_at and c.closes_at and g.position = 2
     returning id, on_day::text`,
    [title, capacity],
  )
  return { ...rows[0]!, title }
}

/** A person who has not registered before. */
export const somebody = (days: readonly Day[], body = 'Ayuntamiento de Metepec'): Registrant => ({
  body,
  days,
  name: 'Irma Inscrita',
  email: `${randomUUID()}@ejemplo.mx`,
})

const goOn = (page: Page) => button(page, jornadas('form.continue')).click()

/** Shows the days of the second group, which has the days of `addDay`, on the page of the series. */
export const showSecondGroup = (page: Page) => page.getByRole('tab').nth(1).click()

/** From the page of the series to «Revise sus respuestas». */
export async function fillRegistration(page: Page, who: Registrant): Promise<void> {
  await button(page, jornadas('convocatoria.write')).click()
  await heading(page, jornadas('step.aviso.title')).waitFor()
  await button(page, jornadas('step.aviso.continue')).click()
  await page.getByRole('combobox').fill(who.body)
  await page.getByRole('option', { name: who.body }).first().click()
  await page.getByText(who.body, { exact: true }).waitFor()
  await goOn(page)
  await heading(page, jornadas('step.dias.title')).waitFor()
  for (const { title } of who.days) await page.getByRole('checkbox', { name: title }).check()
  await goOn(page)
  await page.getByLabel(jornadas('step.persona.name'), { exact: true }).fill(who.name)
  await page.getByLabel(jornadas('step.persona.post'), { exact: true }).fill('Titular de transparencia')
  await page.getByLabel(jornadas('step.persona.email'), { exact: true }).fill(who.email)
  if (who.need) {
    await page.getByRole('checkbox', { name: jornadas('step.persona.needs') }).check()
    await page.getByLabel(jornadas('step.persona.need'), { exact: true }).fill(who.need)
  }
  await goOn(page)
  if (who.need) {
    await heading(page, jornadas('step.permisos.title')).waitFor()
    await page.getByRole('checkbox').check()
    await goOn(page)
  }
  await heading(page, jornadas('step.revisa.title')).waitFor()
}

export async function sendRegistration(page: Page): Promise<void> {
  await button(page, jornadas('step.revisa.send')).click()
  await page.waitForURL(/\/guardado\//u)
}

/** From the page of the series to a registration that this phone has saved. */
export async function register(page: Page, who: Registrant): Promise<void> {
  await fillRegistration(page, who)
  await sendRegistration(page)
}

/** Waits for the screen that says that the registration is on this phone and has no seat yet. */
export async function untilSeatless(page: Page): Promise<void> {
  await heading(page, jornadas('saved.title.waiting')).waitFor()
  await page.getByText(jornadas('saved.waiting')).waitFor()
}

/** From the screen that confirms the arrival to the status page. */
export async function openSeats(page: Page): Promise<void> {
  await heading(page, jornadas('saved.title.received')).waitFor()
  await page.getByRole('link', { name: jornadas('saved.next.open') }).click()
  await page.waitForURL(/\/envios\/[^/]+$/u)
}

/** How the words of a seat begin that is held until its person is confirmed. */
export const HELD = jornadas('seat.held', { until: '|' }).split('|')[0]!

/** Waits for the state of the seat in the day's own box, because the chip above may show the same text. */
export const untilSeat = (page: Page, words: string) =>
  page.locator('strong', { hasText: words }).first().waitFor()
