/**
 * A database restore as people experience it: actions of an author and of staff before, during and after the
 * backup, and offline. The promises are in `promises.ts`.
 */
import { expect } from 'vitest'
import type { NetworkFault } from '@/sync/testing/fakeNetwork'
import * as fx from '../sql/fixtures'
import { ask, unsentOps, saveProposal, type Proposal } from './citizen'
import type { Cluster } from './cluster'
import { Desk, MODERATOR, decisionOf, tokenOf } from './desk'
import type { FaultyPhone } from './faultyPhone'
import { Ledger, type Findings } from './ledger'
import { openPhone } from './openPhone'
import { excuseDecisions, checkPromises } from './promiseCheck'

export const DRAFT = {
  id: '00000000-0000-4000-8000-00000000d4af',
  kind: 'propuestas' as const,
  convocatoria_id: fx.OPEN,
  convocatoria_title: 'A medias',
  answers: { body: 'Lo que todavía no se envía.' },
  step: 'texto',
  updated_at: '2026-11-26T10:00:00.000Z',
}

export class Rehearsal {
  private readonly ledger = new Ledger()
  /** Received before or during the backup. */
  readonly kept: Proposal[] = []
  /** Received and shown after the backup. */
  readonly gone: Proposal[] = []
  /** The folios that the authors saw for them. */
  readonly toldFolios: string[] = []
  /**
   * Saved after the backup and not yet received by the phone's knowledge. One of them reached the server, and
   * its answer was lost.
   */
  readonly waiting: Proposal[] = []

  private constructor(
    readonly cluster: Cluster,
    readonly author: FaultyPhone,
    readonly staff: FaultyPhone,
  ) {}

  static async open(cluster: Cluster): Promise<Rehearsal> {
    const [author, staff] = [await openPhone(cluster, 1), await openPhone(cluster, 2)]
    staff.session = { token: await tokenOf(MODERATOR), user_id: MODERATOR }
    return new Rehearsal(cluster, author, staff)
  }

  /** Publishes a text. */
  async publish(): Promise<void> {
    const desk = new Desk(this.cluster.world)
    await desk.beginWriter()
    await desk.endWriter('commit')
  }

  private get phones(): FaultyPhone[] {
    return [this.author, this.staff]
  }

  /** Records the ops that the phones have saved, before one of them can leave. */
  private async note(): Promise<void> {
    for (const [phone, { db }] of this.phones.entries()) {
      for (const { op_id, entity_id, payload, actor } of await db.outbox.orderBy('seq').toArray()) {
        if (!this.ledger.of(op_id))
          this.ledger.save({ op_id, phone, entity: entity_id, payload: JSON.stringify(payload), actor })
      }
    }
  }

  private async send(phone: FaultyPhone, plan: NetworkFault[] = []): Promise<void> {
    await this.note()
    await phone.run(plan)
  }

  private writeOne = () => saveProposal(this.cluster.world, this.author)

  /** Sends a proposal and checks that the phone shows it as received. */
  private async received(): Promise<Proposal> {
    const one = await this.writeOne()
    await this.send(this.author)
    expect(await this.author.views()).toContainEqual(
      expect.objectContaining({ id: one.id, chip: 'received', folio: expect.any(String) }),
    )
    return one
  }

  private decide = ({ id }: Proposal, expected_version: number) =>
    this.staff.ask({
      kind: 'review.decide',
      entity_id: id,
      payload: decisionOf('accept'),
      expected_version,
      actor: MODERATOR,
    })

  chipOf = async ({ id }: Proposal) => (await this.author.views()).find((view) => view.id === id)!.chip

  async beforeBackup(): Promise<void> {
    for (let count = 0; count < 3; count += 1) this.kept.push(await this.received())
    await this.decide(this.kept[0]!, 1)
    await this.send(this.staff)
    await this.staff.followQueue(fx.OPEN)
    await this.send(this.author)
  }

  duringBackup = async (): Promise<void> => {
    this.kept.push(await this.received())
  }

  /**
   * Makes changes that everybody saw and that the backup lacks: proposals, a decision, a withdrawal and a
   * public text.
   */
  async afterBackup(): Promise<void> {
    for (let count = 0; count < 2; count += 1) this.gone.push(await this.received())
    const items = await this.author.db.items.bulkGet(this.gone.map(({ id }) => id))
    this.toldFolios.push(...items.flatMap((item) => item?.folio ?? []))
    await this.decide(this.kept[1]!, 1)
    await ask(this.kept[2]!, this.author, 'submission.withdraw')
    await this.publish()
    await this.send(this.staff)
    await this.staff.followQueue(fx.OPEN)
    await this.send(this.author)
    expect(await unsentOps(this.author)).toEqual([])
    expect(await unsentOps(this.staff)).toEqual([])
    expect(await this.chipOf(this.kept[2]!)).toBe('withdrawn')
    expect(
      await this.author.db.base.filter(({ row }) => (row as { title?: string }).title === 'W').count(),
    ).toBe(1)
    expect((await this.staff.decided(this.kept[1]!.id))?.state).toBe('accepted')
  }

  async offline(): Promise<void> {
    await this.author.db.drafts.put(DRAFT)
    this.waiting.push(await this.writeOne())
    await this.send(this.author, ['answer_lost'])
    for (let count = 0; count < 2; count += 1) this.waiting.push(await this.writeOne())
    await ask(this.kept[0]!, this.author, 'submission.withdraw')
    await ask(this.gone[0]!, this.author, 'submission.withdraw')
    await this.decide(this.kept[3]!, 1)
    await this.decide(this.kept[1]!, 2) // on top of the decision that the restore will undo
    await this.note()
  }

  /**
   * Call when the restored server runs, before a phone talks to it. Checks that it lacks what phones were told.
   */
  async expectLoss(): Promise<void> {
    const outbox = (await Promise.all(this.phones.map(({ db }) => db.outbox.toArray()))).flat()
    expect(await excuseDecisions(this.cluster.world, this.ledger, outbox)).toHaveLength(4)
    expect(outbox).toHaveLength(7)
  }

  /** The phones reach the server again. */
  async reconnect(): Promise<void> {
    await this.author.settle()
    await this.staff.settle()
    await this.staff.followQueue(fx.OPEN)
    await this.author.settle() // the decisions that staff made meanwhile
  }

  async count(name: string): Promise<Findings> {
    const tally = {}
    const found = await checkPromises(this.cluster.world, this.phones, this.ledger, tally)
    const counts = Object.entries(found).map(([what, list]) => `${what} ${list.length}`)
    console.log(`${name}: ${counts.join(', ')} · ${JSON.stringify(tally)}`)
    return found
  }
}
