/**
 * Checks the promises of docs/sync.md at the end of a history, from phones, receipts, effect log and tables.
 */
import type { OutboxOp } from '@/data/db'
import { REFUSALS } from '@/domain/refusals'
import { OPEN } from '../sql/fixtures'
import { user } from '../support/database'
import type { FaultyPhone } from './faultyPhone'
import { nothingFound, type Findings, type Ledger, type Saved } from './ledger'
import type { World } from './world'

type Verdict = 'applied' | 'refused' | 'conflict'

interface Outcomes {
  verdicts: Map<string, Verdict>
  effects: { op_id: string; actor: string | null }[]
}

async function readOutcomes(world: World, ledger: Ledger): Promise<Outcomes> {
  const ids = ledger.ops.map(({ op_id }) => op_id)
  const receipts = await world.sql<{ op_id: string; status: Verdict }>(
    `select op_id, verdict ->> 'status' as status from app.op_receipts where op_id = any($1)`,
    [ids],
  )
  const effects = await world.sql<Outcomes['effects'][number]>(
    'select op_id, actor from effect_log.effects where op_id = any($1) order by n',
    [ids],
  )
  return { verdicts: new Map(receipts.map(({ op_id, status }) => [op_id, status])), effects }
}

/** What a new phone would read now. */
interface Truth {
  world: World
  publicly: Rows
}

const name = ({ op_id, phone, entity }: Saved) => `${op_id} of phone ${phone} on ${entity}`

function checkOp(saved: Saved, kept: OutboxOp | undefined, outcomes: Outcomes, found: Findings): void {
  const verdict = outcomes.verdicts.get(saved.op_id)
  const effects = outcomes.effects.filter(({ op_id }) => op_id === saved.op_id)
  if (effects.length > 1) found.duplicate.push(`${name(saved)} had ${effects.length} effects`)
  if (effects.length > 0 && verdict !== 'applied')
    found.divergent.push(`${name(saved)} was done and told ${verdict}`)
  for (const { actor } of effects)
    if (actor !== saved.actor) found.divergent.push(`${name(saved)} of ${saved.actor} was sent as ${actor}`)
  if (saved.excuse) return
  if (!kept) {
    if (verdict !== 'applied') found.lost.push(`${name(saved)} left the phone, told ${verdict}`)
    return
  }
  if (JSON.stringify(kept.payload) !== saved.payload)
    found.lost.push(`${name(saved)} is not what was written`)
  if (verdict === 'applied') found.stuck.push(`${name(saved)} was applied and is still ${kept.state}`)
}

/** Every lane is empty, or its head needs the person and has a reason. */
function checkLanes(outbox: OutboxOp[], ledger: Ledger, outcomes: Outcomes, found: Findings): void {
  const heads = new Set<string>()
  for (const op of outbox) {
    const lane = `${op.actor ?? ''}:${op.entity_id}`
    if (heads.has(lane)) continue
    heads.add(lane)
    const verdict = outcomes.verdicts.get(op.op_id)
    const isReason = op.code === 'conflict' || (REFUSALS as readonly string[]).includes(op.code ?? '')
    const isTold =
      verdict === 'conflict' || verdict === 'refused' || ledger.refusedBeforeRestore.has(op.op_id)
    if (op.state !== 'needs_person' || !isTold || !isReason) {
      found.stuck.push(`${op.kind} ${op.op_id} is ${op.state} ${op.code}, told ${verdict}`)
    }
  }
}

/**
 * The effects of one phone on one entity follow the order of saving, and none comes after an op that is still
 * unsent.
 */
function checkOrder(ledger: Ledger, outcomes: Outcomes, kept: Set<string>, found: Findings): void {
  const lanes = new Map<string, Saved[]>()
  for (const saved of ledger.ops) {
    const lane = `${saved.phone}:${saved.actor}:${saved.entity}`
    lanes.set(lane, [...(lanes.get(lane) ?? []), saved])
  }
  for (const [lane, ops] of lanes) {
    const order = ops.map(({ op_id }) => op_id)
    const head = ops.findIndex(({ op_id, excuse }) => excuse === null && kept.has(op_id))
    for (const { op_id } of head < 0 ? [] : ops.slice(head + 1))
      if (outcomes.verdicts.get(op_id) === 'applied')
        found.divergent.push(`lane ${lane}: ${op_id} passed its head`)
    const done = outcomes.effects.map(({ op_id }) => op_id).filter((id) => order.includes(id))
    const expected = order.filter((id) => done.includes(id))
    if (new Set(done).size === done.length && done.join() !== expected.join())
      found.divergent.push(`lane ${lane} was done in another order`)
  }
}

