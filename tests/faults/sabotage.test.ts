/** The suite can fail: a server or a phone that breaks one promise is found out by the same reckoning. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { OutboxOp } from '@/data/db'
import { nothingFound, type Findings } from './ledger'
import { live, openPhones, type Stage } from './live'
import type { PhoneIndex, Step } from './steps'
import { World } from './world'

let world: World
beforeEach(async () => {
  world = await World.open()
})
afterEach(async () => {
  vi.doUnmock('@/sync/verdicts')
  await world.close()
})

const submit: Step = { do: 'submit', phone: 0, special: 'fine' }
const cycle = (phone: PhoneIndex, ...faults: Extract<Step, { do: 'cycle' }>['faults']): Step => ({
  do: 'cycle',
  phone,
  faults,
  meddling: null,
})
const on = (what: 'withdraw' | 'undo' | 'share', phone: PhoneIndex): Step => ({ do: what, phone, entity: 0 })
const withdrawn: Step[] = [
  submit,
  cycle(0),
  on('share', 1),
  cycle(1),
  on('withdraw', 0),
  cycle(0, 'answer_lost'),
]

/** Replaces words in the source of a function of the server. */
async function edit(fn: string, from: string, to: string): Promise<void> {
  const sql = 'select pg_get_functiondef($1::regprocedure) as source'
  const [row] = await world.sql<{ source: string }>(sql, [fn])
  expect(row!.source).toContain(from)
  await world.sql(row!.source.replaceAll(from, to))
}

const forgetReceipts = () =>
  edit('app.take_receipt(uuid, text, jsonb)', 'do nothing', 'do update set verdict = excluded.verdict')

async function ignoreWatermark(): Promise<void> {
  for (const page of ['delta', 'snapshot'])
    await edit(`app.${page}_page(text, app.cursor)`, 'pg_snapshot_xmin', 'pg_snapshot_xmax')
}

const refuseWhatIsBusy = () =>
  edit('app.settle_failure(text, jsonb, text, text, text, text)', "p_state not like 'PT%'", 'false')

/** A phone that takes an op off once it was sent, as Workbox's queue does before it asks. */
async function forgetOnFault(): Promise<void> {
  vi.doMock('@/sync/verdicts', async (original) => {
    const verdicts = await original<typeof import('@/sync/verdicts')>()
    const { db } = await import('@/data/db')
    const recordFault = (batch: OutboxOp[]) => db.outbox.bulkDelete(batch.map((op) => op.seq))
    return { ...verdicts, recordFault }
  })
}

test.each<[string, () => Promise<void>, Step[], keyof Findings]>([
  [
    'a server that forgets its receipts',
    forgetReceipts,
    [...withdrawn, on('undo', 1), cycle(1)],
    'duplicate',
  ],
  ['a server that tells a doer it was refused', forgetReceipts, withdrawn, 'divergent'],
  ['a server that ignores the watermark', ignoreWatermark, [{ do: 'writer' }, submit, cycle(0)], 'missed'],
  [
    'a server that refuses what is only busy',
    refuseWhatIsBusy,
    [submit, cycle(0), { do: 'lock', entity: 0 }, on('withdraw', 0), cycle(0)],
    'stuck',
  ],
  ['a phone that forgets what it sent', forgetOnFault, [submit, cycle(0, 'lost')], 'lost'],
])('%s is found out, and the same history without it is clean', async (_, sabotage, steps, count) => {
  const stage: Stage = { world, phones: await openPhones(world), tally: {} }
  expect(await live(stage, steps)).toEqual(nothingFound())
  await sabotage()
  const found = await live({ ...stage, phones: await openPhones(world) }, steps)
  expect(found[count], JSON.stringify(found)).not.toEqual([])
})
