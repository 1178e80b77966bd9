/**
 * When each word of a transcript is said. Pauses of the sound are matched with gaps between words; between two matches the words
 * share the spoken time by their weights. Of all matchings that keep the order it takes the most likely one.
 */
import type { Span } from './pauses'
import type { SpokenWord } from './spokenWords'

/** What it costs that a pause falls after a word with this stop, and that none falls there. */
const PAUSE_AT = [3.2, 0.7, 0]
const NO_PAUSE_AT = [0, 0.6, 2.2]
/** What it costs that a pause falls within the words, by its length. */
const withinWords = (seconds: number) => 1.5 + Math.min(5, seconds * 7)
/** What it costs that something is said which nobody wrote, such as «este». */
const unwritten = (seconds: number) => 4 + seconds * 2
/** How far speech strays from its mean pace. */
const variance = (seconds: number) => 0.012 + 0.022 * seconds
/** So many pauses in a row may fall within words. */
const LOOKBACK = 6
/** Words that would take this much longer than the sound is are not tried. */
const FARTHEST = 36
/** The pace is measured anew with what was found to be said. */
const TURNS = 3

/** So many words are said before the pause that follows this many spans. */
interface Match {
  words: number
  spans: number
}

const sums = (values: readonly number[]) => {
  const found = [0]
  for (const value of values) found.push(found.at(-1)! + value)
  return found
}
const lengthOf = ({ from, to }: Span) => to - from

/** What one stretch from pause to pause costs. */
class Stretches {
  readonly #said: number[]
  readonly #passed: number[]
  readonly #spoken: number[]
  constructor(
    readonly words: readonly SpokenWord[],
    readonly spans: readonly Span[],
    pace: number,
  ) {
    this.#said = sums(words.map(({ weight }) => weight * pace))
    this.#passed = sums(words.map(({ stop }) => NO_PAUSE_AT[stop]!))
    this.#spoken = sums(spans.map(lengthOf))
  }
  seconds = (before: number, spans: number) => this.#spoken[spans]! - this.#spoken[before]!
  /** How far so many words stray from this time, squared; negative where they take less. */
  stray(first: number, end: number, seconds: number): number {
    const said = this.#said[end]! - this.#said[first]!
    return (Math.sign(said - seconds) * (said - seconds) ** 2) / (2 * variance(said))
  }
  /** Of the words from `first` up to `end`, followed by a pause. */
  cost(first: number, end: number, seconds: number, stray: number): number {
    if (end === first) return unwritten(seconds)
    const passed = this.#passed[end - 1]! - this.#passed[first]!
    return Math.abs(stray) + passed + PAUSE_AT[this.words[end - 1]!.stop]!
  }
}

/** The least cost of each match, and the match before it on the way there. */
class Ways {
  readonly #width: number
  readonly #cost: Float64Array
  readonly #from: Int32Array
  constructor(words: number, spans: number) {
    this.#width = words + 1
    this.#cost = new Float64Array((spans + 1) * this.#width).fill(Infinity)
    this.#from = new Int32Array(this.#cost.length).fill(-1)
    this.#cost[0] = 0
  }
  at = ({ words, spans }: Match) => spans * this.#width + words
  costOf = (match: Match) => this.#cost[this.at(match)]!
  offer(before: Match, match: Match, cost: number): void {
    const at = this.at(match)
    if (cost >= this.#cost[at]!) return
    this.#cost[at] = cost
    this.#from[at] = this.at(before)
  }
  /** The matches of the cheapest way, from the beginning to the end. */
  back(): Match[] {
    const matches: Match[] = []
    for (let at = this.#cost.length - 1; at >= 0; at = this.#from[at]!)
      matches.unshift({ spans: Math.floor(at / this.#width), words: at % this.#width })
    return matches
  }
}

/** Offers all stretches that end with these spans and begin after `before` of them. `within`: what the pauses inside cost. */
function tryStretches(ways: Ways, all: Stretches, before: number, spans: number, within: number): void {
  const seconds = all.seconds(before, spans)
  const count = all.words.length
  const isLast = spans === all.spans.length
  for (let first = 0; first <= count; first++) {
    const begun = ways.costOf({ words: first, spans: before })
    if (begun === Infinity) continue
    for (let end = isLast ? count : first; end <= count; end++) {
      const stray = all.stray(first, end, seconds)
      if (stray > FARTHEST && !isLast) break
      const cost = begun + within + all.cost(first, end, seconds, stray)
      ways.offer({ words: first, spans: before }, { words: end, spans }, cost)
    }
  }
}

function matchesOf(words: readonly SpokenWord[], spans: readonly Span[], pace: number): Match[] {
  const all = new Stretches(words, spans, pace)
  const ways = new Ways(words.length, spans.length)
  for (let end = 1; end <= spans.length; end++) {
    let within = 0
    for (let before = end - 1; before >= Math.max(0, end - LOOKBACK); before--) {
      tryStretches(ways, all, before, end, within)
      if (before > 0) within += withinWords(spans[before]!.from - spans[before - 1]!.to)
    }
  }
  return ways.back()
}

/** The moment at which so much of the time in these spans is spoken. An end stays before the pause, a beginning comes after it. */
function momentAt(spans: readonly Span[], spoken: number, isEnd: boolean): number {
  let left = spoken
  for (const span of spans) {
    const length = lengthOf(span)
    if (left < length || (isEnd && left <= length + 1e-9)) return span.from + Math.min(left, length)
    left -= length
  }
  return spans.at(-1)!.to
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

function timesOf(words: readonly SpokenWord[], spans: readonly Span[], matches: readonly Match[]): Span[] {
  return matches.slice(1).flatMap((match, at) => {
    const before = matches[at]!
    const said = words.slice(before.words, match.words)
    const inside = spans.slice(before.spans, match.spans)
    const pace = total(inside.map(lengthOf)) / total(said.map(({ weight }) => weight))
    let weight = 0
    return said.map((word) => {
      const from = momentAt(inside, weight * pace, false)
      weight += word.weight
      return { from, to: momentAt(inside, weight * pace, true) }
    })
  })
}

/** Seconds for a unit of weight, without what was said and not written. */
function paceOf(words: readonly SpokenWord[], spans: readonly Span[], matches: readonly Match[]): number {
  const spoken = matches.slice(1).flatMap((match, at) => {
    const before = matches[at]!
    return match.words === before.words ? [] : spans.slice(before.spans, match.spans).map(lengthOf)
  })
  return total(spoken) / total(words.map(({ weight }) => weight))
}

/** One span for each word, in order. Empty without words or without speech. */
export function align(words: readonly SpokenWord[], spans: readonly Span[]): Span[] {
  if (words.length === 0 || spans.length === 0) return []
  let matches: Match[] = [
    { words: 0, spans: 0 },
    { words: words.length, spans: spans.length },
  ]
  for (let turn = 0; turn < TURNS; turn++) matches = matchesOf(words, spans, paceOf(words, spans, matches))
  return timesOf(words, spans, matches)
}
