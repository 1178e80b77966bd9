/**
 * One of the eight common faults upon one contender in the browser: three things are saved, each changed up to
 * twice, while the fault lasts; then the weather is fair, and it is counted what became of what was promised.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import type { Page } from '@playwright/test'
import { newProfile, openPhone, type Phone } from '../../support/browser'
import type { Ask } from '../support/ask'
import { call, untilExposed } from '../support/drive'
import { faulty, seeded } from '../support/faults'
import { startFront, type Front } from '../support/front'
import { NONE, type Counts } from './judge'
import { findRecords, type Found } from './records'
import { weather, type Common } from './weather'

export interface Ground {
  pages: string
  database: pg.Pool
  ask: Ask
  /** The payload of our proposals. */
  common: unknown
}

export interface Outcome extends Counts {
  /** Taps after which the contender promised nothing. */
  unsaved: number
}

const RECORDS = 3
/** After this long in fair weather what has not gone is stuck. */
const PATIENCE_MS = 25_000

/** The others keep what they wrote in this tab's memory, or show nothing: what they do not show is not counted. */
export const READERS = ['ours', 'rxdb']

class Scenario {
  readonly promised = new Map<string, number>()
  readonly ids = Array.from({ length: RECORDS }, () => randomUUID() as string)
  private readonly profile = newProfile()
  private phone: Phone | null = null
  private tabs: Page[] = []
  private taps = 0
  private kept = 0

  constructor(
    private readonly ground: Ground,
    private readonly name: string,
    private readonly front: Front,
    private readonly random: () => number,
  ) {}

  private get context() {
    return this.phone!.context
  }

  /** The app in so many tabs, on this phone's own profile. */
  async open(count: number): Promise<void> {
    this.phone = await openPhone({ origin: this.front.origin, down: () => undefined }, this.profile)
    await this.context.exposeFunction('promised', (id: string, rev: number) => {
      this.kept += 1
      this.promised.set(id, Math.max(rev, this.promised.get(id) ?? 0))
    })
    this.tabs = [this.phone.page]
    while (this.tabs.length < count) this.tabs.push(await this.context.newPage())
    for (const page of this.tabs) {
      await page.goto(`${this.front.origin}/${this.name}/`)
      await untilExposed(page)
    }
  }

  async close(): Promise<void> {
    await this.phone?.close()
  }

  /** Saves without waiting for the promise, as a person goes on; each record belongs to one of the tabs. */
  async write(): Promise<void> {
    for (const rev of [1, 2, 3]) {
      for (const id of this.ids) {
        if (rev > 1 && (this.promised.get(id) ?? 0) < rev - 1) await wait(150)
        const page = this.tabs[this.ids.indexOf(id) % this.tabs.length]!
        this.taps += 1
        const isDone = call(page, 'save', id, rev, this.ground.common).catch(() => undefined)
        await Promise.race([isDone, wait(this.random() * 300)])
      }
    }
  }

  /** SIGKILL to the browser and all its processes, wherever they are; the person opens the app again. */
  async kill(): Promise<void> {
    await wait(this.random() * 400)
    await this.phone!.kill9()
    await this.open(1)
  }

  /** Signal comes back: pages hear `online`, and a worker that queues is woken, as the browser would. */
  private async signal(): Promise<void> {
    await this.context.setOffline(true)
    await this.context.setOffline(false)
    if (this.name.startsWith('workbox')) await this.wake()
  }

  private async wake(): Promise<void> {
    const session = await this.context.newCDPSession(this.tabs[0]!)
    const known = new Promise<string>((done) =>
      session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const mine = registrations.find(({ scopeURL }) => scopeURL.startsWith(this.front.origin))
        if (mine) done(mine.registrationId)
      }),
    )
    await session.send('ServiceWorker.enable')
    const registrationId = await Promise.race([known, wait(1000, '')])
    const event = { origin: this.front.origin, registrationId, tag: 'workbox-background-sync:records' }
    if (registrationId) await session.send('ServiceWorker.dispatchSyncEvent', { ...event, lastChance: false })
    await session.detach()
  }

  private find(): Promise<Map<string, Found>> {
    return findRecords(this.ground.database, this.name, this.ids)
  }

  private async pending(): Promise<string[]> {
    const all = await Promise.all(
      this.tabs.map((page) => call<string[]>(page, 'pending', Object.fromEntries(this.promised))),
    )
    return all.flat()
  }

  private isWhole(found: Map<string, Found>): boolean {
    return [...this.promised].every(([id, rev]) => found.get(id)!.rev === rev)
  }

  /** Until everything promised is there, or patience ends. */
  async settle(): Promise<void> {
    const end = Date.now() + PATIENCE_MS
    await this.signal()
    await wait(2_500) // what is late arrives meanwhile
    while (Date.now() < end && !this.isWhole(await this.find())) {
      await wait(500)
      if (this.name.startsWith('workbox')) await this.wake()
    }
  }

  /** Whether a tab shows something else, or nothing though its engine reads what the server has. */
  private isWrong(shown: number | undefined, stands: number): boolean {
    return shown === undefined ? READERS.includes(this.name) : shown !== stands
  }

  async count(): Promise<Outcome> {
    await Promise.all(this.tabs.map((page) => call(page, 'pull').catch(() => undefined)))
    const [found, pending] = [await this.find(), await this.pending()]
    const views = await Promise.all(this.tabs.map((tab) => call<Record<string, number>>(tab, 'view')))
    if (process.argv.includes('--tell')) {
      const promised = Object.fromEntries(this.promised)
      console.error(this.name, JSON.stringify({ promised, found: [...found], views, pending }))
    }
    const outcome: Outcome = { ...NONE, unsaved: Math.max(0, this.taps - this.kept) }
    for (const [id, rev] of this.promised) {
      const { effects, rows, rev: stands } = found.get(id)!
      const isDone = effects.some((one) => one >= rev)
      if (!isDone) outcome[pending.includes(id) ? 'stuck' : 'lost'] += 1
      else if (stands !== rev) outcome.divergent += 1
      else if (views.some((view) => this.isWrong(view[id], stands))) outcome.divergent += 1
      const again = effects.filter((one, at) => effects.indexOf(one) !== at).length
      outcome.duplicate += rows > 1 ? rows - 1 : again // a change of two rows is not two mistakes more
    }
    return outcome
  }
}

/** Plays one scenario in a browser of its own. */
export async function play(ground: Ground, name: string, fault: Common, seed: number): Promise<Outcome> {
  const random = seeded(seed)
  const { faultOf, mend } = weather(fault, random)
  const slow: Ask = (asked) => wait(fault === 'kill' ? 150 : 0).then(() => ground.ask(asked))
  const routes = [faulty('/rest/v1/', slow, faultOf)]
  const front = await startFront({ pages: ground.pages, routes })
  const scenario = new Scenario(ground, name, front, random)
  try {
    await scenario.open(fault === 'two_tabs' ? 2 : 1)
    await scenario.write()
    if (fault === 'kill') await scenario.kill()
    mend()
    await scenario.settle()
    return await scenario.count()
  } finally {
    await scenario.close()
    await front.close()
  }
}
