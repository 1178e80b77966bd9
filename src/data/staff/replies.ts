/** Unsent replies of staff, kept in the table `meta`. They survive a crash and the end of the session. */
import { type BesidePlace, createBesidePlace } from '../besidePlace'
import { db } from '../db'
import { asStorage } from '../storageFault'

const keyOf = (userId: string, place: string, name: string): string => `reply:${userId}:${place}:${name}`

/** This member's saved text of the form `name` at `place`, or undefined. */
export const getReply = async (userId: string, place: string, name: string): Promise<unknown> =>
  (await db.meta.get(keyOf(userId, place, name)))?.value

/** Saves the form's present text. Faults: `storage_full`, `storage_failed`. */
export const saveReply = (userId: string, place: string, name: string, form: unknown) =>
  asStorage(() => db.meta.put({ key: keyOf(userId, place, name), value: form }))

/** Deletes the saved text of these forms at `place`. Other forms stay. */
export const dropReplies = (userId: string, place: string, names: readonly string[]) =>
  db.meta.bulkDelete(names.map((name) => keyOf(userId, place, name)))

/** The row of a reply as the place of a form that several tabs may have open. */
export const replyPlace = <T>(userId: string, place: string, name: string): BesidePlace<T> =>
  createBesidePlace<T>(keyOf(userId, place, name), {
    tables: [db.meta],
    read: async () => (await getReply(userId, place, name)) as T | undefined,
    write: (text) => saveReply(userId, place, name, text),
    drop: () => dropReplies(userId, place, [name]),
  })
