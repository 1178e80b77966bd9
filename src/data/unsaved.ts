/**
 * What is on the screen and not on disk yet. Whoever is about to take the page or its database away has it
 * written first.
 */
type Flush = () => Promise<boolean>

const open = new Set<Flush>()

/** `flush` writes, and answers whether everything is on disk. Returns how to end. */
export function holdUnsaved(flush: Flush): () => void {
  open.add(flush)
  return () => open.delete(flush)
}

/** Writes it all; false when some of it could not be written. */
export const flushUnsaved = async (): Promise<boolean> =>
  (await Promise.all([...open].map((flush) => flush().catch(() => false)))).every(Boolean)
