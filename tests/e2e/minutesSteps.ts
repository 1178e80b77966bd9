/** Steps of the story of the jornadas as the minutes tell it: from the invitation of the bodies to the constancia. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { expect, type Page } from '@playwright/test'
import { lettersTo } from './inbox'
import { PATIENCE } from './patience'
import { confirmChange, untilChanged } from './rescheduleSteps'
import { button, heading, link } from './steps'
import { door, enter, liaisons, reschedule, seat, survey } from './words'

export interface Body {
  name: string
  liaison: string
}

/** A body of the first or second group, whose liaison has an address. */
export async function addBody(database: pg.Pool, series: string, group: 1 | 2): Promise<Body> {
  const mark = randomUUID().slice(0, 8)
  const [name, liaison] = [`Organismo de prueba ${mark}`, `enlace-${mark}@edomex.example`]
  await database.query(
    `with added as (insert into app.sujetos_obligados (name, class_key)
       select $1, k.class_key from app.group_classes k join app.jornada_groups g on g.id = k.group_id
       where g.convocatoria_id = $2 and g.position = $3 limit 1 returning id)
     insert into app.body_liaisons (body_id, name, email) select id, 'Luz Enlace', $4 from added`,
    [name, series, group, liaison],
  )
  return { name, liaison }
}

/** Gives the series a constancia for one day, and a survey of one question. */
export async function giveRules(database: pg.Pool, series: string): Promise<void> {
  await database.query(
    `insert into app.constancia_rules (convocatoria_id, rule) values ($1, 'day') on conflict do nothing`,
    [series],
  )
  const questions = [{ id: 'util', kind: 'scale', text: '¿Le sirvió la jornada?' }]
  await database.query(
    'insert into app.surveys (convocatoria_id, questions) values ($1, $2) on conflict do nothing',
    [series, JSON.stringify(questions)],
  )
}

/** Moves a day to this interval from now; it lasts two hours. */
export const moveDay = (database: pg.Pool, id: string, away: string) =>
  database.query(
    `update app.jornadas set on_day = app.local_day(d.at), starts_at = d.at, ends_at = d.at + interval '2 hours'
     from (select app.now() + $2::interval as at) d where id = $1`,
    [id, away],
  )

/** Writes to the liaisons of both groups, and waits for their letters. */
export async function inviteBodies(page: Page, origin: string, series: string, bodies: Body[]) {
  await page.goto(`${origin}/equipo/convocatorias/${series}/enlaces`)
  for (const _ of bodies) {
    await page
      .getByRole('button', { name: /^Invitar a \d+$/u })
      .first()
      .click()
    await page
      .getByRole('dialog')
      .filter({ visible: true })
      .getByRole('button', { name: liaisons('ask.yes') })
      .click()
    await page.getByText(liaisons('sent', { count: 1 })).waitFor()
    await page.reload()
  }
  for (const { liaison } of bodies)
    await expect.poll(async () => (await lettersTo(origin, liaison)).length, PATIENCE).toBe(1)
}

/** What the form of a day gets; without hours the day's date is to be confirmed. */
export async function announce(
  page: Page,
  origin: string,
  day: { id: string; title: string },
  hours: { on_day?: string; starts: string; ends: string } | null,
): Promise<void> {
  await page.goto(`${origin}/equipo/jornadas/${day.id}/cambiar`)
  await heading(page, day.title).waitFor()
  await link(page, reschedule('detail.change'))
    .or(link(page, reschedule('detail.again')))
    .first()
    .click()
  await heading(page, reschedule('form.title')).waitFor()
  await page.locator('#pending').setChecked(hours === null)
  if (hours?.on_day) await page.locator('#on_day').fill(hours.on_day)
  if (hours) {
    await page.locator('#starts_at').fill(hours.starts)
    await page.locator('#ends_at').fill(hours.ends)
  }
  await page.locator('#reason').fill('La sala estará en obras.')
  await confirmChange(page)
  await untilChanged(page)
}

/** Passes the only seat of the open status page to somebody else. */
export async function substitute(page: Page, name: string, email: string): Promise<void> {
  await page.getByText(seat('other.title')).click()
  await page.getByLabel(seat('other.name')).fill(name)
  await page.getByLabel(seat('other.post'), { exact: true }).fill('Analista')
  await page.getByLabel(seat('other.email')).fill(email)
  await page.getByLabel(seat('other.knows')).check()
  await button(page, seat('other.pass')).click()
  await page.getByText(seat('other.done', { name })).waitFor()
}

/** On the page «Registrar en la puerta»: registers somebody who came without a registration. */
export async function walkIn(page: Page, body: Body, name: string): Promise<void> {
  await page.getByRole('combobox').fill(body.name)
  await page.getByRole('option', { name: body.name }).first().click()
  await page.getByLabel(door('walkin.name'), { exact: true }).fill(name)
  await page.getByLabel(enter('notice_accepted')).check()
  await button(page, door('walkin.save')).click()
  await page.locator('[data-outcome]', { hasText: name }).waitFor()
}

/** From the status page through the survey of a day that is over. */
export async function answerSurvey(page: Page): Promise<void> {
  await link(page, survey('link')).click()
  await page.getByRole('radio', { name: survey('scale.5') }).check()
  await button(page, survey('send')).click()
  await page.getByText(survey('sent.title')).waitFor()
}
