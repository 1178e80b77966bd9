/** One cycle of the engine, push then pull, under the lease. The page and the service worker run the same cycle. */
import { db } from '@/data/db'
import { rpc } from '@/data/rpc'
import { clockOffset, restoreClock } from '@/data/serverClock'
import { readAccessToken } from '@/data/staff/session'
import { Fault } from '@/domain/fault'
import { drain, type DrainDeps, type Hurry } from './drain'
import { assertFence } from './fence'
import { asLeader, type LeaderDeps, type Led } from './leader'
import { PULL_NOTE, type PullNote } from './page'
import { checkEpoch, pull, type PullDeps, type PullReach } from './pull'

export interface Engine extends DrainDeps, PullDeps, LeaderDeps {}

/** What a cycle is asked to do: which waits it ends, and what it reads. */
export interface Wants {
  hurry: Hurry
  reach: PullReach | 'none'
}

/** How the last cycle ended, on disk for every tab. `fault` is a code, or null. */
export interface CycleNote {
  at: number // ms, phone's clock
  fault: string | null
}

export const CYCLE_NOTE = 'cycle'

const every = (ms: number, tick: () => void): (() => void) => {
  const timer = setInterval(tick, ms)
  return () => clearInterval(timer)
}

/** The engine of a browser's page or worker. */
export const browserEngine = (): Engine => ({
  rpc,
  now: Date.now,
  random: Math.random,
  readToken: readAccessToken,
  breathe: () => new Promise((resolve) => setTimeout(resolve)),
  locks: globalThis.navigator?.locks ?? null,
  every,
})

async function faultOf(read: Promise<void>): Promise<Fault | null> {
  try {
    await read
    return null
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}

const writeNote = (fence: number, note: CycleNote): Promise<unknown> =>
  db.transaction('rw', [db.meta, db.leases], async () => {
    await assertFence(fence)
    await db.meta.put({ key: CYCLE_NOTE, value: note })
  })

/** `failed`: a call failed; the throttle on disk and the scheduler say when to try again. */
export type Outcome = Led | 'failed'

/** Sends, then reads. `busy` when another tab holds the lease. Rejects only when the phone's storage fails. */
export async function runCycle(engine: Engine, wants: Wants): Promise<Outcome> {
  let fault: Fault | null = null
  const led = await asLeader(async (fence) => {
    const epochFault = await faultOf(checkEpoch(engine, fence))
    fault = await drain(engine, fence, wants.hurry, epochFault)
    const hasSignal = fault?.code !== 'offline'
    if (wants.reach !== 'none' && hasSignal)
      fault = (await faultOf(pull(engine, fence, wants.reach))) ?? fault
    await writeNote(fence, { at: engine.now(), fault: fault?.code ?? null })
  }, engine)
  return led === 'done' && fault ? 'failed' : led
}

/** Restores the offset of the server's clock from the last pull, unless an answer has set it already. */
export async function recallClock(): Promise<void> {
  const note = (await db.meta.get(PULL_NOTE))?.value as PullNote | undefined
  if (note && clockOffset() === 0) restoreClock(note.clock_offset)
}
