/** A history of one phone: a person's acts, and the faults of network, process and clock during them. */
import { expect } from 'vitest'
import { listSubmissions } from '@/data/submissions'
import { die, dieAfter, hasDied, revive } from './crash'
import { FakeLocks } from './fakeLocks'
import type { NetworkFault } from './fakeNetwork'
import { FakeServer, type TestPayload } from './fakeServer'
import { later, Phone, submit } from './phone'

export type Step =
  | { do: 'submit'; special: Partial<TestPayload> }
  | { do: 'later'; entity: number; special: Partial<TestPayload> }
  | { do: 'cycle'; faults: NetworkFault[] }
  | { do: 'crash'; after: number; faults: NetworkFault[] }
  | { do: 'freeze'; fault: NetworkFault }
  | { do: 'writer' }
  | { do: 'commit' }
  | { do: 'wait'; ms: number }
  | { do: 'clock_back'; ms: number }

interface Saved {
  entity: string
  text: string
  payload: TestPayload
}

export class History {
  readonly server = new FakeServer()
  readonly phone: Phone
  readonly saved: Map<string, Saved> = new Map()
  readonly entities: string[] = []
  private readonly withFolio = new Set<string>()
  private readonly writers: ReturnType<FakeServer['beginWriter']>[] = []
  private written = 0

  constructor(seed: number) {
    this.phone = new Phone(this.server, seed)
    this.phone.network.onKill = die
  }

  private async save(entity: string, wanted: Partial<TestPayload>, isFirst: boolean): Promise<void> {
    const payload = { text: `text ${this.saved.size}`, ...wanted }
    const opId = await (isFirst ? submit(entity, payload) : later(entity, payload))
    this.saved.set(opId, { entity, text: payload.text, payload })
  }

  async run(step: Step): Promise<void> {
    if (step.do === 'submit') {
      const id = `s${this.entities.length}`
      await this.save(id, step.special, true)
      this.entities.push(id)
    } else if (step.do === 'later') {
      const id = this.entities[step.entity % Math.max(1, this.entities.length)]
      if (id) await this.save(id, step.special, false)
    } else if (step.do === 'cycle') await this.cycle(step.faults)
    else if (step.do === 'crash') await this.crash(step.after, step.faults)
    else if (step.do === 'freeze') await this.freeze(step.fault)
    else if (step.do === 'writer') this.writers.push(this.server.beginWriter())
    else if (step.do === 'commit') this.commit()
    else if (step.do === 'wait') this.phone.clock += step.ms
    else if (step.do === 'clock_back') this.phone.clock -= step.ms
  }

  private commit(): void {
    this.written += 1
    this.writers.shift()?.commit(`p${this.written % 5}`, this.written)
  }

  /** Runs a cycle. Returns whether the process was killed in it. */
  private async cycle(plan: NetworkFault[]): Promise<boolean> {
    this.phone.network.plan = [...plan]
    this.phone.clock += 1_000
    await this.phone.cycle().catch((error: unknown) => {
      if (!hasDied()) throw error
    })
    const wasKilled = hasDied()
    this.reboot()
    return wasKilled
  }

  /** Runs a cycle whose process dies after this many database calls. Returns false when the cycle ended before. */
  crash(after: number, plan: NetworkFault[]): Promise<boolean> {
    dieAfter(after)
    return this.cycle(plan)
  }

  /** Starts a new process; the dead process's locks are free. */
  private reboot(): void {
    revive()
    this.phone.network.plan = []
    Object.assign(this.phone, { locks: new FakeLocks() })
  }

  /** One tab freezes during a request, another takes over, then the first wakes up with its answer. */
  private async freeze(fault: NetworkFault): Promise<void> {
    const { network } = this.phone
    const { held, release } = network.hold()
    network.plan = [fault]
    const frozen = this.phone.cycle()
    await held
    network.pass()
    this.phone.clock += 20_000
    await this.phone.cycle()
    release()
    await frozen
    await this.phone.locks.idle()
  }

  /** Every saved submission is on the screen, and one that was received stays received. */
  async look(): Promise<void> {
    const views = new Map((await listSubmissions()).map((view) => [view.id, view]))
    for (const id of this.entities) {
      const view = views.get(id)
      expect(view, `${id} is on the screen`).toBeDefined()
      if (this.withFolio.has(id)) expect(view!.row, `${id} was received`).not.toBeNull()
      if (view!.row) this.withFolio.add(id)
      expect(view!.pending.length > 0 || view!.row !== null, `${id} says where it is`).toBe(true)
    }
  }

  async finish(): Promise<void> {
    while (this.writers.length > 0) this.commit()
    this.reboot()
    this.server.isHealed = true
    await this.phone.settle()
    this.phone.clock += 60_000
    await this.phone.cycle()
  }
}
