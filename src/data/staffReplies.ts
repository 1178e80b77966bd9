/** Replies that staff are writing, kept in table `meta` so that neither a crash nor a lost session eats them. */
import { db } from './db'
import { asStorage } from './storageFault'

const keyOf = (userId: string, submissionId: string, decision: string): string =>
  `reply:${userId}:${submissionId}:${decision}`

/** What this member had written for this decision; undefined when nothing. */
export const getReply = async (userId: string, submissionId: string, decision: string): Promise<unknown> =>
  (await db.meta.get(keyOf(userId, submissionId, decision)))?.value

/** Keeps what is written so far. Faults: `storage_full`, `storage_failed`. */
export const saveReply = (userId: string, submissionId: string, decision: string, form: unknown) =>
  asStorage(() => db.meta.put({ key: keyOf(userId, submissionId, decision), value: form }))

/** Forgets every reply of this member for a submission: one of them became a decision. */
export const dropReplies = (userId: string, submissionId: string) =>
  db.meta
    .where('key')
    .startsWith(keyOf(userId, submissionId, ''))
    .delete()
