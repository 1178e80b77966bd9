/** A person in the middle of a proposal during a deploy, and their next actions. */
import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { beginDraft, button, chooseAbout, heading, untilReadyOffline } from '../../e2e/steps'
import messages from '@/i18n/es-MX/pages.json'
import { frame, propuestas } from '../../e2e/words'

/**
 * `goes_on` continues without noticing. `updates` accepts the offered new version. `reloads` reloads the page.
 * `returns` closed the app and opens it again at the same address. `no_worker` has a browser without service
 * workers (a private window), so the phone holds nothing of the old version; opens a screen that was not loaded
 * before and goes back.
 */
export const HABITS = ['goes_on', 'updates', 'reloads', 'returns', 'no_worker'] as const
export type Habit = (typeof HABITS)[number]

export interface Fate {
  habit: Habit
  /** The whole draft was still on the screen after the deploy, or at least on the phone. */
  kept: boolean
  /** The reason why it could not be sent; null if it was sent. */
  trouble: string | null
  /** The app reported that a screen could not be shown. */
  broken: boolean
  /** Uncaught errors. */
  errors: string[]
}

const PATIENCE_MS = 30_000

export class Person {
  readonly body = `Propongo que cada acción tenga una persona responsable con nombre. (${randomUUID()})`
  private readonly errors: string[] = []
  private isBroken = false
  private context!: BrowserContext
  private page!: Page

  constructor(
    readonly habit: Habit,
    private readonly browser: Browser,
    private readonly origin: string,
  ) {}

  async open(): Promise<void> {
    this.context = await this.browser.newContext({
      viewport: { width: 360, height: 740 },
      locale: 'es-MX',
      timezoneId: 'America/Mexico_City',
      reducedMotion: 'reduce',
      serviceWorkers: this.habit === 'no_worker' ? 'block' : 'allow',
    })
    this.context.setDefaultTimeout(PATIENCE_MS)
    this.context.on('weberror', (found) => this.errors.push(String(found.error())))
    this.page = await this.context.newPage()
  }

  private get text() {
    return this.page.getByLabel(propuestas('step.texto.label'))
  }

  /** Writes a proposal up to its text, and waits until the draft is saved. */
  async write(slug: string): Promise<void> {
    await this.page.goto(`${this.origin}/`)
    if (this.habit !== 'no_worker') await untilReadyOffline(this.page)
    await this.page.goto(`${this.origin}/c/${slug}`)
    await beginDraft(this.page)
    await chooseAbout(this.page, {})
    await this.text.fill(this.body)
    await this.page.waitForTimeout(600) // longer than the delay of the autosave
  }

  private async update(): Promise<void> {
    await this.page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
    const loaded = this.page.waitForEvent('load')
    await button(this.page, frame('update.do')).click()
    await loaded
  }

  /** The person's actions after the deploy, before they continue. */
  async actAfterDeploy(): Promise<void> {
    const address = this.page.url()
    if (this.habit === 'updates') await this.update()
    if (this.habit === 'reloads') await this.page.reload()
    if (this.habit === 'no_worker') await this.openUnloadedScreen()
    if (this.habit === 'returns') {
      await this.page.close()
      this.page = await this.context.newPage()
      await this.page.goto(address)
    }
  }

  private async openUnloadedScreen(): Promise<void> {
    await this.page.locator('a[href="/mas"]').first().click()
    await this.arriveAt(messages['more.title'])
    await this.page.goBack()
  }

  private arrive(step: 'sobre-ti' | 'permisos' | 'revisa'): Promise<void> {
    return this.arriveAt(propuestas(`step.${step}.title`))
  }

  /** Waits for a screen. One that could not be shown is counted, and its «try again» is pressed once. */
  private async arriveAt(title: string): Promise<void> {
    const broken = this.page.getByText(frame('broken.title'))
    const wanted = heading(this.page, title)
    await wanted.or(broken).first().waitFor()
    if (await wanted.isVisible()) return
    this.isBroken = true
    await button(this.page, frame('broken.retry')).click()
    await wanted.waitFor()
  }

  /** Completes the form up to the screen that confirms the save. */
  private async finish(): Promise<void> {
    const goOn = () => button(this.page, propuestas('form.continue')).click()
    await goOn()
    await this.arrive('sobre-ti')
    await this.page.getByRole('radio', { name: propuestas('step.nombre.anonymous') }).check()
    await goOn()
    await this.arrive('permisos')
    await this.page.getByRole('checkbox').first().check()
    await goOn()
    await this.arrive('revisa')
    await button(this.page, propuestas('step.revisa.send')).click()
    await this.page.waitForURL(/\/guardado\//u)
    await this.page.getByText(propuestas('saved.title.received')).waitFor()
  }

  private isStored(): Promise<boolean> {
    const look = async (body: string) => {
      const database = await new Promise<IDBDatabase>((done, failed) => {
        const request = indexedDB.open('convoca')
        request.onsuccess = () => done(request.result)
        request.onerror = () => failed(request.error)
      })
      const request = database.transaction('drafts').objectStore('drafts').getAll()
      const drafts = await new Promise<unknown[]>((done) => (request.onsuccess = () => done(request.result)))
      return JSON.stringify(drafts).includes(body)
    }
    return this.page.evaluate(look, this.body).catch(() => false)
  }

  async end(): Promise<Fate> {
    const { habit, errors } = this
    let trouble: string | null = null
    await this.text.waitFor().catch(() => undefined)
    const kept = (await this.text.inputValue().catch(() => '')) === this.body || (await this.isStored())
    try {
      await this.finish()
    } catch (error) {
      trouble = `${(error as Error).message.split('\n')[0]} at ${this.page.url().replace(this.origin, '')}`
    }
    return { habit, kept, trouble, broken: this.isBroken, errors }
  }

  close(): Promise<void> {
    return this.context?.close().catch(() => undefined)
  }
}
