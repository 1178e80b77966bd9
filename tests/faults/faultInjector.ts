/** Injects the faults of phones and server in a history. */
import { expect } from 'vitest'
import type { Fault } from '@/domain/fault'
import * as fx from '../sql/fixtures'
import { ERRORS, type Breakage } from './breakages'
import { newId } from './desk'
import type { People } from './people'
import { excuseDecisions } from './promiseCheck'
import { STAFF, type Scene } from './scene'
import type { InterferenceName, On, PhoneIndex } from './steps'
import type { Interference } from './world'

export class FaultInjector {
  constructor(
    private readonly scene: Scene,
    private readonly people: People,
  ) {}

  async cycle({ phone, faults, interference }: On<'cycle'>): Promise<void> {
    const { world, phones } = this.scene
    world.interferences = interference ? [await this.interfere(interference)] : []
    await phones[phone]!.run(faults)
    world.interferences = []
    if (phone === STAFF && this.people.isSignedIn) await this.follow()
  }

  /** The desk pulls its queue. A pull that a lost connection ends is repeated the next time. */
  private async follow(): Promise<void> {
    await this.scene.staff.followQueue(fx.OPEN).catch((error: Partial<Fault>) => {
      if (!error.retryable) throw error
    })
  }

  private async interfere(name: InterferenceName): Promise<Interference> {
    const { desk, entities } = this.scene
    if (name === 'cancel' || name === 'restart') return name
    const [first, last] = [entities[0], entities.at(-1)]
    if (!first || !last) return 'cancel'
    if (name === 'decide') return () => desk.decide(first, 'request_correction')
    const holder = await desk.lock(last)
    return async () => {
      // The second lock closes the cycle, and Postgres aborts one of the two transactions.
      await holder
        ?.query('select from app.submissions where id = $1 for update', [first])
        .catch(() => undefined)
      await desk.unlock()
    }
  }

  crash({ phone, after, faults }: On<'crash'>): Promise<boolean> {
    this.scene.phones[phone]!.dieAfter(after)
    return this.scene.phones[phone]!.run(faults)
  }

  /**
   * Kills the phone while it saves. A save cut off before its commit is absent, and one cut off after it is
   * there although nobody was told.
   */
  async crashSaving(index: PhoneIndex, after: number): Promise<void> {
    const phone = this.scene.phones[index]!
    const entity_id = newId()
    const payload = await this.people.textOf('fine')
    phone.dieAfter(after)
    const op = { kind: 'propuesta.submit' as const, entity_id, payload, secret: fx.newSecret() }
    const isSaved = await phone.submit(op).then(
      () => true,
      () => false,
    )
    phone.reboot()
    const kept = await phone.db.outbox.where('entity_id').equals(entity_id).first()
    const link = await phone.db.items.get(entity_id)
    expect(!!link, 'wholly saved, or not at all').toBe(!!kept)
    if (isSaved) expect(kept, 'what was called saved is there').toBeDefined()
    if (!kept) return
    this.scene.promise(kept.op_id, index, op)
    this.scene.expectOn(index, entity_id)
  }

  async break(index: number, after: number, how: Breakage): Promise<void> {
    const phone = this.scene.phones[index]!
    phone.breakAfter(after, ERRORS[how])
    if (how === 'closed') phone.loseConnection()
    await phone.run()
  }

  async evict(index: number): Promise<void> {
    await this.scene.phones[index]!.evict()
    this.scene.ledger.excuse((op) => op.phone === index, 'evicted')
    this.scene.shown[index]!.clear()
  }

  async onServer(entity: number, work: (id: string) => Promise<unknown>): Promise<void> {
    const id = this.scene.nth(entity)
    if (id) await work(id)
  }

  async backUp(): Promise<void> {
    await this.scene.desk.endAll()
    await this.scene.world.backUp()
  }

  async restore(): Promise<void> {
    const { world, desk, phones, ledger } = this.scene
    if (!world.hasBackup) return
    await desk.endAll()
    await world.restore()
    const outbox = (await Promise.all(phones.map(({ db }) => db.outbox.toArray()))).flat()
    for (const { op_id, state } of outbox)
      if (state === 'needs_person') ledger.refusedBeforeRestore.add(op_id)
    await excuseDecisions(world, ledger, outbox)
  }
}
