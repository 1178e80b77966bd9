/**
 * The place of a form's text that has room beside it: where two tabs wrote different texts at the same time, the second
 * one stands in a row of its own, and the form shows both until the person drops one.
 */
import type { Table } from 'dexie'
import { db } from './db'
import type { LiveQuery } from './queries'
import type { TextPlace } from './sharedText'
import { asStorage } from './storageFault'

/** The row that one tab alone uses. */
export interface FirstPlace<T> {
  tables: Table[]
  read(): Promise<T | undefined>
  write(text: T): Promise<unknown>
  drop(): PromiseLike<unknown>
}

/** Another text of the same form. `key`: its row in `meta`; null for the first place. */
export interface OtherText<T> {
  key: string | null
  text: T
}

export interface BesidePlace<T> extends TextPlace<T> {
  /** The text to open the form with: that of the first place, otherwise one that was left beside it. */
  find(): Promise<T | undefined>
  /** Deletes this form's text. Called inside a transaction over `tables`, it is part of it. */
  drop(): Promise<unknown>
  /** The other texts of this form. */
  others: LiveQuery<OtherText<T>[]>
  /** Puts `mine` where the other text was and that one here. Faults: `storage_full`, `storage_failed`. */
  swap(other: OtherText<T>, mine: T): Promise<void>
  dropOther(other: OtherText<T>): Promise<void>
}

/** The rows of one form: the first place, and those beside it. */
function rowsOf<T>(name: string, first: FirstPlace<T>) {
  const readAt = async (at: string | null) =>
    at === null ? first.read() : ((await db.meta.get(at))?.value as T | undefined)
  const writeAt = (at: string | null, text: T) =>
    at === null ? first.write(text) : db.meta.put({ key: at, value: text })
  const dropAt = async (at: string | null) => void (await (at === null ? first.drop() : db.meta.delete(at)))

  async function readAll(): Promise<OtherText<T>[]> {
    const [main, rows] = await Promise.all([
      first.read(),
      db.meta.where('key').startsWith(`${name}~`).toArray(),
    ])
    const beside = rows.map((row) => ({ key: row.key as string | null, text: row.value as T }))
    return main === undefined ? beside : [{ key: null, text: main }, ...beside]
  }

  return { readAt, writeAt, dropAt, readAll }
}

/** `name` identifies the form on this device. */
export function createBesidePlace<T>(name: string, first: FirstPlace<T>): BesidePlace<T> {
  let key: string | null = null
  const tables = [...new Set([...first.tables, db.meta])]
  const { readAt, writeAt, dropAt, readAll } = rowsOf(name, first)
  return {
    tables,
    read: () => readAt(key),
    async write(text) {
      await writeAt(key, text)
      return text
    },
    move: () => (key = `${name}~${crypto.randomUUID()}`),
    async find() {
      const [found] = await readAll()
      key = found?.key ?? null
      return found?.text
    },
    drop: () => dropAt(key),
    others: { tables, read: async () => (await readAll()).filter((one) => one.key !== key) },
    swap: (other, mine) =>
      asStorage(() =>
        db.transaction('rw', tables, async () => {
          await writeAt(other.key, mine)
          await writeAt(key, other.text)
        }),
      ),
    dropOther: (other) => asStorage(() => dropAt(other.key)),
  }
}
