/**
 * One seed: the actions of a person on a phone, with faults of network, process, clock, storage and server.
 * Engine and database are the app's; the server is the real one.
 */
import { randomUUID } from 'node:crypto'
import { db } from '@/data/db'
import { runCycle, type Engine, type Outcome } from '@/sync/engine'
import { die, dieAfter, hasDied, revive } from '@/sync/testing/crash'
import { FakeLocks } from '@/sync/testing/fakeLocks'
import { untilNobodyWrites } from '../../support/watermark'
import { Author, type World } from './author'
import { stuckOps } from './judge'
import { Network, NETWORK_FAULTS, type NetworkFault } from './network'
import type { SharedWriter } from './writer'

const ALL = { hurry: 'no', reach: 'all' } as const

export class Simulation {
  readonly network: Network
  readonly author: Author
  clock = Date.now()
  private locks = new FakeLocks()

  constructor(
    private readonly world: World,
    private readonly writer: SharedWriter,
    private readonly random: () => number,
  ) {
    this.network = new Network(world.origin, world.owner)
    this.network.onKill = die
    this.author = new Author(world, this.network, random)
  }

  private below(count: number): number {
    return Math.floor(this.random() * count)
  }

  private plan(): NetworkFault[] {
    return Array.from({ length: this.below(5) }, () => NETWORK_FAULTS[this.below(NETWORK_FAULTS.length)]!)
  }

  private engine(): Engine {
    return {
      rpc: this.network.rpc,
      now: () => this.clock,
      random: this.random,
      readToken: () => Promise.resolve(null),
      breathe: () => Promise.resolve(),
      locks: this.locks,
      every: () => () => {},
      patienceMs: 5,
    }
  }

  async step(): Promise<void> {
    const steps: [weight: number, run: () => Promise<unknown>][] = [
      [4, () => this.author.submit()],
      [3, () => this.author.later()],
      [5, () => this.cycle(this.plan())],
      [4, () => this.crash(this.below(60))],
      [2, () => this.freeze()],
      [1, () => this.twoTabs()],
      [1, () => this.fullDisk()],
      [1, () => this.moderate()],
      [1, () => this.writer.begin()],
      [1, () => this.writer.commit()],
      [1, () => this.writer.remove()],
      [0.3, () => this.world.owner.query('select app.begin_epoch()')],
      [1, async () => (this.clock += this.below(600_000))],
      [1, async () => (this.clock += (this.below(2) * 2 - 1) * this.below(2 * 86_400_000))],
      [0.1, () => this.lockedRow()],
    ]
    let left = this.random() * steps.reduce((sum, [weight]) => sum + weight, 0)
    for (const [weight, run] of steps) {
      left -= weight
      if (left < 0) return void (await run())
    }
  }

  private run(): Promise<Outcome> {
    return runCycle(this.engine(), ALL)
  }

  /** Runs one cycle. True if the process was killed on the way, and its locks with it. */
  private async cycle(plan: NetworkFault[]): Promise<boolean> {
    this.network.plan = plan
    this.clock += 1_000
    await this.run().catch((error: unknown) => {
      if (!hasDied()) throw error
    })
    const wasKilled = hasDied()
    this.reboot()
    return wasKilled
  }

  private crash(after: number): Promise<boolean> {
    dieAfter(after)
    return this.cycle(this.plan())
  }

  private reboot(): void {
    revive()
    this.network.plan = []
    this.locks = new FakeLocks()
  }

  /**
   * Freezes one tab during a request while another tab takes over; then the first wakes up and receives its
   * answer.
   */
  private async freeze(): Promise<void> {
    const { held, release } = this.network.hold()
    this.network.plan = [(['ok', 'lost', 'answer_lost', '500'] as const)[this.below(4)]!]
    const frozen = this.run()
    await held
    this.network.pass()
    this.clock += 20_000
    await this.run()
    release()
    await frozen
    await this.locks.idle()
  }

  /** Two tabs send at the same instant. */
  private async twoTabs(): Promise<void> {
    this.network.plan = (['answer_lost', 'ok', 'twice'] as const).slice(0, this.below(4))
    await Promise.all([this.run(), this.run()])
    await this.locks.idle()
    this.network.plan = []
  }

  /** Saves on a full disk, and expects that nothing is reported as saved or kept in part. */
  private async fullDisk(): Promise<void> {
    const before = await db.outbox.count()
    const { add } = db.outbox
    db.outbox.add = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    const entities = this.author.entities.length
    const wasKept = await this.author.submit().then(
      () => true,
      () => false,
    )
    db.outbox.add = add
    if (wasKept || (await db.outbox.count()) !== before || this.author.entities.length !== entities) {
      throw new Error('something was kept on a full disk')
    }
  }

  /** Raises a submission's version as staff do, while its author may have ops in the queue. */
  private async moderate(): Promise<void> {
    const entity = this.author.entities[this.below(this.author.entities.length)]
    if (!entity) return
    await this.world.owner.query('update app.submissions set version = version + 1 where id = $1', [entity])
  }

  /** Holds the row in another transaction, longer than the server waits for it. */
  private async lockedRow(): Promise<void> {
    const entity = this.author.entities[this.below(this.author.entities.length)]
    const client = await this.world.owner.connect()
    await client.query('begin')
    await client.query('select from app.submissions where id = $1 for update', [entity ?? randomUUID()])
    await this.cycle([])
    await client.query('rollback')
    client.release()
  }

  /** Restores fair connectivity and waits long enough. */
  async finish(): Promise<void> {
    await this.writer.commitAll()
    this.reboot()
    await this.network.deliverLate()
    this.network.isMended = true
    for (let round = 0; round < 60; round += 1) {
      this.clock += 6 * 60_000
      const outcome = await this.run()
      if (outcome === 'done' && (await stuckOps(this.world.owner)).length === 0) break
    }
    this.clock += 60_000
    await this.run()
    await untilNobodyWrites(this.world.owner)
    await this.run()
  }
}
