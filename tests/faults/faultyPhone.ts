/**
 * One process of a phone: the real engine on a disk of its own. `openPhone` loads this module anew for each
 * phone, so that each has its own database, clock and module state, as browsers have.
 */
import { vi } from 'vitest'
import { db, onDbTrouble, type OutboxOp } from '@/data/db'
import { saveItem } from '@/data/items'
import { getKept, startKeeping } from '@/data/staff/keptItems'
import { getDecidedItem } from '@/data/staff/savedOps'
import { SESSION_KEY } from '@/data/staff/session'
import { listSubmissions, type SubmissionView } from '@/data/submissions'
import { Fault } from '@/domain/fault'
import { kindOfOp } from '@/domain/kinds'
import type { StaffItem } from '@/domain/staffRows'
import '@/features/kinds'
import { stageMedia } from '@/media/store'
import type { Transport } from '@/media/tus'
import { runUploads } from '@/media/upload'
import { sendInBackground } from '@/sync/background'
import { discardOp, reopenRefused, retryRefused } from '@/sync/discard'
import { enqueue, type NewOp } from '@/sync/enqueue'
import { type AskStaff, isStaffAnswer, pullStaff } from '@/sync/staff/staffPull'
import { breakAfter, die, dieAfter, hasBroken, hasDied, makeMortal, revive } from '@/sync/testing/crash'
import { FakeLocks } from '@/sync/testing/fakeLocks'
import type { NetworkFault, Place, TestServer } from '@/sync/testing/fakeNetwork'
import { PhoneOf, silent, wipe } from '@/sync/testing/phone'

makeMortal()

export class FaultyPhone extends PhoneOf<TestServer> {
  readonly db = db
  readonly breakAfter = breakAfter
  readonly dieAfter = dieAfter
  /** How far this phone's calendar is ahead of the true time, in ms. */
  skew = 0
  private isCutOff = false

  constructor(server: TestServer, seed: number) {
    super(server, seed)
    this.network.onKill = die
  }

  /** Saves a submission and its private link, as «Enviar» does. */
  submit(op: NewOp & { secret: string }): Promise<string> {
    const kind = kindOfOp(op.kind)!.name
    return enqueue(op, () => this.keepLink(op.entity_id, op.secret, kind), silent)
  }

  /** Runs the work at the time that this phone's calendar shows. */
  async atItsTime<T>(work: () => Promise<T>): Promise<T> {
    if (this.skew === 0) return work()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + this.skew })
    try {
      return await work()
    } finally {
      vi.useRealTimers()
    }
  }

  /** Saves any other op. */
  ask(op: NewOp): Promise<string> {
    return enqueue(op, undefined, silent)
  }

  /** Saves a private link that was opened on this phone. */
  keepLink(id: string, secret: string, kind = 'propuestas'): Promise<void> {
    const created_at = new Date().toISOString()
    return saveItem({
      id,
      secret,
      kind,
      convocatoria_id: '',
      title: '',
      folio: null,
      created_at,
    })
  }

  views(): Promise<SubmissionView[]> {
    return listSubmissions()
  }

  /** Pulls the queue of a campaign for the signed-in user, as the desk does to review offline. */
  async followQueue(campaign: string): Promise<void> {
    const { token, user_id } = this.session!
    const session = { access_token: token, refresh_token: 'none', expires_at: 9e9, user: { id: user_id } }
    await db.auth.put({ key: SESSION_KEY, value: JSON.stringify(session) })
    await startKeeping(user_id)
    const ask: AskStaff = (pulls) =>
      this.network.rpc('pull_changes', { pulls }, { token, accepts: isStaffAnswer })
    await pullStaff(ask, user_id, [campaign])
  }

  /** The queue that the desk shows without signal. */
  async queue(): Promise<StaffItem[]> {
    return (await getKept(this.session!.user_id))?.items ?? []
  }

  /** The newest row that a verdict brought, which the desk shows in place of any pulled row. */
  decided(id: string): Promise<StaffItem | null> {
    return getDecidedItem(id, this.session!.user_id)
  }

  /** Runs cycles while time passes, until one succeeds and every remaining op needs a person. */
  override async settle(rounds = 40): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      this.clock += 6 * 60_000
      if ((await this.cycle()) === 'done' && !(await this.isWaiting())) return
    }
  }

  private async isWaiting(): Promise<boolean> {
    const heads = new Map<string, OutboxOp>()
    for (const op of await db.outbox.orderBy('seq').reverse().toArray()) {
      heads.set(`${op.actor ?? ''}:${op.entity_id}`, op)
    }
    const isPersons = ({ state }: OutboxOp) => state === 'needs_person' || state === 'blocked_auth'
    return ![...heads.values()].every(isPersons)
  }

  /** Runs work that may fail if the process was killed or its storage broken. Any other error is thrown. */
  private async sparing(work: Promise<unknown>): Promise<void> {
    await work.catch((error: unknown) => {
      if (!hasDied() && !hasBroken() && !this.isCutOff) throw error
    })
  }

  /** Runs one cycle. True if the process was killed or its storage failed on the way. */
  async run(plan: NetworkFault[] = []): Promise<boolean> {
    this.network.plan = [...plan]
    this.clock += 1_000
    await this.sparing(this.cycle())
    const wasCut = hasDied() || hasBroken()
    this.reboot()
    return wasCut
  }

  /** Starts a new process on the same disk; the locks and connections of the old one are gone. */
  reboot(): void {
    revive()
    this.network.plan = []
    this.network.pass()
    this.isCutOff = false
    Object.assign(this, { locks: new FakeLocks() })
  }

  /**
   * Freezes one tab during a call while another tab takes over; then the first wakes up and receives its
   * answer.
   */
  async freeze(fault: NetworkFault, place: Place, meanwhile?: () => Promise<void>): Promise<void> {
    const { held, release } = this.network.hold(place)
    this.network.plan = [fault]
    const frozen = this.sparing(this.cycle())
    await Promise.race([held, frozen])
    this.network.pass()
    await meanwhile?.()
    this.clock += 20_000
    await this.sparing(this.cycle())
    release()
    await frozen
    await this.locks.idle()
    this.reboot()
  }

  /** Sends as the service worker does when the browser wakes it. */
  sendInBackground(): Promise<void> {
    return this.sparing(sendInBackground(120_000, this.engine()))
  }

  /** Runs the uploader without network. Returns the methods of its requests. */
  async upload(): Promise<string[]> {
    const asked: string[] = []
    const transport: Transport = ({ method }) => {
      asked.push(method)
      throw new Fault('offline', true)
    }
    await runUploads({ ...this.engine(), transport, network: () => 'other', announce: silent })
    return asked
  }

  onTrouble = onDbTrouble
  seal = stageMedia
  resend = (id: string): Promise<string | null> => retryRefused(id, silent)
  reopen = reopenRefused
  discard = discardOp
  wipe = wipe

  /** The browser deletes all data of this site. */
  async evict(): Promise<void> {
    await db.delete()
    await db.open()
  }

  /** The browser loses its connection to the storage without telling the app. */
  loseConnection(): void {
    this.isCutOff = true
    db.backendDB().close()
  }
}
