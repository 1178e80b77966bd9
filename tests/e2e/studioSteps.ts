/** Steps of a coordinator who writes the campaigns of the minutes of 28 October 2021 in the studio, each step counted. */
import type { Page } from '@playwright/test'
import { localDay } from '@/domain/centralTime'
import type { Keystrokes } from './keystrokes'
import { button, editor, heading, link } from './steps'
import {
  campaigns,
  jornadasStaff,
  jornadasStudio,
  people,
  propuestasStaff,
  propuestasStudio,
  videosStaff,
  videosStudio,
} from './words'

export interface Desk {
  page: Page
  keys: Keystrokes
}

/** A day counted from today in central Mexico, `YYYY-MM-DD`. */
export const dayFromNow = (offset: number) =>
  localDay(new Date(Date.now() + offset * 86_400_000).toISOString())

const COMMISSION = 'La Comisión de Gobierno Abierto y Transparencia Proactiva'
const LEGAL = 'los artículos 36 y 45 de su ley, y 12 de su reglamento'
const HOST = 'Una empresa con centro de datos en México aloja el sistema por encargo del instituto'

const STRATEGY = `# Cultura de apertura

**Formar a las personas servidoras públicas.** Cursos en línea y talleres para quienes atienden al público.

Se cuenta quién termina y qué aplica después.

**Abrir la agenda.** Publicar cada semana las reuniones de quienes deciden.
`
const SPEAKERS = [
  'Comisionado José Martínez Vilchis',
  'Comisionada María del Rosario Mejía Ayala',
  'Comisionada Sharon C. Morales Martínez',
  'Comisionado Luis Gustavo Parra Noriega',
  'Comisionada Guadalupe Ramírez Peña',
]

const saved = (page: Page) => page.locator('.studio-saved-saved').waitFor()

/** From any page of the desk to a new campaign from the template of its kind. */
async function begin({ page, keys }: Desk, kind: string): Promise<void> {
  await keys.tap(link(page, people('nav.campaigns')))
  await keys.tap(link(page, campaigns('list.new')))
  await heading(page, campaigns('new.title')).waitFor()
  await keys.tap(page.getByRole('radio', { name: kind }))
  await keys.tap(button(page, campaigns('new.create')))
  await page.locator('#title').waitFor()
}

const openSection = ({ page, keys }: Desk, title: string) =>
  keys.tap(page.getByRole('button', { name: new RegExp(title, 'u') }).first())

async function writeDates({ page, keys }: Desk, dates: Readonly<Record<string, number>>): Promise<void> {
  await openSection({ page, keys }, campaigns('section.fechas'))
  for (const [field, offset] of Object.entries(dates))
    await keys.type(page.locator(`#${field}`), dayFromNow(offset))
}

/** The notice of the template, its marks replaced. How long data are kept stands in it already, as the institution says. */
async function writeNotice({ page, keys }: Desk): Promise<void> {
  await openSection({ page, keys }, campaigns('section.aviso'))
  await keys.tap(button(page, campaigns('notice.template')))
  await keys.fillMarks(page.locator('#full-4-text'), [LEGAL])
  await keys.fillMarks(page.locator('#full-5-text'), [HOST])
}

/** Publishes, and comes back to the campaigns. */
async function publish({ page, keys }: Desk): Promise<void> {
  await openSection({ page, keys }, campaigns('section.publicar'))
  await saved(page)
  await keys.tap(button(page, campaigns('publish.now')))
  await keys.tap(
    page.getByRole('dialog').getByRole('button', { name: campaigns('publish.now'), exact: true }),
  )
  await page.getByText(campaigns('publish.done_now')).waitFor()
  await keys.tap(link(page, campaigns('list.title')).first())
}

export async function writeVideos(desk: Desk): Promise<void> {
  const { page, keys } = desk
  await begin(desk, videosStaff('campaign'))
  await keys.fillMarks(editor(page, 'who_decides'), [COMMISSION])
  await writeDates(desk, { opens_at: 0, closes_at: 30, answer_by: 45 })
  await openSection(desk, videosStudio('video.title'))
  await keys.type(page.locator('#licence_until'), dayFromNow(900))
  await keys.type(page.locator('#selection_on'), dayFromNow(44))
  await writeNotice(desk)
  await publish(desk)
}

export async function writeConsultation(desk: Desk): Promise<void> {
  const { page, keys } = desk
  await begin(desk, propuestasStaff('campaign'))
  await keys.fillMarks(page.locator('#title'), ['la promoción de la Cultura de Gobierno Abierto'])
  await keys.fillMarks(editor(page, 'who_decides'), [COMMISSION])
  await writeDates(desk, { opens_at: 0, closes_at: 9, inputs_on: 0, results_on: 14, answer_by: 20 })
  for (const [place, offset] of [0, 0, 14, 23].entries())
    await keys.type(page.locator(`#milestone-${place}-on`), dayFromNow(offset))
  await openSection(desk, propuestasStudio('strategy.title'))
  await keys.tap(button(page, propuestasStudio('do.paste')))
  await keys.paste(page.locator('#strategy-paste'), STRATEGY)
  await keys.tap(button(page, propuestasStudio('paste.use')))
  for (const area of ['Capacitación', 'Secretaría Técnica']) {
    await keys.tap(button(page, propuestasStudio('row.choose_area')).first())
    await keys.type(page.locator('input[id$="-answered_by"]'), area)
    await keys.tap(button(page, propuestasStudio('do.close')))
  }
  await openSection(desk, propuestasStudio('insumos.title'))
  await keys.tap(button(page, propuestasStudio('insumos.add')))
  const insumo = (end: string) => page.locator(`:is(input, textarea)[id^="insumo-"][id$="${end}"]`)
  await keys.paste(insumo('-title'), 'Lineamientos de transparencia proactiva')
  await keys.paste(insumo('-summary'), 'Qué información conviene publicar y cómo se decide.')
  await keys.paste(page.getByLabel(propuestasStudio('body.page'), { exact: true }), 'Uno.\n\nDos.')
  await writeNotice(desk)
  await publish(desk)
}

/** Both groups with the five days and speakers of the minutes, thirty days later than today. */
export async function writeJornadas(desk: Desk): Promise<void> {
  const { page, keys } = desk
  await begin(desk, jornadasStaff('campaign'))
  await writeDates(desk, { opens_at: 0, closes_at: 29, answer_by: 30 })
  await openSection(desk, jornadasStudio('days.title'))
  const lines = page.locator('.day-open')
  for (const [place, offset] of [0, 5, 8, 12, 18, 91, 96, 98, 103, 105].entries()) {
    await keys.tap(lines.nth(place))
    await keys.paste(page.locator(':is(input, select)[id^="day-"][id$="-speaker"]'), SPEAKERS[place % 5]!)
    await keys.type(page.locator(':is(input, select)[id^="day-"][id$="-on"]'), dayFromNow(30 + offset))
    if (place % 5 === 0) await writeFirstDay(desk)
  }
  for (const place of [0, 5]) {
    await keys.tap(lines.nth(place))
    await keys.tap(button(page, jornadasStudio('day.share')))
  }
  await writeNotice(desk)
  await publish(desk)
}

/** What all days of a group share, in the day that is open. */
async function writeFirstDay({ page, keys }: Desk): Promise<void> {
  const field = (name: string) => page.locator(`:is(input, select)[id^="day-"][id$="-${name}"]`)
  await keys.type(field('starts'), '13:30')
  await keys.type(field('ends'), '15:00')
  await keys.choose(field('modality'), 'presencial')
  await keys.type(field('capacity'), '120')
  await keys.paste(field('place'), 'Auditorio del instituto')
}
