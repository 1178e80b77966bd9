/**
 * «Volver a cargar»: everything read from the server is read anew. Outbox, drafts and items are not touched, and
 * no row goes before its successor is here: an answer to a read from the start empties its scope in the same
 * transaction that fills it (`page.ts`), so a phone that loses its signal meanwhile still has campaigns to show.
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
 * `unreachable`: the server did not answer, and nothing was dropped. `cut`: it stopped answering halfway; the
 * next synchronisation reads the rest. `busy`: another tab is sending.
 */
export type Rebuilt = 'done' | 'unreachable' | 'cut' | 'busy'

/** What staff keep to review without signal has a switch and a pull of its own. */
const isOfCitizens = (scope: string): boolean => scope === 'public' || scope.startsWith(mineScope(''))

/** Under the lease: a page still on its way to another tab could otherwise write a cursor over a gap. */
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

/** Whether a read of everything came through. */
async function reads(engine: Engine, fence: number): Promise<boolean> {
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
    if (!(await reads(engine, fence))) return // `onLine` lies: only an answer tells that there is one
    outcome = 'cut'
    await dropBase(fence)
    if (await reads(engine, fence)) outcome = 'done'
  }, engine)
  return outcome
}
