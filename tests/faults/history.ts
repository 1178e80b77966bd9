/** One history: what people do, and what network, processes, clocks, storage and server do to them meanwhile. */
import { expect, vi } from 'vitest'
import type { SubmissionView } from '@/data/submissions'
import type { OpKind } from '@/domain/ops'
import type { NewOp } from '@/sync/enqueue'
import * as fx from '../sql/fixtures'
import { untilNobodyWrites } from '../support/watermark'
import { ERRORS, type Breakage } from './breakages'
import { COORDINATOR, Desk, MODERATOR, decisionOf, newId, tokenOf } from './desk'
import type { FaultyPhone } from './faultyPhone'
import { Ledger, type Findings } from './ledger'
import { excuseDecisions, reckon, type Tally } from './reckoning'
import type { MeddlingName, PhoneIndex, Step } from './steps'
import { BANNED, type Meddling, type World } from './world'
import { EXPLODE, healPoison } from './witness'

const STAFF = 3

/** A version counts within its epoch; null before the submission was received. */
interface Shown {
  version: number | null
  epoch: unknown
}

const UNSEEN: Shown = { version: null, epoch: undefined }

type On<K extends Step['do']> = Extract<Step, { do: K }>

export class History {
  private readonly ledger = new Ledger()
  private readonly desk: Desk
  private readonly entities: string[] = []
  private readonly secrets = new Map<string, string>()
  /** What each phone has shown of each submission. */
  private readonly shown: Map<string, Shown>[] = [new Map(), new Map(), new Map(), new Map()]
  private written = 0

  constructor(
    private readonly world: World,
    private readonly phones: FaultyPhone[],
    private readonly tally: Tally,
  ) {
    this.desk = new Desk(world)
  }

  async begin(): Promise<void> {
    for (const phone of this.phones) {
      phone.reboot()
      await phone.wipe()
      phone.clock = 1_800_000_000_000
      phone.skew = 0
    }
    this.world.isHealed = false
    this.world.meddlings = []
    await healPoison(this.world.database.pool, false)
    await this.signIn('moderator')
  }

  async run(step: Step): Promise<void> {
    const act = this.acts[step.do] as (step: Step) => Promise<void>
    await act.call(this, step)
    if ('phone' in step) await this.look(step.phone)
    else if (step.do === 'together') for (const index of this.phones.keys()) await this.look(index)
  }

