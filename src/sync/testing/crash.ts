/**
 * A process that dies at a chosen step of its database work. From then on whatever the dead one tries
 * fails; an open transaction is rolled back, as the browser would. What the design calls an await is a step here:
 * every call of Dexie to the storage, and every end of a transaction, when it is committed and whoever asked has
 * not been told. The other awaits are calls of the network, which kill by themselves before and after the server
 * (`killed_before`, `killed_after`). Between two of these nothing is written, so that dying there is the same.
 */
import { db } from '@/data/db'

export class Killed extends Error {}

let stepsLeft = Infinity
let isDead = false
let breakage: { stepsLeft: number; error: () => Error } | null = null
let wasBroken = false

/** Dies when `steps` more were made. */
export function dieAfter(steps: number): void {
  stepsLeft = steps
}

export function die(): void {
  isDead = true
}

export const hasDied = (): boolean => isDead

/** Whether this process met the failure that `breakAfter` put in its way. */
export const hasBroken = (): boolean => wasBroken

/** One database call fails with this error when `steps` more were made; the process lives on. */
export function breakAfter(steps: number, error: () => Error): void {
  breakage = { stepsLeft: steps, error }
}

/** A new process on the same disk. */
export function revive(): void {
  isDead = false
  stepsLeft = Infinity
  breakage = null
  wasBroken = false
}

function mayDie(): void {
  stepsLeft -= 1
  if (stepsLeft < 0) isDead = true
  if (isDead) throw new Killed('killed')
}

function step(): void {
  mayDie()
  if (!breakage || breakage.stepsLeft-- > 0) return
  const { error } = breakage
  breakage = null
  wasBroken = true
  throw error()
}

function makeCommitsMortal(): void {
  const transaction = db.transaction.bind(db) as (...args: unknown[]) => PromiseLike<unknown>
  const mortal = (...args: unknown[]) =>
    transaction(...args).then((value) => {
      mayDie()
      return value
    })
  Object.assign(db, { transaction: mortal })
}

/** Every database call of this test file, and every end of a transaction, becomes a place to die. */
export function makeMortal(): void {
  makeCommitsMortal()
  db.use({
    stack: 'dbcore',
    name: 'mortal',
    create: (core) => ({
      ...core,
      table: (name) => {
        const table = core.table(name)
        const guard =
          <A, R>(call: (request: A) => Promise<R>) =>
          async (request: A): Promise<R> => {
            step()
            return call(request)
          }
        return {
          ...table,
          mutate: guard(table.mutate),
          get: guard(table.get),
          getMany: guard(table.getMany),
          query: guard(table.query),
          openCursor: guard(table.openCursor),
          count: guard(table.count),
        }
      },
    }),
  })
}
