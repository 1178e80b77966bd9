/** The link of the goal, and the faster link that stands for it so that the benchmark ends in time. */
import { MIB } from '../support/files'

/** The link of the goal: the upstream of a phone in the field. */
const NOMINAL = { kbps: 750, cutEveryS: [30, 90] }

/**
 * Rate and time between two cuts are scaled by the same factor, so there are as many cuts a byte as at 750
 * kbps. Not scaled: round trips, waits between retries, reconnecting, the app's start after a kill, computation
 * on the phone.
 */
const FACTOR = 8
/** In real seconds. A shorter outage could end before the app notices it. */
const OUTAGE_S = 1
/** A multiple of the time that the file needs without cuts. A contender that needs longer is stopped. */
const WINDOW = 2.5

export interface Scale {
  bytes: number
  bytesPerS: number
  cutEveryS: readonly [number, number]
  outageS: number
  /** The shares of the file at which the browser is killed. */
  killsAt: readonly number[]
  windowS: number
}

export function scaleOf(mib: number): Scale {
  const bytes = mib * MIB
  const bytesPerS = (NOMINAL.kbps * 1000 * FACTOR) / 8
  const [least, most] = NOMINAL.cutEveryS as [number, number]
  return {
    bytes,
    bytesPerS,
    cutEveryS: [least / FACTOR, most / FACTOR],
    outageS: OUTAGE_S,
    killsAt: [0.2, 0.45, 0.7],
    windowS: WINDOW * (bytes / bytesPerS),
  }
}

/** Describes the scaling for the report. */
export const describe = ({ bytes, bytesPerS, cutEveryS, outageS, killsAt, windowS }: Scale) => ({
  stands_for: `${bytes} bytes at ${NOMINAL.kbps} kbps, cut every ${NOMINAL.cutEveryS.join('–')} s`,
  factor: FACTOR,
  bytes,
  mbps: (bytesPerS * 8) / 1e6,
  cut_every_s: cutEveryS,
  outage_s: outageS,
  kills_at: killsAt,
  window_s: Math.round(windowS),
  scaled: 'rate and time between cuts (the time in which the link is up)',
  not_scaled: `round trips (60 ms), waits between tries, opening the app after a kill, the outage itself: each weighs ${FACTOR} times more here`,
  goodput_share:
    'bytes of the file the server got ÷ (rate × time the link was up), from the first upload byte wanted to the end',
  resent:
    'bytes that passed the link beyond the file, headers and other calls included; the embedded backend keeps what arrived of a cut chunk',
})
