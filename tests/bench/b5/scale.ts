/** The link as the goal says it, and as it is played: so many times faster, so that it ends today. */
import { MIB } from '../support/files'

/** The link of the goal: a phone's upstream in the field. */
const NOMINAL = { kbps: 750, cutEveryS: [30, 90] }

/**
 * Rate and time between two cuts are scaled by the same number, so that as many cuts come to a byte as at 750 kbps.
 * Not scaled: round trips, waits between tries, reconnecting, the app's start after a kill, what the phone computes.
 */
const FACTOR = 8
/** Real seconds: a shorter one would be over before anybody noticed it. */
const OUTAGE_S = 1
/** Times what the file takes over a link that is never cut; a contender that needs longer is stopped. */
const WINDOW = 2.5

export interface Scale {
  bytes: number
  bytesPerS: number
  cutEveryS: readonly [number, number]
  outageS: number
  /** Shares of the file after which the browser is killed. */
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

/** For the report: what stands for what. */
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
