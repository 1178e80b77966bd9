import { syncMine, watched } from './start'

/** Reads changes every ten seconds while a submission's page is open. Returns a function that stops it. */
export function watchSubmission(id: string): () => void {
  watched.set(id, (watched.get(id) ?? 0) + 1)
  void syncMine()
  return () => {
    const left = (watched.get(id) ?? 1) - 1
    if (left > 0) watched.set(id, left)
    else watched.delete(id)
  }
}
