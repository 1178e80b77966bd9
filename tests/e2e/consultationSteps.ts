/** The screens of `consultation.spec.ts`: phones of citizens, of a brigade, a desk with sheets of paper, and two analysts. */
import { expect, type Page } from '@playwright/test'
import type pg from 'pg'
import analysisMessages from '@/i18n/es-MX/propuestasAnalysis.json' with { type: 'json' }
import captureMessages from '@/i18n/es-MX/propuestasCaptures.json' with { type: 'json' }
import findingMessages from '@/i18n/es-MX/propuestasFindings.json' with { type: 'json' }
import mesaMessages from '@/i18n/es-MX/propuestasMesa.json' with { type: 'json' }
import resultMessages from '@/i18n/es-MX/propuestasResults.json' with { type: 'json' }
import logMessages from '@/i18n/es-MX/publicLog.json' with { type: 'json' }
import voiceMessages from '@/i18n/es-MX/propuestasVoice.json' with { type: 'json' }
import { translator } from '@/i18n/translator'
import { idOf } from '../../supabase/local/demo/phone'
import type { Phone } from '../support/browser'
import { type Consultation, INPUT, INPUT_TEXT } from './consultationActs'
import { SENT } from './consultationTexts'
import { PATIENCE } from './patience'
import { onlyRowWith } from './rows'
import {
  type Answers,
  answerAuthor,
  arrive,
  beginDraft,
  button,
  chooseAbout,
  goOn,
  openCampaign,
  send,
  untilReadyOffline,
  untilSavedHere,
  writeAndSend,
  pathOf,
} from './steps'
import { propuestas } from './words'

export const analysis = translator(analysisMessages)
export const captures = translator(captureMessages)
export const findings = translator(findingMessages)
export const log = translator(logMessages)
export const mesa = translator(mesaMessages)
export const results = translator(resultMessages)
export const voice = translator(voiceMessages)

/** Reads the input and writes without signal. Answers the path of the saved proposal. */
export async function writeWithoutSignal(
  phone: Phone,
  campaign: Consultation,
  answers: Answers,
): Promise<string> {
  const { page } = phone
  await phone.open()
  await untilReadyOffline(page)
  await phone.offline(true)
  await openCampaign(page, campaign)
  await page.getByRole('link', { name: INPUT }).click()
  await page.getByText(INPUT_TEXT).waitFor()
  await page.goBack()
  await arrive(page, campaign.heading)
  const { title: about } = campaign.parts.find(({ kind }) => kind === 'action')!
  await writeAndSend(page, { ...answers, about, helps: 'partly', publish: true })
  await untilSavedHere(page)
  return await pathOf(page)
}

/** Sends a recording instead of a text, and allows everything. */
export async function speak({ page, open }: Phone, { slug }: Consultation, file: string): Promise<void> {
  await open(`/c/${slug}`)
  await beginDraft(page)
  await chooseAbout(page, {})
  await arrive(page, propuestas('step.texto.title'))
  await page.locator('input[type=file][accept^="audio"]').setInputFiles(file)
  await page.getByText(voice('kept')).waitFor()
  await goOn(page)
  await answerAuthor(page, {})
  await arrive(page, propuestas('step.permisos.title'))
  for (const box of await page.getByRole('checkbox').all()) await box.check()
  await goOn(page)
  await arrive(page, propuestas('step.revisa.title'))
  await send(page)
}

async function fillCapture(page: Page, body: string): Promise<void> {
  await page.locator('#about').selectOption({ label: propuestas('part.missing') })
  await page.locator('#body').fill(body)
}
async function allow(page: Page): Promise<void> {
  for (const key of ['political_opinions', 'publish']) await page.locator(`#consent-${key}`).check()
}

/** Copies a sheet of paper at a desk. */
export async function copySheet(
  page: Page,
  origin: string,
  { id }: Consultation,
  body: string,
): Promise<void> {
  await page.goto(`${origin}/equipo/captura/${id}/papel`)
  await fillCapture(page, body)
  await allow(page)
  await button(page, captures('paper.save')).click()
  await page.getByText(captures('paper.saved', { count: 1 })).waitFor()
}

