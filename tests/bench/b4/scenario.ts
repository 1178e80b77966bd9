/**
 * One of the eight common faults on one contender in the browser: three records are saved and changed up to
 * twice during the fault; then the fault ends, and the findings are counted.
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
import { planFaults, type Common } from './commonFaults'

export interface Ground {
  pages: string
  database: pg.Pool
  ask: Ask
  /** The payload of the app's proposals. */
  common: unknown
}

export interface Outcome extends Counts {
  /** Taps after which the contender did not report a save. */
  unsaved: number
}

const RECORDS = 3
/** An op that is unsent this long after the fault has ended is stuck. */
const PATIENCE_MS = 25_000

/**
 * Contenders that read from the server. The others show only what is in this tab's memory, or nothing, so a
 * missing record does not count for them.
 */
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

  /** Opens the app in this many tabs, on this phone's profile. */
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

  /** Saves without waiting for the result, as a person continues; each record belongs to one tab. */
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

  /** Sends SIGKILL to the browser and all its processes, and opens the app again. */
  async kill(): Promise<void> {
    await wait(this.random() * 400)
    await this.phone!.kill9()
    await this.open(1)
  }

  /** Restores the signal: pages receive `online`, and a worker with a queue is woken as the browser would. */
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

  /** Waits until everything saved is on the server, or the time is over. */
  async settle(): Promise<void> {
    const end = Date.now() + PATIENCE_MS
    await this.signal()
    await wait(2_500) // late requests arrive meanwhile
    while (Date.now() < end && !this.isWhole(await this.find())) {
      await wait(500)
      if (this.name.startsWith('workbox')) await this.wake()
    }
  }

  /** Whether a tab shows another state, or nothing although its engine reads from the server. */
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
      outcome.duplicate += rows > 1 ? rows - 1 : again // a change that hit two rows is not counted as two more duplicates
    }
    return outcome
  }
}

/** Plays one scenario in a browser of its own. */
export async function play(ground: Ground, name: string, fault: Common, seed: number): Promise<Outcome> {
  const random = seeded(seed)
  const { faultOf, mend } = planFaults(fault, random)
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
