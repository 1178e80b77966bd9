/** Servers and phones that break one promise each, for the proof that the suite finds them out. */
import { vi } from 'vitest'
import type { ConvocaDb, OutboxOp } from '@/data/db'
import type { World } from './world'

/** Replaces words in the source of a function of the server. */
async function edit(world: World, fn: string, from: string, to: string): Promise<void> {
  const [row] = await world.sql<{ source: string }>('select pg_get_functiondef($1::regprocedure) as source', [
    fn,
  ])
  if (!row!.source.includes(from)) throw new Error(`${fn} holds no ${from}`)
  await world.sql(row!.source.replaceAll(from, to))
}

export const forgetReceipts = (world: World) =>
  edit(world, 'app.take_receipt(uuid, text, jsonb)', 'do nothing', 'do update set verdict = excluded.verdict')

export async function ignoreWatermark(world: World): Promise<void> {
  for (const page of ['delta', 'snapshot'])
    await edit(world, `app.${page}_page(text, app.cursor)`, 'pg_snapshot_xmin', 'pg_snapshot_xmax')
}

export const refuseWhatIsBusy = (world: World) =>
  edit(world, 'app.settle_failure(text, jsonb, text, text, text, text)', "p_state not like 'PT%'", 'false')

const REPLACED = [
  '@/sync/verdicts',
  '@/sync/batch',
  '@/sync/page',
  '@/sync/fence',
  '@/sync/backoff',
  '@/data/staff/keptItems',
]

/** Phones opened from now on have the product's own functions. */
export const mend = () => REPLACED.forEach((name) => vi.doUnmock(name))

/** The next phone opened has these in the place of the product's own; to be called again for each. */
function replace<M extends object>(name: string, change: (own: M, db: ConvocaDb) => Partial<M>): void {
  vi.doMock(name, async (original) => {
    const own = await original<M>()
    const { db } = await import('@/data/db')
    return { ...own, ...change(own, db) }
  })
}

/** As Workbox's queue, which takes a request off before it asks. */
export const forgetOnFault = () =>
  replace<typeof import('@/sync/verdicts')>('@/sync/verdicts', (_, db) => ({
    recordFault: async (batch: OutboxOp[]) => db.outbox.bulkDelete(batch.map((op) => op.seq)),
  }))

export const ignoreLanes = () =>
  replace<typeof import('@/sync/batch')>('@/sync/batch', (_, db) => ({
    pickBatch: async ({ actor, limit }) =>
      db.outbox
        .orderBy('seq')
        .filter((op) => op.actor === actor && op.state !== 'needs_person')
        .limit(limit)
        .toArray(),
  }))

/** Whoever is signed in sends everybody's. */
export const ignoreActors = () =>
  replace<typeof import('@/sync/batch')>('@/sync/batch', ({ pickBatch }, db) => ({
    pickBatch: async (sender) => {
      const { actor } = sender
      if (actor) await db.outbox.filter((op) => op.actor !== null).modify({ actor })
      return pickBatch(sender)
    },
  }))

/** The verdict's row goes before the base has it. */
export const dropOverlayEarly = () =>
  replace<typeof import('@/sync/verdicts')>('@/sync/verdicts', ({ recordVerdicts }, db) => ({
    recordVerdicts: async (batch, verdicts, moment) => {
      const settled = await recordVerdicts(batch, verdicts, moment)
      await db.overlay.filter(({ xid }) => xid !== null).delete()
      return settled
    },
  }))

export const keepWhatIsDenied = () =>
  replace<typeof import('@/sync/page')>('@/sync/page', ({ applyPage }) => ({
    applyPage: (answer, ...rest) =>
      applyPage({ ...answer, pulls: answer.pulls.filter(({ status }) => status === 'ok') }, ...rest),
  }))

export const keepQueueOfOthers = () =>
  replace<typeof import('@/data/staff/keptItems')>('@/data/staff/keptItems', () => ({
    purgeScope: () => Promise.resolve(),
  }))

export const ignoreFence = () =>
  replace<typeof import('@/sync/fence')>('@/sync/fence', () => ({ assertFence: () => Promise.resolve() }))

export const neverWait = () =>
  replace<typeof import('@/sync/backoff')>('@/sync/backoff', () => ({ backoffMs: () => 0 }))
