/** Shared steps of the named cases: a proposal of a citizen, and its effects on the server. */
import { randomUUID } from 'node:crypto'
import type { OpKind } from '@/domain/ops'
import * as fx from '../sql/fixtures'
import type { FaultyPhone } from './faultyPhone'
import type { World } from './world'

export interface Proposal {
  id: string
  secret: string
  op_id: string
}

/** Saves a proposal on the phone. */
export async function saveProposal(world: World, phone: FaultyPhone, body?: string): Promise<Proposal> {
  const [id, secret] = [randomUUID(), fx.newSecret()]
  const payload = await fx.propuesta(world.database, body === undefined ? {} : { body })
  const op = { kind: 'propuesta.submit' as const, entity_id: id, payload, secret }
  const op_id = await phone.atItsTime(() => phone.submit(op))
  return { id, secret, op_id }
}

/** Saves a proposal and runs one cycle, so that the server has it and the phone shows it. */
export async function sendProposal(world: World, phone: FaultyPhone): Promise<Proposal> {
  const proposal = await saveProposal(world, phone)
  await phone.run()
  return proposal
}

export const ask = ({ id, secret }: Proposal, phone: FaultyPhone, kind: OpKind, payload: object = {}) =>
  phone.ask({ kind, entity_id: id, payload, secret })

/** The effects on a submission, in order. */
export const effectsOf = async (world: World, { id }: Proposal): Promise<string[]> =>
  (
    await world.sql<{ kind: string }>('select kind from effect_log.effects where entity_id = $1 order by n', [
      id,
    ])
  ).map(({ kind }) => kind)

/** `state code` of each unsent op, in order. */
export const unsentOps = async (phone: FaultyPhone): Promise<string[]> =>
  (await phone.db.outbox.orderBy('seq').toArray()).map(({ state, code }) => `${state} ${code}`)
