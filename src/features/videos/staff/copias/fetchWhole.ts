/** Fetches a file and tells how much of it is here. Faults: `offline`, `server`; an abort rejects with its reason. */
import { Fault } from '@/domain/fault'

interface Watching {
  signal: AbortSignal
  onShare: (share: number) => void
}

export async function fetchWhole(url: string, bytes: number, { signal, onShare }: Watching): Promise<Blob> {
  const response = await fetch(url, { signal }).catch((cause: unknown) => {
    throw signal.aborted ? signal.reason : new Fault('offline', true, { cause })
  })
  if (!response.ok || !response.body) throw new Fault('server', true)
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let here = 0
  const reader = response.body.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    pieces.push(next.value)
    here += next.value.length
    onShare(here / bytes)
  }
  return new Blob(pieces)
}
