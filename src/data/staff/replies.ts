/** Forms that staff are writing, saved in table `meta` so that they survive a crash and the end of a session. */
import { db } from '../db'
import { asStorage } from '../storageFault'

const keyOf = (userId: string, place: string, name: string): string => `reply:${userId}:${place}:${name}`

/** The form of this name that the member saved at this place; undefined without one. */
export const getReply = async (userId: string, place: string, name: string): Promise<unknown> =>
  (await db.meta.get(keyOf(userId, place, name)))?.value

/** Saves a form. Faults: `storage_full`, `storage_failed`. */
export const saveReply = (userId: string, place: string, name: string, form: unknown) =>
  asStorage(() => db.meta.put({ key: keyOf(userId, place, name), value: form }))

/** Deletes these forms of this place and no others. */
export const dropReplies = (userId: string, place: string, names: readonly string[]) =>
  db.meta.bulkDelete(names.map((name) => keyOf(userId, place, name)))
