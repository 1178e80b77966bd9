/** The actions of the person of a seed, and the ops that were saved for them. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { saveItem } from '@/data/items'
import type { OpKind } from '@/domain/ops'
import type { PropuestaSubmission } from '@/domain/propuesta'
import { enqueue } from '@/sync/enqueue'
import type { Network } from './network'

export interface Saved {
  op_id: string
  entity: string
  kind: OpKind
  /** As JSON, because a saved payload must not change. */
  payload: string
}

export interface World {
  origin: string
  owner: pg.Pool
  campaign: { id: string }
  payload: PropuestaSubmission
}

export class Author {
  readonly saved: Saved[] = []
  readonly entities: string[] = []

  constructor(
    private readonly world: World,
    private readonly network: Network,
    private readonly random: () => number,
  ) {}

  /**
   * Sends a proposal. Some are too short for the server, and some fail every call until the server is repaired.
   */
  async submit(): Promise<void> {
    const id = randomUUID()
    const secret = id.replaceAll('-', '')
    const kind = this.random()
    const body = kind < 0.1 ? 'corto' : `${this.world.payload.body} (${id})`
    const payload = { ...this.world.payload, body }
    const rest = {
      convocatoria_id: this.world.campaign.id,
      folio: null,
      created_at: new Date().toISOString(),
    }
    const op_id = await enqueue(
      { kind: 'propuesta.submit', entity_id: id, payload, secret },
      () => saveItem({ id, kind: 'propuestas', title: 'Propuesta', secret, ...rest }),
      () => {},
    )
    if (kind > 0.92) this.network.poison.add(op_id)
    this.entities.push(id)
    this.saved.push({ op_id, entity: id, kind: 'propuesta.submit', payload: JSON.stringify(payload) })
  }

  /** Withdraws a submission, or undoes its withdrawal. */
  async later(): Promise<void> {
    const entity = this.entities[Math.floor(this.random() * this.entities.length)]
    if (!entity) return
    const last = this.saved.filter((one) => one.entity === entity).at(-1)!
    const kind = last.kind === 'submission.withdraw' ? 'submission.undo_withdraw' : 'submission.withdraw'
    const secret = entity.replaceAll('-', '')
    const op_id = await enqueue({ kind, entity_id: entity, payload: {}, secret }, undefined, () => {})
    this.saved.push({ op_id, entity, kind, payload: '{}' })
  }
}
