/**
 * Pull of the queues that a member keeps for review without signal. Only the page runs it: it needs a token that may
 * have to be refreshed, and the worker stays small. It needs no lease: an answer is written only while the cursor is
 * the one it was requested with, so two tabs cannot mix their answers.
 */
import * as v from 'valibot'
import { db } from '@/data/db'
import {
  asKeeper,
  emptyScope,
  type KeptNote,
  purgeScope,
  readNote,
  staffScope,
  writeNote,
} from '@/data/staff/keptItems'
import { Fault } from '@/domain/fault'
import type { PullAnswer, StaffPullRequest, StaffPullResult } from '@/domain/pull'

export type StaffPullAnswer = PullAnswer<StaffPullResult>

const scope = { scope: v.literal('staff'), id: v.string() }
const change = v.variant('op', [
  v.object({
    op: v.literal('put'),
    entity: v.literal('submission'),
    id: v.string(),
    row: v.looseObject({ id: v.string(), version: v.number(), state: v.string(), received_at: v.string() }),
  }),
  v.object({ op: v.literal('remove'), entity: v.literal('submission'), id: v.string() }),
])
const answer = v.object({
  now: v.string(),
  epoch: v.string(),
  pulls: v.array(
    v.variant('status', [
      v.object({
        ...scope,
        status: v.literal('ok'),
        reset: v.boolean(),
        more: v.boolean(),
        partial: v.boolean(),
        left: v.optional(v.number()),
        cursor: v.pipe(v.string(), v.regex(/^\d+\.\d+/u)),
        changes: v.array(change),
      }),
      v.looseObject({ ...scope, status: v.literal('denied') }),
    ]),
  ),
})

/** Whether `body` is an answer of `pull_changes` to scopes of staff. */
export const isStaffAnswer = (body: unknown): body is StaffPullAnswer => v.is(answer, body)

/** Calls `pull_changes` as the member. Faults as `rpc`. */
export type AskStaff = (pulls: StaffPullRequest[]) => Promise<StaffPullAnswer>

const requestsOf = async (userId: string, ids: readonly string[]): Promise<StaffPullRequest[]> => {
  const kept = await db.cursors.bulkGet(ids.map((id) => staffScope(userId, id)))
  return ids.map((id, index) => ({ scope: 'staff', id, cursor: kept[index]?.cursor ?? null }))
}

async function applyOk(userId: string, note: KeptNote, result: StaffPullResult, now: string): Promise<void> {
  const name = staffScope(userId, result.id)
  if (result.reset) await emptyScope(userId, result.id)
  for (const one of result.changes) {
    const { entity, id } = one
    if (one.op === 'put') await db.base.put({ scope: name, entity, id, row: one.row })
    else await db.base.delete([name, entity, id])
  }
  await db.cursors.put({ scope: name, cursor: result.cursor })
  const before = result.reset ? null : (note.scopes[result.id]?.at ?? null)
  const { more, partial, left = 0 } = result
  note.scopes[result.id] = { at: more ? before : now, partial, ...(more && left && { left }) }
}

/** The cursors belong to the old epoch, so every queue is read from the start. */
async function leaveEpoch(userId: string, note: KeptNote): Promise<void> {
  for (const id of Object.keys(note.scopes)) await db.cursors.delete(staffScope(userId, id))
}

/**
 * Writes an answer: rows, cursors and their age in one transaction. Returns the ids of the campaigns with more pages;
 * none when the member signed out or turned the switch off during the call. Faults: `not_ours` for an answer without
 * progress, `storage_full`, `storage_failed`.
 */
export const applyStaffAnswer = (userId: string, asked: StaffPullRequest[], received: StaffPullAnswer) =>
  asKeeper(userId, async (): Promise<string[]> => {
    const note = await readNote(userId)
    if (!note) return []
    if (note.epoch !== null && note.epoch !== received.epoch) {
      await leaveEpoch(userId, note)
      await writeNote(userId, { ...note, epoch: received.epoch })
      return asked.map(({ id }) => id)
    }
    const again: string[] = []
    for (const result of received.pulls) {
      const request = asked.find(({ id }) => id === result.id)
      const current = (await db.cursors.get(staffScope(userId, result.id)))?.cursor ?? null
      if (!request || current !== request.cursor) continue // another tab wrote its answer first
      if (result.status === 'denied') {
        await purgeScope(userId, result.id)
        delete note.scopes[result.id]
        continue
      }
      if (result.more && result.cursor === request.cursor) throw new Fault('not_ours', true)
      await applyOk(userId, note, result, received.now)
      if (result.more) again.push(result.id)
    }
    await writeNote(userId, { ...note, epoch: received.epoch })
    return again
  })

/**
 * Brings a member's kept queues up to date: those of `campaigns`, and those kept before, so that the server can deny
 * a queue whose right ended. Does nothing while the switch is off. Faults as `ask`, and those of `applyStaffAnswer`.
 */
export async function pullStaff(ask: AskStaff, userId: string, campaigns: readonly string[]): Promise<void> {
  const note = await readNote(userId)
  if (!note) return
  let open = [...new Set([...campaigns, ...Object.keys(note.scopes)])]
  while (open.length > 0) {
    const requests = await requestsOf(userId, open)
    open = (await applyStaffAnswer(userId, requests, await ask(requests))) ?? []
  }
}
