/**
 * Suggested groups of proposals, each with the words that explain it. A suggestion and nothing else: people group. Pure, and
 * the same for the same proposals in the same order. For some thousands of texts; its time grows with texts × groups. The steps of
 * the generators are short, so that a page can do them in turns.
 */
import { contentWords, stemOf } from './stems'
import { inTurns } from './turns'
import { isField, massesOf, massOf, rarityOf, type Feature } from './vectors'

export interface GroupedText {
  id: string
  body: string
}

export interface SuggestedGroup {
  /**
   * Up to five words that at least two of its proposals have and others have less, as most of them write it. None where they say
   * the same with other words.
   */
  words: string[]
  /** The proposals, the most typical first. */
  ids: string[]
}

/** A text: the places of its features and how much each weighs; of length one. */
interface Vector {
  places: Uint32Array
  weights: Float64Array
}
/** The middle of some texts, of length one: a weight for every feature. */
type Centre = Float64Array

const ROUNDS = 12
/** A group is of one subject first: what fields say counts this many times. */
const FIELD = 10
const MOST_GROUPS = 40
const WORDS_SHOWN = 5

/** The cosine of the angle between both. */
function likeness({ places, weights }: Vector, centre: Centre): number {
  let sum = 0
  for (let at = 0; at < places.length; at++) sum += weights[at]! * centre[places[at]!]!
  return sum
}

function toUnit(weights: Float64Array): Float64Array {
  let square = 0
  for (const weight of weights) square += weight ** 2
  const length = Math.sqrt(square) || 1
  for (let at = 0; at < weights.length; at++) weights[at]! /= length
  return weights
}

type Steps<Result> = Generator<undefined, Result>

/** What `work` gives of each, a step for each. */
function* each<Item, Result>(items: readonly Item[], work: (item: Item) => Result): Steps<Result[]> {
  const results: Result[] = []
  for (const item of items) {
    results.push(work(item))
    yield
  }
  return results
}

/** The texts as vectors, and how many features there are. */
function* vectorsOf(stems: readonly ReadonlySet<string>[]): Steps<{ vectors: Vector[]; size: number }> {
  const masses = yield* each(stems, massesOf)
  const counts = new Map<Feature, number>()
  for (const one of masses)
    for (const feature of one.keys()) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  const places = new Map([...counts.keys()].map((feature, place) => [feature, place]))
  const weightOf = ([feature, mass]: [Feature, number]) =>
    rarityOf(feature, counts.get(feature)!, stems.length) * massOf(mass) * (isField(feature) ? FIELD : 1)
  const vectors = yield* each(masses, (one) => ({
    places: Uint32Array.from(one.keys(), (feature) => places.get(feature)!),
    weights: toUnit(Float64Array.from(one, weightOf)),
  }))
  return { vectors, size: places.size }
}

function centreOf(vectors: readonly Vector[], size: number): Centre {
  const sum = new Float64Array(size)
  for (const { places, weights } of vectors)
    for (let at = 0; at < places.length; at++) sum[places[at]!]! += weights[at]!
  return toUnit(sum)
}

const indexOfBest = (numbers: readonly number[]): number =>
  numbers.reduce((best, number, at) => (number > numbers[best]! ? at : best), 0)

/** The first centres: the most typical text, and then each time the one that is least like those chosen. */
function* firstCentres(vectors: readonly Vector[], size: number, count: number): Steps<Centre[]> {
  const middle = centreOf(vectors, size)
  const typical = vectors.map((vector) => likeness(vector, middle))
  const centres = [centreOf([vectors[indexOfBest(typical)]!], size)]
  const nearest = vectors.map((vector) => likeness(vector, centres[0]!))
  while (centres.length < count) {
    const far = indexOfBest(nearest.map((near, at) => typical[at]! - near))
    const next = centreOf([vectors[far]!], size)
    centres.push(next)
    yield
    for (const [at, vector] of vectors.entries()) nearest[at] = Math.max(nearest[at]!, likeness(vector, next))
  }
  return centres
}

