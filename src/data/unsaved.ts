/**
 * Text on the screen that is not on disk yet. It is written before a reload, and before a newer version takes the
 * database.
 */
type Flush = () => Promise<boolean>

const open = new Set<Flush>()

/** Registers `flush`, which writes and resolves with whether everything is on disk. Returns a function that ends it. */
export function holdUnsaved(flush: Flush): () => void {
  open.add(flush)
  return () => open.delete(flush)
}

/** Calls every registered flush. Resolves with false when one of them failed. */
export const flushUnsaved = async (): Promise<boolean> =>
  (await Promise.all([...open].map((flush) => flush().catch(() => false)))).every(Boolean)
