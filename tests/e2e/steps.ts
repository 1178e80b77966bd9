/** Steps of a citizen through the app, by visible text and controls. Specs and `screens` share them. */
import type { Page } from '@playwright/test'
import type { Words } from '@/campaign/words'
import type { Phone } from '../support/browser'
import { folio, frame, propuestas } from './words'

export interface Author {
  name?: string
  sector?: string
  municipality?: string
  email?: string
  publish?: boolean
}

export interface Answers extends Author {
  body: string
  /** The title of the action or paragraph; «Lo que falta» by default. */
  about?: string
  helps?: 'yes' | 'partly' | 'no'
}

const FOLIO = /[A-Z]{2}-\d{4}-\d{6,}-\d/u

/** The page's own path, because the driver's `url()` is updated late. */
export const pathOf = (page: Page) => page.evaluate(() => location.pathname)

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
export const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })
export const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

/** Waits until the app says that it works without network. */
export const untilReadyOffline = (page: Page) => page.getByText(frame('ready.title')).first().waitFor()

/** Waits for that message and dismisses it. */
export async function untilQuiet(page: Page): Promise<void> {
  await untilReadyOffline(page)
  await button(page, frame('ready.dismiss')).click()
}

/** From the landing page to the page of a campaign, by the heading on its card. */
export async function openCampaign(page: Page, { heading: name }: { heading: string }): Promise<void> {
  await page.getByRole('link', { name }).first().click()
  await arrive(page, name)
}

export const goOn = (page: Page) => button(page, propuestas('form.continue')).click()
export const arrive = (page: Page, title: string) => heading(page, title).waitFor()

/** From the campaign's page through the notice to the first question of a new draft. */
export async function beginDraft(page: Page): Promise<void> {
  await button(page, propuestas('convocatoria.write')).click()
  await arrive(page, propuestas('step.aviso.title'))
  await button(page, propuestas('step.aviso.continue')).click()
  await arrive(page, propuestas('step.sobre.title'))
}

/** Answers the questions of the draft up to «Revisa tus respuestas». */
export async function answerAll(page: Page, answers: Answers): Promise<void> {
  await chooseAbout(page, answers)
  await arrive(page, propuestas('step.texto.title'))
  await page.getByLabel(propuestas('step.texto.label')).fill(answers.body)
  await goOn(page)
  await answerAuthor(page, answers)
  await arrive(page, propuestas('step.permisos.title'))
  await answerConsents(page, answers.publish ?? false)
  await goOn(page)
  await arrive(page, propuestas('step.revisa.title'))
}

/** Answers what the proposal is about, and whether that helps beside the text, which is the next question. */
export async function chooseAbout(page: Page, { about, helps }: Partial<Answers>): Promise<void> {
  await arrive(page, propuestas('step.sobre.title'))
  if (about) await page.getByLabel(propuestas('step.sobre.search')).fill(about)
  await page.getByRole('radio', { name: about ?? propuestas('part.missing') }).check()
  await goOn(page)
  if (!helps) return
  await arrive(page, propuestas('step.texto.title'))
  await page.getByRole('radio', { name: propuestas(`helps.${helps}`), exact: true }).check()
}

/** Answers the questions about the author, which every kind of campaign asks in its own words. */
export async function answerAuthor(
  page: Page,
  { name, sector, municipality, email }: Author,
  words: Words = propuestas,
): Promise<void> {
  await arrive(page, words('step.sobre-ti.title'))
  await page.getByRole('radio', { name: words(name ? 'step.nombre.named' : 'step.nombre.anonymous') }).check()
  if (name) await page.getByLabel(words('step.nombre.name')).fill(name)
  if (sector) await page.getByRole('radio', { name: sector }).check()
  if (municipality) await page.getByLabel(words('step.sobre-ti.municipality')).fill(municipality)
  if (email) await page.getByLabel(words('step.correo.label')).fill(email)
  await goOn(page)
}

async function answerConsents(page: Page, publish: boolean): Promise<void> {
  const boxes = page.getByRole('checkbox')
  await boxes.nth(0).check()
  if (publish) await boxes.nth(1).check()
}

/** From the campaign's page to a sent proposal. */
export async function writeAndSend(page: Page, answers: Answers): Promise<void> {
  await beginDraft(page)
  await answerAll(page, answers)
  await send(page)
}

/** Sends from «Revisa tus respuestas». Resolves once the screen says that it is saved. */
export async function send(page: Page, words: Words = propuestas): Promise<void> {
  await button(page, words('step.revisa.send')).click()
  await page.waitForURL(/\/guardado\//u)
}

/**
 * Sends one draft from all these tabs at once. A tab that learns of the other's sending before its own press says so in the
 * place of its button, and leads to the same submission.
 */
export async function sendTogether(pages: readonly Page[], words: Words = propuestas): Promise<void> {
  await Promise.all(
    pages.map(async (page) => {
      const seeSent = link(page, propuestas('form.see_sent'))
      const arrived = () => page.waitForURL(/\/guardado\//u)
      await button(page, words('step.revisa.send')).or(seeSent).click()
      // the other tab may have sent it while this one was tapped
      await Promise.race([arrived(), seeSent.click().then(arrived)])
    }),
  )
}

/** Waits for the folio on the screen. */
export async function untilFolio(page: Page, words: Words = propuestas): Promise<string> {
  await heading(page, words('saved.title.received')).waitFor()
  const shown = await page.getByText(FOLIO).first().textContent()
  return FOLIO.exec(shown ?? '')?.[0] ?? ''
}

/** Waits for the screen that says that the submission is on this phone and has not arrived. */
export async function untilSavedHere(page: Page, words: Words = propuestas): Promise<void> {
  await heading(page, words('saved.title.waiting')).waitFor()
  await page.getByText(propuestas('saved.waiting')).waitFor()
}

/** From a fresh phone to a proposal that was sent without signal. Answers the path of its screen. */
export async function writeOffline(
  phone: Phone,
  campaign: { heading: string },
  answers: Answers,
): Promise<string> {
  await phone.open()
  await untilReadyOffline(phone.page)
  await phone.offline(true)
  await openCampaign(phone.page, campaign)
  await writeAndSend(phone.page, answers)
  await untilSavedHere(phone.page)
  return await pathOf(phone.page)
}

/** Opens a private link and saves it on this phone. Resolves at the status page, whose title names the outcome. */
export async function keepByLink(page: Page, origin: string, { path }: { path: string }): Promise<void> {
  await page.goto(origin + path)
  await page.getByText(folio('open.found')).waitFor()
  await button(page, folio('open.save')).click()
  await page.waitForURL(/\/envios\/[^/]+$/u)
  await page.locator('[data-chip]').first().waitFor()
}

/** Unfolds «Lo que enviaste» on the status page. */
export const unfoldSent = (page: Page) => page.getByText(folio('sent.title'), { exact: true }).click()

/** Waits for a chip with this text. */
export const untilChip = (page: Page, words: string) =>
  page.locator('[data-chip]', { hasText: words }).first().waitFor()

/** Withdraws from the status page and confirms the dialog. `words` are those of its kind. */
export async function withdraw(page: Page, words: typeof folio = folio): Promise<void> {
  await button(page, words('withdraw.open')).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: folio('withdraw.confirm'), exact: true })
    .click()
}

/** The box of a formatted text, once its editor has loaded. */
export const editor = (page: Page, id: string) => page.locator(`#${id}[contenteditable]`)
