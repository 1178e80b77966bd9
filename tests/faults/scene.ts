/** The state that everybody in a history shares: phones, saved ops, and what each screen has shown. */
import type { SubmissionView } from '@/data/submissions'
import type { NewOp } from '@/sync/enqueue'
import { Desk } from './desk'
import type { FaultyPhone } from './faultyPhone'
import { Ledger } from './ledger'
import type { World } from './world'

/** The index of the staff's phone. */
export const STAFF = 3

/** A version is valid within its epoch; it is null until the submission is received. */
interface Shown {
  version: number | null
  epoch: unknown
}

type Promised = Pick<NewOp, 'entity_id' | 'payload'> & { actor?: string | null | undefined }

export const UNSEEN: Shown = { version: null, epoch: undefined }

export class Scene {
  readonly ledger = new Ledger()
  readonly desk: Desk
  /** Every submission, in the order of saving. */
  readonly entities: string[] = []
  /** The version of each submission that each phone has shown. */
  readonly shown: Map<string, Shown>[] = [new Map(), new Map(), new Map(), new Map()]

  constructor(
    readonly world: World,
    readonly phones: FaultyPhone[],
  ) {
    this.desk = new Desk(world)
  }

  get staff(): FaultyPhone {
    return this.phones[STAFF]!
  }

  /** One of the submissions, if there is one. */
  nth(index: number): string | undefined {
    return this.entities[index % Math.max(1, this.entities.length)]
  }

  /** Records an op that the phone reported as saved. */
  promise(op_id: string, phone: number, { entity_id: entity, payload, actor = null }: Promised): void {
    this.ledger.save({ op_id, phone, entity, payload: JSON.stringify(payload), actor })
  }

  /** From now on this phone must show this submission. */
  expectOn(phone: number, id: string): void {
    if (!this.entities.includes(id)) this.entities.push(id)
    this.shown[phone]!.set(id, UNSEEN)
  }

  /** The view of a submission on this phone, if there is one. */
  async viewOf(phone: number, entity: number): Promise<SubmissionView | undefined> {
    const views = await this.phones[phone]!.views()
    const kept = this.entities.filter((id) => views.some((view) => view.id === id))
    const id = kept[entity % Math.max(1, kept.length)]
    return views.find((view) => view.id === id)
  }
}