/** Captures somebody of an assembly without signal, who accepts on the promoter's phone. */
export async function captureInBrigade(
  { page, open, offline }: Phone,
  { id }: Consultation,
  body: string,
): Promise<void> {
  await open(`/equipo/captura/${id}/brigada`)
  await page.getByText(captures('brigade.ready')).waitFor()
  await offline(true)
  await button(page, captures('brigade.new')).click()
  await fillCapture(page, body)
  await button(page, captures('brigade.next')).click()
  await allow(page)
  await button(page, captures('consent.accept')).click()
  await button(page, captures('card.none')).click()
  await page.locator('#body').waitFor() // the next person
  await offline(false)
}

/** Waits until so many proposals came on this channel. */
export const untilReceived = (database: pg.Pool, { id }: Consultation, channel: string, count: number) =>
  expect
    .poll(async () => {
      const { rows } = await database.query<{ n: number }>(
        `select count(distinct s.id)::int as n from app.submissions s join app.consents c on c.submission_id = s.id
         where s.convocatoria_id = $1 and c.channel = $2`,
        [id, channel],
      )
      return rows[0]!.n
    }, PATIENCE)
    .toBe(count)

async function openBoard(page: Page, origin: string, { id }: Consultation): Promise<void> {
  await page.goto(`${origin}/equipo/hallazgos/${id}`)
  await page.locator('.findings-pick').first().waitFor()
}

/** Chooses these proposals by their ids and opens the dialog with the title of a new finding. */
async function prepareMove(page: Page, ids: readonly string[], title: string): Promise<void> {
  for (const id of ids) await page.locator(`#pick-${id}`).check()
  await page.getByRole('button', { name: findings('move') }).click()
  await page.getByLabel(findings('move.search')).fill(title)
  await page.getByRole('radio', { name: findings('move.new', { title }) }).check()
}
const confirmMove = (page: Page) =>
  page
    .getByRole('dialog')
    .getByRole('button', { name: findings('move.yes'), exact: true })
    .click()

/** The page on which a choice waits of the two that moved the same proposal. */
async function findStuck(pages: readonly Page[]): Promise<Page> {
  const isStuck = (page: Page) => page.getByText(findings('stuck.conflict')).isVisible()
  let stuck: Page | undefined
  await expect
    .poll(async () => {
      const seen = await Promise.all(pages.map(isStuck))
      stuck = pages[seen.indexOf(true)]
      return seen.filter(Boolean).length
    }, PATIENCE)
    .toBe(1)
  return stuck!
}

/** Merges the pair that has this folio in front of it. */
async function mergeTwins(page: Page, origin: string, { id }: Consultation, folio: string): Promise<void> {
  await page.goto(`${origin}/equipo/hallazgos/${id}/parecidas`)
  await button(page, findings('twins.keep', { folio })).first().click()
  await button(page, findings('undo')).waitFor()
}

/** Splits the only proposal of a finding that can be split. */
async function splitFirst(page: Page, title: string, ideas: readonly [string, string]): Promise<void> {
  await page.getByRole('link', { name: title }).first().click()
  await button(page, findings('split')).first().click()
  await page.locator('#split-first').fill(ideas[0])
  await page.locator('#split-second').fill(ideas[1])
  await page
    .getByRole('dialog')
    .getByRole('button', { name: findings('split.yes'), exact: true })
    .click()
  await page.getByText(findings('idea', { words: ideas[0] })).waitFor()
}

/** Both analysts move the same proposal and one of their own; then one merges twins while the other splits. */
export async function analyse(
  [one, two]: readonly [Page, Page],
  origin: string,
  database: pg.Pool,
  campaign: Consultation,
): Promise<void> {
  const pages = [one, two]
  const [shared, first, second] = [4, 5, 6].map((place) => idOf(SENT[place]!.key)) as [string, string, string]
  await Promise.all(pages.map((page) => openBoard(page, origin, campaign)))
  await prepareMove(one, [shared, first], 'Un buzón con plazos')
  await prepareMove(two, [shared, second], 'Datos que se puedan usar')
  await Promise.all(pages.map(confirmMove))
  const stuck = await findStuck(pages)
  await button(stuck, findings('stuck.keep_theirs')).click()
  await expect.poll(() => stuck.getByText(findings('stuck.conflict')).count(), PATIENCE).toBe(0)
  const other = stuck === one ? two : one
  const whole = other === one ? 'Un buzón con plazos' : 'Datos que se puedan usar'
  const kept = (await onlyRowWith(database, SENT[0]!.body)).folio
  await Promise.all([
    mergeTwins(stuck, origin, campaign, kept),
    splitFirst(other, whole, ['Un plazo para cada respuesta', 'Que el buzón se pueda usar sin internet']),
  ])
}
