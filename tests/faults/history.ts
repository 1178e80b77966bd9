/**
 * One history: the actions of people, interleaved with faults of network, processes, clocks, storage and
 * server.
 */
import { expect, vi } from 'vitest'
import type { OpKind } from '@/domain/ops'
import * as fx from '../sql/fixtures'
import { untilNobodyWrites } from '../support/watermark'
import type { FaultyPhone } from './faultyPhone'
import type { Findings } from './ledger'
import { People } from './people'
import { checkPromises, type Tally } from './promiseCheck'
import { Scene, UNSEEN } from './scene'
import type { On, Step } from './steps'
import { FaultInjector } from './faultInjector'
import { EXPLODE, healPoison } from './effectLog'
import type { World } from './world'

export class History {
  private readonly scene: Scene
  private readonly people: People
  private readonly faultInjector: FaultInjector

  constructor(
    private readonly world: World,
    private readonly phones: FaultyPhone[],
    private readonly tally: Tally,
  ) {
    this.scene = new Scene(world, phones)
    this.people = new People(this.scene)
    this.faultInjector = new FaultInjector(this.scene, this.people)
  }

  async begin(): Promise<void> {
    for (const phone of this.phones) {
      phone.reboot()
      phone.reseed()
      await phone.wipe()
      phone.clock = 1_800_000_000_000
      phone.skew = 0
    }
    this.world.isHealed = false
    this.world.interferences = []
    await healPoison(this.world.database.pool, false)
    await this.people.signIn('moderator')
  }

  async run(step: Step): Promise<void> {
    const act = this.acts[step.do] as (step: Step) => Promise<void>
    await act.call(this, step)
    if ('phone' in step) await this.look(step.phone)
    else if (step.do === 'together') for (const index of this.phones.keys()) await this.look(index)
  }

  private readonly acts: { [K in Step['do']]: (step: On<K>) => Promise<unknown> } = {
    submit: (step) => this.people.submit(step),
    correct: ({ phone, entity }) => this.people.correct(phone, entity),
    withdraw: ({ phone, entity }) => this.people.ask(phone, entity, 'submission.withdraw'),
    undo: ({ phone, entity }) => this.people.ask(phone, entity, 'submission.undo_withdraw'),
    explode: ({ phone, entity }) => this.people.ask(phone, entity, EXPLODE as OpKind),
    share: ({ phone, entity }) => this.people.share(phone, entity),
    resend: ({ phone, entity }) => this.people.resend(phone, entity),
    reopen: ({ phone, entity }) => this.people.reopen(phone, entity),
    discard: ({ phone, entity }) => this.people.discard(phone, entity),
    cycle: (step) => this.faultInjector.cycle(step),
    crash: (step) => this.faultInjector.crash(step),
    crash_saving: ({ phone, after }) => this.faultInjector.crashSaving(phone, after),
    freeze: ({ phone, fault, place }) => this.phones[phone]!.freeze(fault, place),
    break: ({ phone, after, how }) => this.faultInjector.break(phone, after, how),
    evict: ({ phone }) => this.faultInjector.evict(phone),
    together: () => Promise.all(this.phones.map((phone) => phone.run())),
    decide: (step) => this.people.decide(step),
    session: ({ who }) => this.people.signIn(who),
    right: ({ is }) => this.scene.desk.setRight(is),
    visible: ({ is }) => this.scene.desk.setVisible(is),
    writer: () => this.scene.desk.beginWriter(),
    commit: () => this.scene.desk.endWriter('commit'),
    rollback: () => this.scene.desk.endWriter('rollback'),
    lock: ({ entity }) => this.faultInjector.onServer(entity, (id) => this.scene.desk.lock(id)),
    unlock: () => this.scene.desk.unlock(),
    revoke_link: ({ entity }) => this.faultInjector.onServer(entity, (id) => this.scene.desk.revokeLink(id)),
    backup: () => this.faultInjector.backUp(),
    restore: () => this.faultInjector.restore(),
    wait: ({ ms }) => {
      for (const phone of this.phones) phone.clock += ms
      return Promise.resolve()
    },
    clock: ({ phone, ms }) => {
      this.phones[phone]!.clock += ms
      this.phones[phone]!.skew += ms
      return Promise.resolve()
    },
  }

  /**
   * For each submission, the version that this phone's settled ops produced. Submissions with a revoked link
   * are left out, because the server returns no row for them.
   */
  private async versionsTold(index: number): Promise<Map<string, number>> {
    const kept = new Set((await this.phones[index]!.db.outbox.toArray()).map(({ op_id }) => op_id))
    const sent = this.scene.ledger.ops.filter((op) => op.phone === index && !op.excuse && !kept.has(op.op_id))
    const rows = await this.world.sql<{ id: string; version: number }>(
      `select entity_id as id, max(version) as version from effect_log.effects where op_id = any($1)
         and entity_id in (select submission_id from app.access_secrets) group by 1`,
      [sent.map(({ op_id }) => op_id)],
    )
    return new Map(rows.map(({ id, version }) => [id, version]))
  }

  /**
   * Each submission kept on the phone stays on its screen, a received one stays received, and no row gets
   * older.
   */
  private async look(index: number): Promise<void> {
    const { db } = this.phones[index]!
    const shown = this.scene.shown[index]!
    const views = new Map((await this.phones[index]!.views()).map((view) => [view.id, view]))
    for (const id of views.keys()) if (!shown.has(id)) shown.set(id, UNSEEN)
    const now = (await db.meta.get('epoch'))?.value
    const told = await this.versionsTold(index)
    for (const [id, before] of shown) {
      const view = views.get(id)
      expect(view, `${id} is on the screen of phone ${index}`).toBeDefined()
      const version = view!.row?.version ?? null
      const epoch = (await db.cursors.get(`mine:${id}`)) ? now : null // until a row is pulled again, it belongs to the epoch before
      shown.set(id, { version, epoch })
      if ((await db.items.get(id))?.denied) continue
      const heard = told.get(id) ?? 0
      expect(version ?? 0, `what phone ${index} heard of ${id} stays on it`).toBeGreaterThanOrEqual(heard)
      if (before.version === null || epoch === null || before.epoch !== epoch) continue
      expect(version, `${id} stays received on phone ${index}`).not.toBeNull()
      expect(version, `${id} does not grow older on phone ${index}`).toBeGreaterThanOrEqual(before.version)
    }
  }

  /** Restores fair connectivity, heals every fault that can be healed, and checks the promises. */
  async finish(): Promise<Findings> {
    await this.scene.desk.endAll()
    await this.world.heal()
    for (const phone of this.phones) phone.reboot()
    for (const who of ['coordinator', 'moderator'] as const) {
      await this.people.signIn(who)
      await this.scene.staff.settle()
    }
    for (const phone of this.phones) await phone.settle()
    await untilNobodyWrites(this.world.database.pool)
    for (const [index, phone] of this.phones.entries()) {
      phone.clock += 60_000
      await phone.cycle()
      await this.look(index)
    }
    await this.scene.staff.followQueue(fx.OPEN)
    return checkPromises(this.world, this.phones, this.scene.ledger, this.tally)
  }

  /** Cleans up. Must be called even if the history failed. */
  async end(): Promise<void> {
    vi.useRealTimers()
    await this.scene.desk.endAll()
    await this.scene.desk.tidy(this.scene.entities)
    await this.world.dropBackup()
  }
}
