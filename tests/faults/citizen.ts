/** Shared steps of the named cases: a proposal of a citizen, and its effects on the server. */
import { randomUUID } from 'node:crypto'
import type { OpKind } from '@/domain/ops'
import * as fx from '../sql/fixtures'
import type { FaultyPhone } from './faultyPhone'
import type { World } from './world'

export interface Written {
  id: string
  secret: string
  op_id: string
}

/** Saves a proposal on the phone. */
export async function write(world: World, phone: FaultyPhone, body?: string): Promise<Written> {
  const [id, secret] = [randomUUID(), fx.newSecret()]
  const payload = await fx.propuesta(world.database, body === undefined ? {} : { body })
  const op = { kind: 'propuesta.submit' as const, entity_id: id, payload, secret }
  const op_id = await phone.atItsTime(() => phone.submit(op))
  return { id, secret, op_id }
}

/** Saves a proposal and runs one cycle, so that the server has it and the phone shows it. */
export async function written(world: World, phone: FaultyPhone): Promise<Written> {
  const proposal = await write(world, phone)
  await phone.run()
  return proposal
}

export const ask = ({ id, secret }: Written, phone: FaultyPhone, kind: OpKind, payload: object = {}) =>
  phone.ask({ kind, entity_id: id, payload, secret })

/** The effects on a submission, in order. */
export const effectsOf = async (world: World, { id }: Written): Promise<string[]> =>
  (
    await world.sql<{ kind: string }>('select kind from witness.effects where entity_id = $1 order by n', [
      id,
    ])
  ).map(({ kind }) => kind)

/** `state code` of each unsent op, in order. */
export const left = async (phone: FaultyPhone): Promise<string[]> =>
  (await phone.db.outbox.orderBy('seq').toArray()).map(({ state, code }) => `${state} ${code}`)
