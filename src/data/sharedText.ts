/**
 * The text of a form that several tabs may have open. A tab replaces on disk only what it has read or written itself.
 * Where another tab was first, the text goes to a place of its own, so that both texts are kept. No lock is involved:
 * a frozen tab would hold it, and older browsers have none (docs/decisions/0060-a-screen-claims-only-what-is-known.md).
 */
import type { Table } from 'dexie'
import { readonly, ref, type Ref } from 'vue'
import { db } from './db'
import { asStorage } from './storageFault'
import type { Look } from './useAutosave'

/** Where a form keeps its text. `read` and `write` run in one transaction over `tables`. */
export interface TextPlace<T> {
  tables: Table[]
  /** The text on disk; undefined without one. */
  read(): PromiseLike<T | undefined>
  /** Writes the text and resolves with what is on disk now. */
  write(text: T): Promise<T>
  /** Whether a text that is no longer on disk was sent, so that another one must not take its place. */
  isSent?(): Promise<boolean>
  /** Makes a new, empty place the place of this form. */
  move(): void
}

/** What a tab does with its text. */
export interface TextForm<T> {
  current(): T
  /** Shows the text that another tab wrote; undefined when that tab sent or discarded it. */
  adopt(text: T | undefined): void
}

/**
 * What another tab did to this text. `followed`: it wrote what is shown here. `sent`, `gone`: the text is no longer on
 * disk. `moved`: it wrote another text at the same time, and this one has a place of its own since.
 */
export type TabNews = 'followed' | 'sent' | 'gone' | 'moved'

export interface SharedText {
  news: Readonly<Ref<TabNews | null>>
  /** Takes what this tab has read as known; undefined when there was nothing. Nothing is followed before. */
  open(found: unknown): void
  /** The text was sent from here: what happens on disk is no news. */
  close(): void
  /** Writes the present text. Resolves with true once it is on disk. Faults: `storage_full`, `storage_failed`. */
  save(): Promise<boolean>
  /** Reads the place, and shows what another tab did. */
  look: Look
}

const jsonOf = (text: unknown): string | undefined => (text === undefined ? undefined : JSON.stringify(text))

/** Writes a text, at a new place where another text than `known` would be lost. */
async function writeText<T>(place: TextPlace<T>, text: T, known: string | undefined) {
  const mine = JSON.stringify(text)
  const isFree = async () => {
    const found = jsonOf(await place.read())
    return found === undefined ? !(await place.isSent?.()) : found === known || found === mine
  }
  let hasMoved = false
  const written = await asStorage(() =>
    db.transaction('rw', place.tables, async () => {
      hasMoved = !(await isFree())
      if (hasMoved) place.move()
      return place.write(JSON.parse(mine) as T) // Dexie clones no proxies
    }),
  )
  return { written, hasMoved, isNew: mine !== known }
}

export function createSharedText<T>(place: TextPlace<T>, form: TextForm<T>): SharedText {
  const news = ref<TabNews | null>(null)
  let known: string | undefined
  let isOpen = false

  async function save(): Promise<boolean> {
    const { written, isNew, hasMoved } = await writeText(place, form.current(), known)
    known = jsonOf(written)
    isOpen = true
    if (isNew) news.value = hasMoved ? 'moved' : null // the person went on, so the rest is no news any more
    return true
  }

  const look: Look = async () => {
    if (!isOpen) return null
    const found = await place.read()
    const json = jsonOf(found)
    if (json === known) return null
    const gone = (await place.isSent?.()) ? 'sent' : 'gone'
    return () => {
      known = json
      news.value = found === undefined ? gone : 'followed'
      form.adopt(found)
    }
  }

  return {
    news: readonly(news),
    open(found) {
      known = jsonOf(found)
      isOpen = true
      news.value = null
    },
    close: () => (isOpen = false),
    save,
    look,
  }
}
