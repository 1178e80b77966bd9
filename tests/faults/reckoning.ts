/** The end of a history: the promises of sync.md against what phones, receipts, witness and tables say. */
import type { OutboxOp } from '@/data/db'
import { REFUSALS } from '@/domain/refusals'
import type { FaultyPhone } from './faultyPhone'
import { nothingFound, type Findings, type Ledger, type Saved } from './ledger'
import type { World } from './world'

type Verdict = 'applied' | 'refused' | 'conflict'

interface Told {
  verdicts: Map<string, Verdict>
  effects: { op_id: string; entity_id: string }[]
}

async function listen(world: World, ledger: Ledger): Promise<Told> {
  const ids = ledger.ops.map(({ op_id }) => op_id)
  const receipts = await world.sql<{ op_id: string; status: Verdict }>(
    `select op_id, verdict ->> 'status' as status from app.op_receipts where op_id = any($1)`,
    [ids],
  )
  const effects = await world.sql<{ op_id: string; entity_id: string }>(
    'select op_id, entity_id from witness.effects where op_id = any($1) order by n',
    [ids],
  )
  return { verdicts: new Map(receipts.map(({ op_id, status }) => [op_id, status])), effects }
}

const name = ({ op_id, phone, entity }: Saved) => `${op_id} of phone ${phone} on ${entity}`

function reckonOp(saved: Saved, kept: OutboxOp | undefined, told: Told, found: Findings): void {
  const verdict = told.verdicts.get(saved.op_id)
  const effects = told.effects.filter(({ op_id }) => op_id === saved.op_id).length
  if (effects > 1) found.duplicate.push(`${name(saved)} had ${effects} effects`)
  if (effects > 0 && verdict !== 'applied')
    found.divergent.push(`${name(saved)} was done and told ${verdict}`)
  if (saved.excuse) return
  if (!kept) {
    if (verdict !== 'applied') found.lost.push(`${name(saved)} left the phone, told ${verdict}`)
    return
  }
  if (JSON.stringify(kept.payload) !== saved.payload)
    found.lost.push(`${name(saved)} is not what was written`)
  if (verdict === 'applied') found.stuck.push(`${name(saved)} was applied and is still ${kept.state}`)
}

/** A lane's head needs the person and says why; nothing else may be left. */
function reckonLanes(outbox: OutboxOp[], told: Told, found: Findings): void {
  const heads = new Set<string>()
  for (const op of outbox) {
    const lane = `${op.actor ?? ''}:${op.entity_id}`
    if (heads.has(lane)) continue
    heads.add(lane)
    const verdict = told.verdicts.get(op.op_id)
    const isReason = (REFUSALS as readonly string[]).includes(op.code ?? '')
    const isTold = verdict === 'conflict' || (verdict === 'refused' && isReason)
    if (op.state !== 'needs_person' || !isTold) {
      found.stuck.push(`${op.kind} ${op.op_id} is ${op.state} ${op.code}, told ${verdict}`)
    }
  }
}

/** Effects of one phone on one entity come in its order of saving. */
function reckonOrder(ledger: Ledger, told: Told, found: Findings): void {
  const lanes = new Map<string, string[]>()
  for (const { op_id, phone, entity, actor } of ledger.ops) {
    const lane = `${phone}:${actor}:${entity}`
    lanes.set(lane, [...(lanes.get(lane) ?? []), op_id])
  }
  for (const [lane, order] of lanes) {
    const done = told.effects.map(({ op_id }) => op_id).filter((id) => order.includes(id))
    const expected = order.filter((id) => done.includes(id))
    if (new Set(done).size === done.length && done.join() !== expected.join())
      found.divergent.push(`lane ${lane} was done in another order`)
  }
}

async function compare(
  world: World,
  phone: FaultyPhone,
  scope: { scope: 'public'; cursor: null } | { scope: 'mine'; id: string; secret: string; cursor: null },
  label: string,
  found: Findings,
): Promise<void> {
  const truth = await world.truth(scope)
  const name = scope.scope === 'public' ? 'public' : `mine:${scope.id}`
  const base = (await phone.db.base.toArray()).filter((row) => row.scope === name)
  if (truth === 'denied') {
    if (base.length > 0) found.divergent.push(`${label} still shows ${name}, which it may not see`)
    return
  }
  const seen = new Map(base.map(({ entity, id, row }) => [`${entity}/${id}`, row]))
  for (const [key, row] of truth) {
    if (JSON.stringify(seen.get(key)) !== JSON.stringify(row))
      found.missed.push(`${label} missed ${name} ${key}`)
    seen.delete(key)
  }
  for (const key of seen.keys()) found.divergent.push(`${label} keeps ${name} ${key}, which is gone`)
}

async function reckonBase(world: World, phone: FaultyPhone, label: string, found: Findings): Promise<void> {
  await compare(world, phone, { scope: 'public', cursor: null }, label, found)
  for (const { id, secret } of await phone.db.items.toArray()) {
    const submit = await phone.db.outbox.where('entity_id').equals(id).first()
    if (submit?.kind.endsWith('.submit')) continue // not received: never asked for
    await compare(world, phone, { scope: 'mine', id, secret, cursor: null }, label, found)
  }
  const late = await phone.db.overlay.filter((one) => one.actor === null && one.xid !== null).toArray()
  for (const { op_id } of late) found.divergent.push(`${label} shows ${op_id} by its verdict only`)
}

export async function reckon(world: World, phones: FaultyPhone[], ledger: Ledger): Promise<Findings> {
  const found = nothingFound()
  const told = await listen(world, ledger)
  const outboxes = await Promise.all(phones.map(({ db }) => db.outbox.orderBy('seq').toArray()))
  for (const saved of ledger.ops) {
    const kept = outboxes[saved.phone]!.find(({ op_id }) => op_id === saved.op_id)
    reckonOp(saved, kept, told, found)
  }
  for (const outbox of outboxes) reckonLanes(outbox, told, found)
  reckonOrder(ledger, told, found)
  for (const [index, phone] of phones.entries()) await reckonBase(world, phone, `phone ${index}`, found)
  return found
}
