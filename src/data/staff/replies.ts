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

/** This member's saved forms at `place`, of any name, with the keys of their rows. */
export async function listReplies(userId: string, place: string): Promise<{ key: string; form: unknown }[]> {
  const rows = await db.meta
    .where('key')
    .startsWith(keyOf(userId, place, ''))
    .toArray()
  return rows.map(({ key, value }) => ({ key, form: value }))
}

/** Deletes one of them. Faults: `storage_full`, `storage_failed`. */
export const dropReplyRow = (key: string): Promise<void> => asStorage(() => db.meta.delete(key))

/** The row of a reply as the place of a form that several tabs may have open. */
export const replyPlace = <T>(userId: string, place: string, name: string): BesidePlace<T> =>
  createBesidePlace<T>(keyOf(userId, place, name), {
    tables: [db.meta],
    read: async () => (await getReply(userId, place, name)) as T | undefined,
    write: (text) => saveReply(userId, place, name, text),
    drop: () => dropReplies(userId, place, [name]),
  })
