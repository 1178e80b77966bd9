/** Counts the five kinds of findings of one seed. */
import type pg from 'pg'
import { db, type OutboxOp } from '@/data/db'
import type { Simulation } from './simulation'

export interface Counts {
  /** Saved, and neither applied nor kept. */
  lost: number
  /** Applied more than once. */
  duplicate: number
  /** Committed on the server, and missing on the phone after the last pull. */
  missed: number
  /** Still waiting although nothing prevents it, or stopped without a reason. */
  stuck: number
  /** The phone shows another state than the server has, or effects are out of order. */
  divergent: number
}

export const NONE: Counts = { lost: 0, duplicate: 0, missed: 0, stuck: 0, divergent: 0 }

export const sum = (all: readonly Counts[]): Counts =>
  all.reduce(
    (total, one) => ({
      lost: total.lost + one.lost,
      duplicate: total.duplicate + one.duplicate,
      missed: total.missed + one.missed,
      stuck: total.stuck + one.stuck,
      divergent: total.divergent + one.divergent,
    }),
    NONE,
  )

const EVENT: Record<string, string> = {
  'propuesta.submit': 'received',
  'submission.withdraw': 'withdrawn',
  'submission.undo_withdraw': 'withdrawal_undone',
}

/** The events of each submission on the server, in order. */
async function eventsOf(owner: pg.Pool, entities: string[]): Promise<Map<string, string[]>> {
  const { rows } = await owner.query<{ id: string; kinds: string[] }>(
    `select submission_id as id, array_agg(kind order by seq) as kinds from app.review_events
     where submission_id = any ($1) group by 1`,
    [entities],
  )
  return new Map(rows.map(({ id, kinds }) => [id, kinds]))
}

const times = (list: readonly string[], what: string) => list.filter((one) => one === what).length

/**
 * Heads of lanes that wait although nothing prevents them. Only an op refused by the server's own receipt may
 * wait for the person, and the later ops of its entity wait behind it.
 */
export async function stuckOps(owner: pg.Pool): Promise<OutboxOp[]> {
  const heads = new Map<string, OutboxOp>()
  for (const op of await db.outbox.orderBy('seq').toArray()) {
    if (!heads.has(op.entity_id)) heads.set(op.entity_id, op)
  }
  const { rows } = await owner.query<{ op_id: string }>(
    `select op_id from app.op_receipts where op_id = any ($1) and verdict ->> 'status' in ('refused', 'conflict')`,
    [[...heads.values()].map((op) => op.op_id)],
  )
  const refused = new Set(rows.map(({ op_id }) => op_id))
  return [...heads.values()].filter(
    (op) => op.state !== 'needs_person' || op.code === null || !refused.has(op.op_id),
  )
}

/** Checks that kept payloads and accepted texts equal the saved ones. */
async function judgeWords(simulation: Simulation, owner: pg.Pool): Promise<Counts> {
  const counts = { ...NONE }
  const payloads = new Map(simulation.author.saved.map(({ op_id, payload }) => [op_id, payload]))
  for (const op of await db.outbox.toArray()) {
    if (JSON.stringify(op.payload) !== payloads.get(op.op_id)) counts.lost += 1
  }
  const { rows } = await owner.query<{ id: string; body: string }>(
    'select submission_id as id, body from app.propuestas where submission_id = any ($1)',
    [simulation.author.entities],
  )
  for (const { id, body } of rows) {
    const submit = simulation.author.saved.find(
      (one) => one.entity === id && one.kind === 'propuesta.submit',
    )!
    if ((JSON.parse(submit.payload) as { body: string }).body !== body) counts.divergent += 1
  }
  return counts
}

async function judgeOps(simulation: Simulation, owner: pg.Pool): Promise<Counts> {
  const counts = { ...NONE }
  const kept = await db.outbox.toArray()
  const done = await eventsOf(owner, simulation.author.entities)
  counts.stuck = (await stuckOps(owner)).length
  for (const entity of simulation.author.entities) {
    const wanted = simulation.author.saved.filter((one) => one.entity === entity)
    const expected = wanted
      .filter((one) => !kept.some((op) => op.op_id === one.op_id))
      .map((one) => EVENT[one.kind]!)
    const found = done.get(entity) ?? []
    for (const what of Object.values(EVENT)) {
      counts.lost += Math.max(0, times(expected, what) - times(found, what))
      counts.duplicate += Math.max(0, times(found, what) - times(expected, what))
    }
    if (expected.length === found.length && expected.join() !== found.join()) counts.divergent += 1
  }
  return counts
}

/** Compares the author's rows on the phone with the rows that the server would return now. */
async function judgeRows(simulation: Simulation, owner: pg.Pool): Promise<Counts> {
  const { rows } = await owner.query<{ id: string; row: unknown }>(
    'select s.id, app.submission_row(s.id) as row from app.submissions s where s.id = any ($1)',
    [simulation.author.entities],
  )
  const counts = { ...NONE }
  for (const { id, row } of rows) {
    const base = await db.base.get([`mine:${id}`, 'submission', id])
    if (!base) counts.missed += 1
    else if (JSON.stringify(base.row) !== JSON.stringify(row)) counts.divergent += 1
  }
  counts.divergent += await db.overlay.filter((one) => one.xid !== null).count()
  return counts
}

async function judgePublic(owner: pg.Pool): Promise<Counts> {
  const { rows } = await owner.query<{ id: string }>(
    'select i.id from app.insumos i join app.convocatorias c on c.id = i.convocatoria_id where c.published',
  )
  const told = new Set(rows.map(({ id }) => id))
  const seen = (await db.base.filter((one) => one.entity === 'insumo').toArray()).map(({ id }) => id)
  return {
    ...NONE,
    missed: [...told].filter((id) => !seen.includes(id)).length,
    divergent: seen.filter((id) => !told.has(id)).length,
  }
}

export const judge = async (simulation: Simulation, owner: pg.Pool): Promise<Counts> =>
  sum([
    await judgeOps(simulation, owner),
    await judgeWords(simulation, owner),
    await judgeRows(simulation, owner),
    await judgePublic(owner),
  ])
