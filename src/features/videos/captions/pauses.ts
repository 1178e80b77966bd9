/** Where somebody speaks, and where not, by the energy of the sound alone. */

/** Levels of the sound in dB under full scale, so many a second. */
export const LEVELS_HZ = 50
const FRAME_S = 1 / LEVELS_HZ

/** A silence shorter than this lies within words: the mouth closes for a «p» or a «t». */
const PAUSE_S = 0.14
/** A sound shorter than this is a click. */
const CLICK_S = 0.06

export interface Span {
  from: number
  to: number
}

const shareOf = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

/** The level above which a frame is speech: between the quiet of this recording and its loud parts. */
function thresholdOf(levels: readonly number[]): number {
  const sorted = levels.toSorted((a, b) => a - b)
  const loud = shareOf(sorted, 0.9)
  const quiet = Math.max(shareOf(sorted, 0.08), loud - 45)
  return quiet + Math.max(4, (loud - quiet) * 0.3)
}

function join(spans: readonly Span[], gap: number): Span[] {
  const joined: Span[] = []
  for (const span of spans) {
    const last = joined.at(-1)
    if (last && span.from - last.to < gap) last.to = span.to
    else joined.push({ ...span })
  }
  return joined
}

/** The spans of speech in seconds, in order; empty for silence. */
export function spokenSpans(levels: readonly number[]): Span[] {
  const threshold = thresholdOf(levels)
  const frames = levels.flatMap((level, at) =>
    level > threshold ? [{ from: at * FRAME_S, to: (at + 1) * FRAME_S }] : [],
  )
  const spans = join(frames, FRAME_S / 2).filter(({ from, to }) => to - from >= CLICK_S)
  return join(spans, PAUSE_S)
}
