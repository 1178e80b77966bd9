/** The actions of people in a history: authors on their submissions, staff on the queue. */
import { expect } from 'vitest'
import type { PendingOp } from '@/data/submissions'
import type { OpKind } from '@/domain/ops'
import type { NewOp } from '@/sync/enqueue'
import * as fx from '../sql/fixtures'
import { COORDINATOR, MODERATOR, decisionOf, newId, tokenOf } from './desk'
import { STAFF, type Scene } from './scene'
import type { On, PhoneIndex } from './steps'
import { BANNED } from './world'

export class People {
  private written = 0
  private actor = MODERATOR
  /** Whether the server accepts the session on the staff's phone. */
  isSignedIn = false

  constructor(private readonly scene: Scene) {}

  private async save(index: number, op: NewOp, isFirst = false): Promise<void> {
    const phone = this.scene.phones[index]!
    const op_id = await phone.atItsTime(() =>
      isFirst ? phone.submit(op as NewOp & { secret: string }) : phone.ask(op),
    )
    this.scene.promise(op_id, index, op)
  }

  async textOf(special: On<'submit'>['special']) {
    this.written += 1
    const word = special === 'banned' ? BANNED : 'texto'
    const body = special === 'refused' ? 'corto' : `Este es el ${word} número ${this.written} de la historia.`
    return fx.propuesta(this.scene.world.database, { body })
  }

  async submit({ phone, special }: Omit<On<'submit'>, 'do'>, entity_id = newId()): Promise<void> {
    const payload = await this.textOf(special)
    await this.save(phone, { kind: 'propuesta.submit', entity_id, payload, secret: fx.newSecret() }, true)
    this.scene.expectOn(phone, entity_id)
  }

  async ask(phone: number, entity: number, kind: OpKind, payload: object = {}): Promise<void> {
    const view = await this.scene.viewOf(phone, entity)
    if (view) await this.save(phone, { kind, entity_id: view.id, payload, secret: view.secret })
  }

  /** Corrects a submission that staff asked about, or now and then one that they did not. */
  async correct(phone: number, entity: number): Promise<void> {
    const views = await this.scene.phones[phone]!.views()
    const asked = views.find(({ row }) => row?.state === 'correction_requested')
    const view = asked ?? (entity > 7 ? await this.scene.viewOf(phone, entity) : undefined)
    if (!view?.row) return
    const { body, part_id, helps } = await this.textOf('fine')
    const { id, secret, row } = view
    const payload = { body, part_id, helps }
    const expected_version = row.version
    await this.save(phone, { kind: 'propuesta.correct', entity_id: id, payload, secret, expected_version })
  }

  async share(phone: number, entity: number): Promise<void> {
    const from = await Promise.all([0, 1, 2].map((index) => this.scene.viewOf(index, entity)))
    const view = from.find((one) => one?.row)
    if (!view || this.scene.shown[phone]!.has(view.id)) return
    await this.scene.phones[phone]!.keepLink(view.id, view.secret)
  }

  async resend(phone: number, entity: number): Promise<void> {
    const view = await this.scene.viewOf(phone, entity)
    const old = view?.pending.find((op) => op.state === 'needs_person')
    const opId = view && old ? await this.scene.phones[phone]!.resend(view.id) : null
    if (old && opId) this.scene.ledger.replace(old.op_id, opId)
  }

  private takeBack(phone: number, taken: PendingOp[]): void {
    const ids = new Set(taken.map(({ op_id }) => op_id))
    this.scene.ledger.excuse((op) => op.phone === phone && ids.has(op.op_id), 'taken back')
  }

  /** Reopens a refused text as a draft. A refused first submission is corrected and sent again. */
  async reopen(phone: PhoneIndex, entity: number): Promise<void> {
    const view = await this.scene.viewOf(phone, entity)
    const refused = view?.pending.find((op) => op.state === 'needs_person')
    if (!view || !refused) return
    const { db, reopen } = this.scene.phones[phone]!
    await reopen(view.id)
    expect((await db.drafts.get(view.id))?.answers, 'the draft holds every word').toEqual(refused.payload)
    const isSubmit = refused.kind.endsWith('.submit')
    this.takeBack(phone, isSubmit ? view.pending : [refused])
    if (!isSubmit) return
    this.scene.shown[phone]!.delete(view.id)
    await this.submit({ phone, special: 'fine' }, view.id)
  }

  async discard(phone: number, entity: number): Promise<void> {
    const view = await this.scene.viewOf(phone, entity)
    const stopped = view?.pending.find((op) => op.state === 'needs_person')
    if (!view || !stopped) return
    expect(await this.scene.phones[phone]!.discard(stopped.op_id)).toBe(true)
    const isSubmit = stopped.kind.endsWith('.submit')
    this.takeBack(phone, isSubmit ? view.pending : [stopped])
    if (isSubmit) this.scene.shown[phone]!.delete(view.id)
  }

  async decide({ entity, choice, offline }: On<'decide'>): Promise<void> {
    const { desk } = this.scene
    const id = this.scene.nth(entity)
    const chosen = id && (await desk.choose(id, choice))
    if (!id || !chosen) return
    const { decision, expected_version } = chosen
    if (!offline) return desk.decide(id, decision)
    const payload = decisionOf(decision)
    const { actor } = this
    await this.save(STAFF, { kind: 'review.decide', entity_id: id, payload, expected_version, actor })
  }

  async signIn(who: On<'session'>['who']): Promise<void> {
    if (who === 'moderator') this.actor = MODERATOR
    if (who === 'coordinator') this.actor = COORDINATOR
    const token = await tokenOf(this.actor, who !== 'expired')
    this.scene.staff.session = who === 'none' ? null : { token, user_id: this.actor }
    this.isSignedIn = who === 'moderator' || who === 'coordinator'
  }
}
