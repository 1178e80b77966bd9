/** One upload: its phone, its link, and the time in which the link could have carried it. */
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { newProfile, openPhone, type Phone } from '../../support/browser'
import { call, untilExposed } from '../support/drive'
import { watchHeap, type HeapWatch } from '../support/heap'
import type { Link } from '../support/link'
import type { Submission } from './submission'

export class Journey {
  readonly mediaId = randomUUID()
  readonly submissionId = randomUUID()
  cuts = 0
  kills = 0
  /** How often the person had to choose the file or press the button again. */
  person = 0
  heapGrowth = 0
  /** Since the upload was requested. Outages are excluded; the app's start after a kill is included. */
  private linkUpMs = 0
  private readonly profile = newProfile()
  private phone: Phone | null = null
  private heap: HeapWatch | null = null
  private upSince: number | null = null

  constructor(
    private readonly name: string,
    private readonly file: string,
    private readonly link: Link,
  ) {}

  /** Seconds in which the link was up. */
  get linkUpS(): number {
    const now = this.upSince === null ? 0 : performance.now() - this.upSince
    return (this.linkUpMs + now) / 1000
  }

  private count(on: boolean): void {
    this.linkUpMs = this.linkUpS * 1000
    this.upSince = on ? performance.now() : null
  }

  private get page() {
    return this.phone!.page
  }

  async open(): Promise<void> {
    const origin = `http://127.0.0.1:${this.link.port}`
    this.phone = await openPhone({ origin, down: () => undefined }, this.profile)
    await this.phone.open(`/${this.name}/`)
    await untilExposed(this.page)
    const session = await this.phone.context.newCDPSession(this.page)
    this.heap = await watchHeap(session, { everyMs: 2000, collect: true })
  }

  async choose(): Promise<void> {
    await this.page.setInputFiles('#file', this.file)
  }

  /** Prepares the upload as the contender needs; the clock starts with «Enviar». */
  async send(common: Submission, onStart: () => void): Promise<void> {
    await call(this.page, 'prepare', this.mediaId, this.submissionId)
    this.link.reset()
    onStart()
    this.count(true)
    await call(this.page, 'start', this.mediaId, this.submissionId, common)
  }

  async cut(outageS: number): Promise<void> {
    this.cuts += 1
    this.count(false)
    this.link.down()
    await wait(outageS * 1000)
    this.link.up()
    this.count(true)
  }

  private async lookAtHeap(): Promise<void> {
    this.heapGrowth = Math.max(this.heapGrowth, await this.heap!.end())
  }

  /**
   * Kills the browser together with the bytes in its modem, and opens the app again. A contender that stores no
   * bytes needs the person to choose the file again.
   */
  async kill(): Promise<void> {
    this.kills += 1
    await this.lookAtHeap()
    this.link.down()
    await this.phone!.kill9()
    this.link.up()
    await this.open()
    if (this.name === 'ours') return
    this.person += 1
    await this.choose()
    await call(this.page, 'start', this.mediaId)
  }

  /** True at the end. A failed upload is started again by the person. */
  async isDone(): Promise<boolean> {
    const state = await call<string>(this.page, 'state', this.mediaId)
    if (state === 'error') {
      this.person += 1
      await call(this.page, 'again')
    }
    return state === 'done'
  }

  async end(): Promise<void> {
    this.count(false)
    await this.lookAtHeap()
  }

  async close(): Promise<void> {
    this.heap?.stop()
    await this.phone?.close().catch(() => undefined)
  }
}