type Rows = Map<string, unknown>

/** Rows as text, without `undo_until`: the end of the minute for an undo does not change the row. */
const wordsOf = (row: unknown) =>
  JSON.stringify(row, (key, value: unknown) => (key === 'undo_until' ? null : value))

function compare(truth: Rows, seen: Rows, label: string, name: string, found: Findings): void {
  for (const [key, row] of truth) {
    if (wordsOf(seen.get(key)) !== wordsOf(row)) found.missed.push(`${label} missed ${name} ${key}`)
  }
  for (const key of seen.keys())
    if (!truth.has(key))
      found.divergent.push(`${label} shows ${name} ${key}, which is gone or not its own to see`)
}

async function checkBase(truth: Truth, phone: FaultyPhone, label: string, found: Findings): Promise<void> {
  const read = async (scope: string): Promise<Rows> => {
    const rows = await phone.db.base.filter((row) => row.scope === scope).toArray()
    return new Map(rows.map(({ entity, id, row }) => [`${entity}/${id}`, row]))
  }
  compare(truth.publicly, await read('public'), label, 'public', found)
  const outbox = await phone.db.outbox.toArray()
  for (const { id, secret } of await phone.db.items.toArray()) {
    const isUnknown = outbox.some((op) => op.entity_id === id && op.kind.endsWith('.submit'))
    if (isUnknown) continue // not received, hence never pulled
    const mine = await truth.world.truth({ scope: 'mine', id, secret, cursor: null })
    compare(mine, await read(`mine:${id}`), label, `mine:${id}`, found)
  }
  const late = await phone.db.overlay.filter((one) => one.actor === null && one.xid !== null).toArray()
  for (const { op_id } of late) found.divergent.push(`${label} shows ${op_id} by its verdict only`)
}

/** The queue on the phone of the signed-in user equals the queue that the server would return. */
async function checkDesk(world: World, phone: FaultyPhone, label: string, found: Findings): Promise<void> {
  if (!phone.session) return
  const { user_id } = phone.session
  const truth = await world.truth({ scope: 'staff', id: OPEN, cursor: null }, user(user_id))
  const items = await phone.queue()
  const seen = new Map(items.map((item) => [`submission/${item.id}`, item]))
  compare(truth, seen, label, `the queue of ${user_id}`, found)
}

/**
 * Excuses decisions that a restored server does not know: its queue asks staff for them again, and no phone
 * keeps them. Returns the ops that neither the server nor an outbox holds.
 */
export async function excuseDecisions(world: World, ledger: Ledger, outbox: OutboxOp[]): Promise<Saved[]> {
  const kept = new Set(outbox.map(({ op_id }) => op_id))
  const receipts = await world.sql<{ op_id: string }>('select op_id from app.op_receipts')
  const known = new Set(receipts.map(({ op_id }) => op_id))
  const gone = ledger.ops.filter(({ op_id }) => !kept.has(op_id) && !known.has(op_id))
  ledger.excuse((op) => op.actor !== null && gone.includes(op), 'to be decided again')
  return gone
}

/** How many ops of all histories had each outcome. A suite in which every op is refused proves little. */
export type Tally = Record<string, number>

export async function checkPromises(
  world: World,
  phones: FaultyPhone[],
  ledger: Ledger,
  tally: Tally,
): Promise<Findings> {
  const found = nothingFound()
  const outcomes = await readOutcomes(world, ledger)
  const outboxes = await Promise.all(phones.map(({ db }) => db.outbox.orderBy('seq').toArray()))
  for (const saved of ledger.ops) {
    const kept = outboxes[saved.phone]!.find(({ op_id }) => op_id === saved.op_id)
    checkOp(saved, kept, outcomes, found)
    const outcome = outcomes.verdicts.get(saved.op_id) ?? saved.excuse ?? 'unsent'
    tally[outcome] = (tally[outcome] ?? 0) + 1
  }
  for (const outbox of outboxes) checkLanes(outbox, ledger, outcomes, found)
  checkOrder(ledger, outcomes, new Set(outboxes.flat().map(({ op_id }) => op_id)), found)
  const truth: Truth = { world, publicly: await world.truth({ scope: 'public', cursor: null }) }
  for (const [index, phone] of phones.entries()) {
    await checkBase(truth, phone, `phone ${index}`, found)
    await checkDesk(world, phone, `phone ${index}`, found)
  }
  return found
}
