import { syncMine, watched } from './start'

/** Asks for news every ten seconds while this submission's page is open. Returns how to stop. */
export function watchSubmission(id: string): () => void {
  watched.set(id, (watched.get(id) ?? 0) + 1)
  void syncMine()
  return () => {
    const left = (watched.get(id) ?? 1) - 1
    if (left > 0) watched.set(id, left)
    else watched.delete(id)
  }
}
