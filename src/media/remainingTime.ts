/** Estimates how long a transfer will still take, only when the measurements allow it. */

export interface Sample {
  at: number // ms
  sent: number // bytes
}

/** Older samples may be from a place with another signal. */
const WINDOW_MS = 60_000

/** The shortest time that counts as a measurement. The first bytes only fill the phone's buffers. */
const MIN_MEASURED_MS = 8_000

/** After this time without a new byte there is no estimate. */
const STALLED_MS = 15_000

/** The samples of the last minute with the new one. Fewer bytes than before mean a new upload: older samples go. */
export function withSample(samples: readonly Sample[], next: Sample): Sample[] {
  const last = samples.at(-1)
  if (last && next.sent < last.sent) return [next]
  if (last && next.sent === last.sent) return [...samples]
  return [...samples.filter((sample) => next.at - sample.at <= WINDOW_MS), next]
}

/** Seconds until `total` bytes are sent at the rate of the last minute, at least 1; null without an estimate. */
export function remainingS(samples: readonly Sample[], total: number, now: number): number | null {
  const [first, last] = [samples[0], samples.at(-1)]
  if (!first || !last || now - last.at > STALLED_MS || last.at - first.at < MIN_MEASURED_MS) return null
  const perMs = (last.sent - first.sent) / (last.at - first.at)
  return perMs > 0 ? Math.max(1, Math.ceil((total - last.sent) / perMs / 1000)) : null
}
