/** How long a transfer will still take, said only when it is known. */

export interface Sample {
  at: number // ms
  sent: number // bytes
}

/** Older samples tell of another place on the way. */
const WINDOW_MS = 60_000

/** Less than this is no measure: the first bytes only fill the phone's own buffers. */
const SHORTEST_MS = 8_000

/** Bytes that stopped moving promise nothing. */
const STILL_MS = 15_000

/** The samples that count, with the new one. What was sent went back: it begins anew. */
export function withSample(samples: readonly Sample[], next: Sample): Sample[] {
  const last = samples.at(-1)
  if (last && next.sent < last.sent) return [next]
  if (last && next.sent === last.sent) return [...samples]
  return [...samples.filter((sample) => next.at - sample.at <= WINDOW_MS), next]
}

/** Seconds until all `total` bytes are sent, at the pace of the last minute, never 0; null when it cannot be told. */
export function remainingS(samples: readonly Sample[], total: number, now: number): number | null {
  const [first, last] = [samples[0], samples.at(-1)]
  if (!first || !last || now - last.at > STILL_MS || last.at - first.at < SHORTEST_MS) return null
  const perMs = (last.sent - first.sent) / (last.at - first.at)
  return perMs > 0 ? Math.max(1, Math.ceil((total - last.sent) / perMs / 1000)) : null
}
