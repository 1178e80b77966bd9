/**
 * Pull: brings the base up to date with `pull_changes`, up to fifty scopes in a call. Items whose first op the server
 * has not accepted are left out, because the server would deny them.
 */
import { db } from '@/data/db'
import { mineScope } from '@/data/items'
import { readEach, readOps, sentEntities } from '@/data/readRows'
import { takeFirstRead } from '@/data/firstRead'
import type { Rpc } from '@/data/rpc'
import { isPullAnswer } from '@/data/schemas'
import { Fault } from '@/domain/fault'
import { isSubmit } from '@/domain/ops'
import type { PullAnswer, PullRequest, PullResult } from '@/domain/pull'
import { applyPage } from './page'

const SCOPES_A_CALL = 50
const EPOCHS_A_PULL = 3

/** What a pull needs: the caller and the phone's clock in ms. */
export interface PullDeps {
  rpc: Rpc
  now: () => number
  /** Lets the browser paint between two pages of changes. */
  breathe: () => Promise<void>
}

/** `mine`: only this phone's submissions; `all`: public rows too. */
export type PullReach = 'mine' | 'all'

async function wanted(reach: PullReach): Promise<PullRequest[]> {
  // Items are read before ops: of an item saved in between, either the item is missing here or its op is found.
  const items = (await readEach(db.items)).rows
  const waiting = (await readOps()).filter((op) => !op.actor && isSubmit(op))
  const unknown = new Set(waiting.map((op) => op.entity_id))
  const known = items.filter((item) => !unknown.has(item.id))
  const mine = known.map(({ id, secret }) => ({ scope: 'mine' as const, id, secret, cursor: null }))
  return reach === 'all' ? [{ scope: 'public', cursor: null }, ...mine] : mine
}

const nameOf = (pull: PullRequest | PullResult): string =>
  pull.scope === 'public' ? 'public' : mineScope(pull.id!)

async function withCursors(requests: PullRequest[]): Promise<PullRequest[]> {
  const kept = await db.cursors.bulkGet(requests.map(nameOf))
  return requests.map((request, index) => ({ ...request, cursor: kept[index]?.cursor ?? null }))
}

/** The requests whose scopes have more pages. Throws `not_ours` when a cursor did not move, which would never end. */
function moreOf(requests: PullRequest[], answer: PullAnswer): PullRequest[] {
  const open = new Set(answer.pulls.filter((one) => one.status === 'ok' && one.more).map(nameOf))
  const left = requests.filter((request) => open.has(nameOf(request)))
  for (const { cursor, ...rest } of left) {
    const result = answer.pulls.find((one) => nameOf(one) === nameOf({ cursor, ...rest } as PullRequest))
    if (result?.cursor === cursor) throw new Fault('not_ours', true)
  }
  return left
}

/** Reads all pages of these scopes. Returns false when the epoch changed. */
async function pullScopes(deps: PullDeps, fence: number, scopes: PullRequest[]): Promise<boolean> {
  let open = scopes
  while (open.length > 0) {
    const requests = await withCursors(open)
    const first = takeFirstRead(requests)
    const answer = isPullAnswer(first)
      ? first
      : await deps.rpc('pull_changes', { pulls: requests }, { accepts: isPullAnswer })
    if (!(await applyPage(answer, fence, deps.now()))) return false
    open = moreOf(requests, answer)
    if (open.length > 0) await deps.breathe()
  }
  return true
}

async function pullOnce(deps: PullDeps, fence: number, reach: PullReach): Promise<boolean> {
  const requests = await wanted(reach)
  for (let from = 0; from < requests.length; from += SCOPES_A_CALL) {
    if (!(await pullScopes(deps, fence, requests.slice(from, from + SCOPES_A_CALL)))) return false
  }
  return true
}

/** Whether an op waits whose entity has an accepted op in `sent`. Reads only keys, so damaged rows do not matter. */
async function hasFollower(): Promise<boolean> {
  const ahead = await sentEntities()
  const following = await db.outbox.where('entity_id').anyOf(ahead).primaryKeys()
  const stopped = new Set(await db.outbox.where('state').equals('needs_person').primaryKeys())
  return following.some((seq) => !stopped.has(seq))
}

/**
 * Asks for the server's epoch before an op is sent that depends on an accepted op. A restored database may have lost
 * the accepted op, which then has to be sent first. Faults as `rpc`; FenceLost when another sender took over.
 */
export async function checkEpoch(deps: PullDeps, fence: number): Promise<void> {
  if (!(await hasFollower())) return
  const answer = await deps.rpc('pull_changes', { pulls: [] }, { accepts: isPullAnswer })
  await applyPage(answer, fence, deps.now())
}

/** Brings the base up to date. Faults as `rpc`, `server` when the epoch keeps changing; FenceLost when replaced. */
export async function pull(deps: PullDeps, fence: number, reach: PullReach): Promise<void> {
  for (let round = 0; round < EPOCHS_A_PULL; round += 1) {
    // A new epoch invalidates every scope, so the next round reads all of them.
    if (await pullOnce(deps, fence, round === 0 ? reach : 'all')) return
  }
  throw new Fault('server', true)
}