  private readonly acts: { [K in Step['do']]: (step: On<K>) => Promise<unknown> } = {
    submit: (step) => this.submit(step),
    correct: ({ phone, entity }) => this.correct(phone, entity),
    withdraw: ({ phone, entity }) => this.ask(phone, entity, 'submission.withdraw', {}),
    undo: ({ phone, entity }) => this.ask(phone, entity, 'submission.undo_withdraw', {}),
    explode: ({ phone, entity }) => this.ask(phone, entity, EXPLODE as OpKind, {}),
    share: ({ phone, entity }) => this.share(phone, entity),
    resend: ({ phone, entity }) => this.resend(phone, entity),
    reopen: ({ phone, entity }) => this.reopen(phone, entity),
    discard: ({ phone, entity }) => this.discard(phone, entity),
    cycle: (step) => this.cycle(step),
    crash: ({ phone, after, faults }) => {
      this.phones[phone]!.dieAfter(after)
      return this.phones[phone]!.run(faults)
    },
    crash_saving: ({ phone, after }) => this.crashSaving(phone, after),
    freeze: ({ phone, fault, place }) => this.phones[phone]!.freeze(fault, place),
    break: ({ phone, after, how }) => this.break(phone, after, how),
    evict: ({ phone }) => this.evict(phone),
    together: () => Promise.all(this.phones.map((phone) => phone.run())),
    decide: (step) => this.decide(step),
    session: ({ who }) => this.signIn(who),
    right: ({ is }) => this.desk.setRight(is),
    visible: ({ is }) => this.desk.setVisible(is),
    writer: () => this.desk.beginWriter(),
    commit: () => this.desk.endWriter('commit'),
    rollback: () => this.desk.endWriter('rollback'),
    lock: ({ entity }) => this.onServer(entity, (id) => this.desk.lock(id)),
    unlock: () => this.desk.unlock(),
    revoke_link: ({ entity }) => this.onServer(entity, (id) => this.desk.revokeLink(id)),
    backup: () => this.backUp(),
    restore: () => this.restore(),
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

  // People ---------------------------------------------------------------------------------------------

  private async save(index: number, op: NewOp, isFirst = false): Promise<void> {
    const phone = this.phones[index]!
    const { entity_id: entity, actor = null } = op
    const payload = JSON.stringify(op.payload)
    const op_id = await phone.atItsTime(() =>
      isFirst ? phone.submit(op as NewOp & { secret: string }) : phone.ask(op),
    )
    this.ledger.save({ op_id, phone: index, entity, payload, actor })
  }

  private async textOf(special: On<'submit'>['special']) {
    this.written += 1
    const word = special === 'banned' ? BANNED : 'texto'
    const body = special === 'refused' ? 'corto' : `Este es el ${word} número ${this.written} de la historia.`
    return fx.propuesta(this.world.database, { body })
  }

  private async submit({ phone, special }: Omit<On<'submit'>, 'do'>, entity_id = newId()): Promise<void> {
    const secret = fx.newSecret()
    const payload = await this.textOf(special)
    await this.save(phone, { kind: 'propuesta.submit', entity_id, payload, secret }, true)
    if (!this.secrets.has(entity_id)) this.entities.push(entity_id)
    this.secrets.set(entity_id, secret)
    this.shown[phone]!.set(entity_id, UNSEEN)
  }

  /** What this phone shows of that submission, if anything. */
  private async viewOf(phone: number, entity: number): Promise<SubmissionView | undefined> {
    const views = await this.phones[phone]!.views()
    const kept = this.entities.filter((id) => views.some((view) => view.id === id))
    const id = kept[entity % Math.max(1, kept.length)]
    return views.find((view) => view.id === id)
  }

  private async ask(phone: number, entity: number, kind: OpKind, payload: object): Promise<void> {
    const view = await this.viewOf(phone, entity)
    if (view) await this.save(phone, { kind, entity_id: view.id, payload, secret: view.secret })
  }

  /** Where a correction was asked for; else, now and then, where none was. */
  private async correct(phone: number, entity: number): Promise<void> {
    const views = await this.phones[phone]!.views()
    const asked = views.find(({ row }) => row?.state === 'correction_requested')
    const view = asked ?? (entity > 7 ? await this.viewOf(phone, entity) : undefined)
    if (!view?.row) return
    const { body, part_id, helps } = await this.textOf('fine')
    const { id, secret, row } = view
    const payload = { body, part_id, helps }
    const expected_version = row.version
    await this.save(phone, { kind: 'propuesta.correct', entity_id: id, payload, secret, expected_version })
  }

  private async share(phone: number, entity: number): Promise<void> {
    const from = await Promise.all([0, 1, 2].map((index) => this.viewOf(index, entity)))
    const view = from.find((one) => one?.row)
    if (!view || this.shown[phone]!.has(view.id)) return
    await this.phones[phone]!.keepLink(view.id, view.secret)
  }

  private async resend(phone: number, entity: number): Promise<void> {
    const view = await this.viewOf(phone, entity)
    const old = view?.pending.find((op) => op.state === 'needs_person')
    const opId = view && old ? await this.phones[phone]!.resend(view.id) : null
    if (old && opId) this.ledger.replace(old.op_id, opId)
  }

  /** A refused text becomes a draft; one that was never received is mended and sent again. */
  private async reopen(phone: PhoneIndex, entity: number): Promise<void> {
    const view = await this.viewOf(phone, entity)
    const refused = view?.pending.find((op) => op.state === 'needs_person')
    if (!view || !refused) return
    const { db, reopen } = this.phones[phone]!
    await reopen(view.id)
    expect((await db.drafts.get(view.id))?.answers, 'the draft holds every word').toEqual(refused.payload)
    const isSubmit = refused.kind.endsWith('.submit')
    const taken = isSubmit ? view.pending : [refused]
    this.ledger.excuse(
      (op) => op.phone === phone && taken.some(({ op_id }) => op_id === op.op_id),
      'taken back',
    )
    if (!isSubmit) return
    this.shown[phone]!.delete(view.id)
    await this.submit({ phone, special: 'fine' }, view.id)
  }

  private async discard(phone: number, entity: number): Promise<void> {
    const view = await this.viewOf(phone, entity)
    const stopped = view?.pending.find((op) => op.state === 'needs_person')
    if (!view || !stopped) return
    expect(await this.phones[phone]!.discard(stopped.op_id)).toBe(true)
    const isSubmit = stopped.kind.endsWith('.submit')
    const gone = isSubmit ? view.pending : [stopped]
    this.ledger.excuse(
      (op) => op.phone === phone && gone.some(({ op_id }) => op_id === op.op_id),
      'taken back',
    )
    if (isSubmit) this.shown[phone]!.delete(view.id)
  }

  private async decide({ entity, choice, offline }: On<'decide'>): Promise<void> {
    const id = this.entities[entity % Math.max(1, this.entities.length)]
    const chosen = id && (await this.desk.choose(id, choice))
    if (!id || !chosen) return
    const { decision, expected_version } = chosen
    if (!offline) return this.desk.decide(id, decision)
    const payload = decisionOf(decision)
    const { actor } = this
    await this.save(STAFF, { kind: 'review.decide', entity_id: id, payload, expected_version, actor })
  }

  private actor = MODERATOR

  private async signIn(who: On<'session'>['who']): Promise<void> {
    if (who === 'moderator') this.actor = MODERATOR
    if (who === 'coordinator') this.actor = COORDINATOR
    const token = await tokenOf(this.actor, who !== 'expired')
    this.phones[STAFF]!.session = who === 'none' ? null : { token, user_id: this.actor }
  }

  // What befalls phones ------------------------------------------------------------------------------------

  private async cycle({ phone, faults, meddling }: On<'cycle'>): Promise<void> {
    this.world.meddlings = meddling ? [await this.meddle(meddling)] : []
    await this.phones[phone]!.run(faults)
    this.world.meddlings = []
  }

  private async meddle(name: MeddlingName): Promise<Meddling> {
    if (name === 'cancel' || name === 'restart') return name
    const [first, last] = [this.entities[0], this.entities.at(-1)]
    if (!first || !last) return 'cancel'
    if (name === 'decide') return () => this.desk.decide(first, 'request_correction')
    const holder = await this.desk.lock(last)
    return async () => {
      // Whoever asks second closes the circle, and Postgres ends one of them.
      await holder
        ?.query('select from app.submissions where id = $1 for update', [first])
        .catch(() => undefined)
      await this.desk.unlock()
    }
  }

  private async crashSaving(index: PhoneIndex, after: number): Promise<void> {
    const phone = this.phones[index]!
    const entity_id = newId()
    const payload = await this.textOf('fine')
    phone.dieAfter(after)
    const op = { kind: 'propuesta.submit' as const, entity_id, payload, secret: fx.newSecret() }
    const isSaved = await phone.submit(op).then(
      () => true,
      () => false,
    )
    phone.reboot()
    const kept = await phone.db.outbox.where('entity_id').equals(entity_id).first()
    const link = await phone.db.items.get(entity_id)
    expect([!!kept, !!link], 'wholly saved, or not at all').toEqual([isSaved, isSaved])
    if (!kept) return
    const { op_id } = kept
    this.ledger.save({
      op_id,
      phone: index,
      entity: entity_id,
      payload: JSON.stringify(payload),
      actor: null,
    })
    this.entities.push(entity_id)
    this.secrets.set(entity_id, op.secret)
    this.shown[index]!.set(entity_id, UNSEEN)
  }

  private async break(index: number, after: number, how: Breakage): Promise<void> {
    const phone = this.phones[index]!
    phone.breakAfter(after, ERRORS[how])
    if (how === 'closed') phone.loseConnection()
    await phone.run()
  }

  private async evict(index: number): Promise<void> {
    await this.phones[index]!.evict()
    this.ledger.excuse((op) => op.phone === index, 'evicted')
    this.shown[index]!.clear()
  }

  // The server ---------------------------------------------------------------------------------------------

  private async onServer(entity: number, work: (id: string) => Promise<unknown>): Promise<void> {
    const id = this.entities[entity % Math.max(1, this.entities.length)]
    if (id) await work(id)
  }

  private async backUp(): Promise<void> {
    await this.desk.endAll()
    await this.world.backUp()
  }

  private async restore(): Promise<void> {
    if (!this.world.hasBackup) return
    await this.desk.endAll()
    await this.world.restore()
    const outbox = (await Promise.all(this.phones.map(({ db }) => db.outbox.toArray()))).flat()
    for (const op of outbox) if (op.state === 'needs_person') this.ledger.toldBefore.add(op.op_id)
    await excuseDecisions(this.world, this.ledger, outbox)
  }

  // What must hold -----------------------------------------------------------------------------------------

  /** Nothing kept is out of sight, what was received stays received, and no row grows older. */
  private async look(index: number): Promise<void> {
    const { db } = this.phones[index]!
    const shown = this.shown[index]!
    const views = new Map((await this.phones[index]!.views()).map((view) => [view.id, view]))
    for (const id of views.keys()) if (!shown.has(id)) shown.set(id, UNSEEN)
    const epoch = (await db.meta.get('epoch'))?.value
    for (const [id, before] of shown) {
      const view = views.get(id)
      expect(view, `${id} is on the screen of phone ${index}`).toBeDefined()
      const version = view!.row?.version ?? null
      const isDenied = (await db.items.get(id))?.denied === true
      if (before.version !== null && before.epoch === epoch && !isDenied) {
        expect(version, `${id} stays received on phone ${index}`).not.toBeNull()
        expect(version, `${id} does not grow older on phone ${index}`).toBeGreaterThanOrEqual(before.version)
      }
      shown.set(id, { version, epoch })
    }
  }

  /** Fair connectivity, and everything mended that can be. */
  async finish(): Promise<Findings> {
    await this.desk.endAll()
    await this.world.heal()
    for (const phone of this.phones) phone.reboot()
    for (const who of ['coordinator', 'moderator'] as const) {
      await this.signIn(who)
      await this.phones[STAFF]!.settle()
    }
    for (const phone of this.phones) await phone.settle()
    await untilNobodyWrites(this.world.database.pool)
    for (const [index, phone] of this.phones.entries()) {
      phone.clock += 60_000
      await phone.cycle()
      await this.look(index)
    }
    return reckon(this.world, this.phones, this.ledger, this.tally)
  }

  /** To be called whatever happened. */
  async end(): Promise<void> {
    vi.useRealTimers()
    await this.desk.endAll()
    await this.desk.tidy()
    await this.world.dropBackup()
  }
}
