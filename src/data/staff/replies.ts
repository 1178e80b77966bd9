/** Replies that staff are writing, kept in table `meta` so that neither a crash nor a lost session eats them. */
import { db } from '../db'
import { asStorage } from '../storageFault'

const keyOf = (userId: string, place: string, name: string): string => `reply:${userId}:${place}:${name}`

/** What this member had written here, in the form of this name; undefined when nothing. */
export const getReply = async (userId: string, place: string, name: string): Promise<unknown> =>
  (await db.meta.get(keyOf(userId, place, name)))?.value

/** Keeps what is written so far. Faults: `storage_full`, `storage_failed`. */
export const saveReply = (userId: string, place: string, name: string, form: unknown) =>
  asStorage(() => db.meta.put({ key: keyOf(userId, place, name), value: form }))

/** Forgets these forms of this place and no others: what is written in those goes on. */
export const dropReplies = (userId: string, place: string, names: readonly string[]) =>
  db.meta.bulkDelete(names.map((name) => keyOf(userId, place, name)))
