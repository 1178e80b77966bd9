/** Captions while somebody corrects them: lines, their times as they are typed, and what is wrong with each. */
import { visibleLength } from '@/domain/canon'
import type { Cue } from '@/domain/video'
import { READ_PER_S } from './cut'

/** What the database keeps of one caption (`app.check_cues`). */
const TEXT_MAX = 200
const LINES_MAX = 3
const SHORTEST_MS = 100
/** The length that a phone claims and the length of the file are not the same to the frame. */
const BEYOND_MS = 2000

/** So many lines at most. */
export const CUES_MAX = 600

export type LineTrouble = 'empty' | 'long' | 'time' | 'early' | 'late'

/** What keeps this line from being saved; null when nothing does. `before`: the line above it. */
export function troubleOf(
  { at, to, text }: Cue,
  before: Cue | undefined,
  durationMs: number,
): LineTrouble | null {
  if (visibleLength(text) === 0) return 'empty'
  if ([...text].length > TEXT_MAX || text.trim().split('\n').length > LINES_MAX) return 'long'
  if (to - at < SHORTEST_MS) return 'time'
  if (at < (before?.to ?? 0)) return 'early'
  return to > durationMs + BEYOND_MS ? 'late' : null
}

/** What keeps each of these lines from being saved. */
export const troublesOf = (cues: readonly Cue[], durationMs: number): (LineTrouble | null)[] =>
  cues.map((cue, at) => troubleOf(cue, cues[at - 1], durationMs))

/** Characters a second, when they are more than most people read. */
export function tooFast({ at, to, text }: Cue): number | null {
  const speed = Math.round(text.length / (Math.max(SHORTEST_MS, to - at) / 1000))
  return speed > READ_PER_S + 1 ? speed : null
}

/** `1:09.2`: minutes, seconds and tenths. */
export function clockOf(ms: number): string {
  const tenths = Math.round(ms / 100)
  const minutes = Math.floor(tenths / 600)
  return `${minutes}:${((tenths % 600) / 10).toFixed(1).padStart(4, '0')}`
}

/** The ms of a typed time: `1:09.2`, `1:09` or `69,2`; null when it is none. */
export function msOf(typed: string): number | null {
  const [, minutes = '0', seconds] = /^\s*(?:(\d{1,3}):)?(\d{1,4}(?:[.,]\d{1,3})?)\s*$/u.exec(typed) ?? []
  return seconds === undefined
    ? null
    : Math.round(Number(minutes) * 60_000 + Number(seconds.replace(',', '.')) * 1000)
}

/** Two lines of one, at this place in its text; the time is shared by their length. Null when one would have no words. */
export function splitAt({ at, to, text }: Cue, place: number): [Cue, Cue] | null {
  const [above, below] = [text.slice(0, place).trim(), text.slice(place).trim()]
  if (!above || !below) return null
  const between = Math.round(at + ((to - at) * above.length) / (above.length + below.length))
  return [
    { at, to: between, text: above },
    { at: between, to, text: below },
  ]
}

export const joined = (above: Cue, below: Cue): Cue => ({
  at: above.at,
  to: below.to,
  text: `${above.text} ${below.text}`.replaceAll('\n', ' '),
})
