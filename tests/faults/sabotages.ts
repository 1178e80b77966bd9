/** Servers and phones that break one promise each, to prove that the suite finds them. */
import { vi } from 'vitest'
import type { ConvocaDb, OutboxOp } from '@/data/db'
import type { World } from './world'

/** Replaces text in the source of a function on the server. */
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

/** Phones opened from now on use the app's own functions again. */
export const mend = () => REPLACED.forEach((name) => vi.doUnmock(name))

/** Replaces functions of a module for the next phone. Call it again for each phone. */
function replace<M extends object>(name: string, change: (own: M, db: ConvocaDb) => Partial<M>): void {
  vi.doMock(name, async (original) => {
    const own = await original<M>()
    const { db } = await import('@/data/db')
    return { ...own, ...change(own, db) }
  })
}

/** Deletes an op before its call succeeds, as a queue does that removes requests before sending them. */
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

/** The signed-in user sends the decisions of every user. */
export const ignoreActors = () =>
  replace<typeof import('@/sync/batch')>('@/sync/batch', ({ pickBatch }, db) => ({
    pickBatch: async (sender) => {
      const { actor } = sender
      if (actor) await db.outbox.filter((op) => op.actor !== null).modify({ actor })
      return pickBatch(sender)
    },
  }))

/** Deletes a verdict's row before the base contains it. */
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
