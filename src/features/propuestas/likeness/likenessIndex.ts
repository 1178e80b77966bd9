/** What a phone makes of a digest in order to compare a text with all published proposals between two keys. */
import { tableSteps } from './concepts'
import { readFolios, readWords, type LikenessDigest } from './digest'
import { stemOf } from './stems'
import { STOP_WORDS } from './stopWords'
import { featuresOf, massOf, rarityOf, type Feature } from './vectors'

/** The proposals that have a feature, and how much it weighs in each. */
interface Postings {
  rarity: number
  places: Uint32Array
  weights: Float32Array
}

/** A proposal by its place in the digest, and how alike it is, from 0; comparable between texts and campaigns. */
export interface Ranked {
  place: number
  score: number
}

export interface LikenessIndex {
  folios: readonly string[]
  postings: ReadonlyMap<Feature, Postings>
  /** The stems of each proposal. */
  stemsAt: readonly (readonly string[])[]
  /** What `nearestOf` found before, by proposal. */
  nearest: Map<number, readonly Ranked[]>
  /** The stems of all proposals, by their first letter: what a mistyped word may have meant. */
  stemsFrom: ReadonlyMap<string, readonly string[]>
  /** What the score of each proposal is divided by: long ones have more in common with every text. */
  lengths: Float32Array
  /** What `mendStem` found before, by stem. */
  mended: Map<string, string>
  /** The middle length, which makes scores of different campaigns alike. */
  middle: number
}

const LENGTH = 0.6

const merged = (a: readonly number[], b: readonly number[]) =>
  [...new Set([...a, ...b])].sort((one, other) => one - other)

/** A step of the index is this many words or features: some milliseconds on a cheap phone. */
const STEP = 150

/** The proposals of each stem. Words with the same stem are one. */
function* placesByStem(digest: LikenessDigest): Generator<undefined, Map<string, readonly number[]>> {
  const places = new Map<string, readonly number[]>()
  let count = 0
  for (const found of readWords(digest)) {
    if (++count % STEP === 0) yield
    if (STOP_WORDS.has(found.word)) continue
    const stem = stemOf(found.word)
    const before = places.get(stem)
    places.set(stem, before ? merged(before, found.places) : found.places)
  }
  return places
}

interface Part {
  mass: number
  places: readonly number[]
}

function postingsOf(feature: Feature, parts: readonly Part[], masses: Float32Array): Postings {
  const places: number[] = []
  for (const part of parts)
    for (const place of part.places) {
      if (masses[place] === 0) places.push(place)
      masses[place]! += part.mass
    }
  const rarity = rarityOf(feature, places.length, masses.length)
  const weights = Float32Array.from(places, (place) => rarity * massOf(masses[place]!))
  for (const place of places) masses[place] = 0
  return { rarity, places: Uint32Array.from(places), weights }
}

function* stemsByPlace(
  byStem: ReadonlyMap<string, readonly number[]>,
  total: number,
): Generator<undefined, string[][]> {
  const stems = Array.from({ length: total }, (): string[] => [])
  let count = 0
  for (const [stem, places] of byStem) {
    if (++count % STEP === 0) yield
    for (const place of places) stems[place]!.push(stem)
  }
  return stems
}

function* groupByFeature(
  byStem: ReadonlyMap<string, readonly number[]>,
): Generator<undefined, Map<Feature, Part[]>> {
  const parts = new Map<Feature, Part[]>()
  let count = 0
  for (const [stem, places] of byStem) {
    if (++count % (STEP * 4) === 0) yield
    for (const [feature, mass] of featuresOf(stem)) {
      const list = parts.get(feature)
      if (list) list.push({ mass, places })
      else parts.set(feature, [{ mass, places }])
    }
  }
  return parts
}

const middleOf = (numbers: Float32Array): number => numbers.slice().sort()[numbers.length >> 1] ?? 1

function groupByLetter(stems: Iterable<string>): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const stem of stems) {
    const group = groups.get(stem[0]!)
    if (group) group.push(stem)
    else groups.set(stem[0]!, [stem])
  }
  return groups
}

/** Builds the index in small steps, so that the caller can let the screen breathe between two of them. */
export function* indexSteps(digest: LikenessDigest): Generator<undefined, LikenessIndex> {
  const folios = readFolios(digest)
  yield* tableSteps()
  const byStem = yield* placesByStem(digest)
  const stemsAt = yield* stemsByPlace(byStem, folios.length)
  const parts = yield* groupByFeature(byStem)
  const postings = new Map<Feature, Postings>()
  const squares = new Float32Array(folios.length)
  const masses = new Float32Array(folios.length)
  let count = 0
  for (const [feature, list] of parts) {
    const made = postingsOf(feature, list, masses)
    made.places.forEach((place, at) => (squares[place]! += made.weights[at]! ** 2))
    postings.set(feature, made)
    if (++count % STEP === 0) yield
  }
  const middle = middleOf(squares)
  const lengths = squares.map((square) => (Math.max(square, 1e-9) / middle) ** LENGTH)
  return {
    folios,
    postings,
    stemsAt,
    nearest: new Map(),
    stemsFrom: groupByLetter(byStem.keys()),
    lengths,
    mended: new Map(),
    middle: Math.sqrt(middle),
  }
}

/** Builds the index at once. */
export function buildIndex(digest: LikenessDigest): LikenessIndex {
  const steps = indexSteps(digest)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}
