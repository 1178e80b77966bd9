/**
 * «Volver a cargar»: reads everything from the server again. Outbox, drafts and items stay as they are. Old rows stay
 * until the new ones are written: the transaction that fills a scope also empties it (`page.ts`). A phone that loses
 * its signal during the read still has campaigns to show.
 */
import { db } from '@/data/db'
import { mineScope } from '@/data/items'
import { Fault } from '@/domain/fault'
import { browserEngine, type Engine } from './engine'
import { assertFence } from './fence'
import { asLeader } from './leader'
import { emptyBase } from './page'
import { pull } from './pull'

/**
 * `unreachable`: the server did not answer, and nothing was deleted. `cut`: the read stopped in the middle, and the
 * next cycle reads the rest. `busy`: another tab is sending.
 */
export type Rebuilt = 'done' | 'unreachable' | 'cut' | 'busy'

/** False for the scopes that staff keep for review without signal; they have their own switch and pull. */
const isOfCitizens = (scope: string): boolean => scope === 'public' || scope.startsWith(mineScope(''))

/** Needs the lease: otherwise an answer on its way to another tab could write a cursor that passes missing rows. */
const dropBase = (fence: number): Promise<void> =>
  db.transaction('rw', [db.base, db.cursors, db.items, db.leases], async () => {
    await assertFence(fence)
    const wanted = new Set(['public', ...(await db.items.toCollection().primaryKeys()).map(mineScope)])
    const keys = (await db.base.orderBy('[scope+entity]').keys()) as unknown as [string, string][]
    for (const scope of new Set(keys.map(([name]) => name))) {
      if (isOfCitizens(scope) && !wanted.has(scope)) await emptyBase(scope)
    }
    await db.cursors.filter(({ scope }) => isOfCitizens(scope)).delete()
  })

/** Reads every scope. Returns false when a call failed. */
async function pullAll(engine: Engine, fence: number): Promise<boolean> {
  try {
    await pull(engine, fence, 'all')
    return true
  } catch (error) {
    if (error instanceof Fault) return false
    throw error
  }
}

/** Rebuilds the base. Rejects only when the phone's storage fails. */
export async function rebuildBase(engine: Engine = browserEngine()): Promise<Rebuilt> {
  let outcome: Rebuilt = 'busy'
  await asLeader(async (fence) => {
    outcome = 'unreachable'
    if (!(await pullAll(engine, fence))) return // only an answer proves that the server is reachable
    outcome = 'cut'
    await dropBase(fence)
    if (await pullAll(engine, fence)) outcome = 'done'
  }, engine)
  return outcome
}
