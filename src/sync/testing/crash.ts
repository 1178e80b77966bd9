/**
 * Simulates a process that dies at a chosen step of its database work. After its death every call fails and an open
 * transaction is rolled back, as in a browser. The fault list's «await» is a step here: each call of Dexie to the
 * storage, and each end of a transaction, after the commit and before its caller continues. The other awaits are network
 * calls, with their own faults before and after the server (`killed_before`, `killed_after`). Nothing is written
 * between two steps, so a death in between has the same result.
 */
import { db } from '@/data/db'

export class Killed extends Error {}

let stepsLeft = Infinity
let isDead = false
let breakage: { stepsLeft: number; error: () => Error } | null = null
let wasBroken = false

/** The process dies after `steps` more steps. */
export function dieAfter(steps: number): void {
  stepsLeft = steps
}

export function die(): void {
  isDead = true
}

export const hasDied = (): boolean => isDead

/** Whether the error of `breakAfter` was thrown. */
export const hasBroken = (): boolean => wasBroken

/** One database call fails with `error` after `steps` more steps; the process lives on. */
export function breakAfter(steps: number, error: () => Error): void {
  breakage = { stepsLeft: steps, error }
}

/** Starts a new process on the same disk. */
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

/** Makes every database call and every end of a transaction a step, for the rest of the test file. */
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
