/**
 * Cuts the words of a transcript into captions of at most two lines. Of all ways to cut it takes the one that breaks where a
 * sentence or a pause does, shows each for one to seven seconds, and leaves time to read it.
 */
import type { Cue } from '@/domain/video'
import type { Span } from './pauses'
import type { SpokenWord } from './spokenWords'

export const LINE_MAX = 37
export const READ_PER_S = 17
const SHORTEST_S = 1
const LONGEST_S = 7
/** The next caption does not touch the one before it. */
const GAP_S = 0.05
/** So much time a caption gets beyond its words, and no more. */
const LINGER_S = 0.45
/** A silence that a reader notices. */
const PAUSE_S = 0.3

/** What it costs to end a caption after a word with this stop. */
const BREAK_AFTER = [2.5, 0.6, 0]

interface TimedWord extends SpokenWord, Span {}

const textOf = (words: readonly SpokenWord[]) => words.map(({ text }) => text).join(' ')

/** The text on one line, or on two that are as even as words allow; null when it needs more. A longer word stands alone. */
export function layOut(text: string): string | null {
  if (text.length <= LINE_MAX) return text
  const words = text.split(' ')
  if (words.length === 1) return text
  let best: { text: string; cost: number } | null = null
  for (let at = 1; at < words.length; at++) {
    const [above, below] = [words.slice(0, at).join(' '), words.slice(at).join(' ')]
    if (above.length > LINE_MAX || below.length > LINE_MAX) continue
    const cost = Math.abs(above.length - below.length) - (/[,.;:?!]$/u.test(above) ? 12 : 0)
    if (!best || cost < best.cost) best = { text: `${above}\n${below}`, cost }
  }
  return best?.text ?? null
}

/** When a caption ends: with its last word, or later where it is short or fast and nothing else is said. */
function endOf(words: readonly TimedWord[], next: TimedWord | undefined): number {
  const [first, last] = [words[0]!, words.at(-1)!]
  const wanted = first.from + Math.max(SHORTEST_S, textOf(words).length / READ_PER_S)
  const free = next ? next.from - GAP_S : Infinity
  return Math.max(last.to, Math.min(wanted, free, last.to + LINGER_S))
}

/** What one caption costs; Infinity when it cannot be one. */
function costOf(words: readonly TimedWord[], next: TimedWord | undefined): number {
  const text = textOf(words)
  if (layOut(text) === null) return Infinity
  const seconds = endOf(words, next) - words[0]!.from
  const last = words.at(-1)!
  const pause = next ? next.from - last.to : Infinity
  let cost = 1 + (last.stop === 0 && pause >= PAUSE_S ? BREAK_AFTER[1]! : BREAK_AFTER[last.stop]!)
  for (const [at, { to, stop }] of words.slice(0, -1).entries()) {
    if (stop === 2) cost += 0.8
    const silence = words[at + 1]!.from - to
    if (silence >= PAUSE_S) cost += silence * 2
  }
  return (
    cost +
    Math.max(0, seconds - LONGEST_S) * 3 +
    Math.max(0, SHORTEST_S - seconds) * 3 +
    Math.max(0, text.length / seconds - READ_PER_S) * 0.4
  )
}

/** The words in groups, one for each caption. */
function group(words: readonly TimedWord[]): TimedWord[][] {
  const cost = [0]
  const from = [0]
  for (let end = 1; end <= words.length; end++) {
    cost[end] = Infinity
    for (let start = end - 1; start >= 0; start--) {
      const one = costOf(words.slice(start, end), words[end])
      if (one === Infinity) break
      if (cost[start]! + one >= cost[end]!) continue
      cost[end] = cost[start]! + one
      from[end] = start
    }
  }
  const groups: TimedWord[][] = []
  for (let end = words.length; end > 0; end = from[end]!) groups.unshift(words.slice(from[end]!, end))
  return groups
}

/** `times` has a span for each word. */
export function cutCues(words: readonly SpokenWord[], times: readonly Span[]): Cue[] {
  const timed = words.map((word, at) => ({ ...word, ...times[at]! }))
  const groups = group(timed)
  return groups.map((said, at) => ({
    at: Math.round(said[0]!.from * 1000),
    to: Math.round(endOf(said, groups[at + 1]?.[0]) * 1000),
    text: layOut(textOf(said))!,
  }))
}