/** The group of each vector (spherical k-means). */
function* assign(vectors: readonly Vector[], size: number, count: number): Steps<number[]> {
  let centres = yield* firstCentres(vectors, size, count)
  let groups: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const next = yield* each(vectors, (vector) =>
      indexOfBest(centres.map((centre) => likeness(vector, centre))),
    )
    if (next.every((group, at) => group === groups[at])) break
    groups = next
    centres = centres.map((centre, group) => {
      const own = vectors.filter((_, at) => groups[at] === group)
      return own.length > 0 ? centreOf(own, size) : centre
    })
  }
  return groups
}

/** How most of the texts write each stem, with its accents. */
function spellings(bodies: readonly string[]): Map<string, string> {
  const counts = new Map<string, Map<string, number>>()
  for (const body of bodies)
    for (const written of body.toLowerCase().match(/\p{L}+/gu) ?? []) {
      const [word] = contentWords(written)
      if (!word) continue
      const of = counts.get(stemOf(word)) ?? new Map<string, number>()
      counts.set(stemOf(word), of.set(written, (of.get(written) ?? 0) + 1))
    }
  return new Map([...counts].map(([stem, of]) => [stem, [...of].sort((a, b) => b[1] - a[1])[0]![0]]))
}

type Stems = readonly ReadonlySet<string>[]

/** How many of the texts have each stem. */
function countStems(texts: Stems): Map<string, number> {
  const counts = new Map<string, number>()
  for (const stems of texts) for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1)
  return counts
}

/** The stems that more of the group's texts have than of all `total`, whose counts are `all`, the most telling first. */
function tellingStems(own: Stems, all: ReadonlyMap<string, number>, total: number): string[] {
  return [...countStems(own)]
    .filter(([, count]) => count > 1)
    .map(([stem, count]) => {
      const share = count / own.length
      return { stem, lead: share * Math.log(share / (all.get(stem)! / total)) }
    })
    .sort((a, b) => b.lead - a.lead || (a.stem < b.stem ? -1 : 1))
    .slice(0, WORDS_SHOWN)
    .map(({ stem }) => stem)
}

/** The groups, the largest first; none for fewer than four proposals. A proposal is in one group. */
function* groupSteps(texts: readonly GroupedText[]): Steps<SuggestedGroup[]> {
  if (texts.length < 4) return []
  const stems = yield* each(texts, ({ body }) => new Set(contentWords(body).map(stemOf)))
  const { vectors, size } = yield* vectorsOf(stems)
  const groups = yield* assign(vectors, size, Math.min(MOST_GROUPS, Math.round(Math.sqrt(texts.length))))
  const counts = countStems(stems)
  const spelled = spellings(texts.map(({ body }) => body))
  const suggested = yield* each([...new Set(groups)], (group) => {
    const places = texts.map((_, at) => at).filter((at) => groups[at] === group)
    const centre = centreOf(
      places.map((at) => vectors[at]!),
      size,
    )
    const typical = new Map(places.map((at) => [at, likeness(vectors[at]!, centre)]))
    places.sort((a, b) => typical.get(b)! - typical.get(a)!)
    const own = places.map((at) => stems[at]!)
    return {
      words: tellingStems(own, counts, texts.length).flatMap((stem) => spelled.get(stem) ?? []), // no bare numbers
      ids: places.map((at) => texts[at]!.id),
    }
  })
  return suggested.sort((a, b) => b.ids.length - a.ids.length)
}

/** Suggests groups while the page goes on. */
export const suggestInTurns = (texts: readonly GroupedText[]): Promise<SuggestedGroup[]> =>
  inTurns(groupSteps(texts))

/** Suggests groups at once. */
export function suggestGroups(texts: readonly GroupedText[]): SuggestedGroup[] {
  const steps = groupSteps(texts)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}
