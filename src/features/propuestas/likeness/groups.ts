/**
 * Suggested groups of proposals, each with the words that explain it. A suggestion and nothing else: people group. Pure, and
 * the same for the same proposals in the same order. For some thousands of texts; its time grows with texts × groups.
 */
import { contentWords, stemOf } from './stems'
import { isField, massesOf, massOf, rarityOf, type Feature } from './vectors'

export interface GroupedText {
  id: string
  body: string
}

export interface SuggestedGroup {
  /** Up to five words that its proposals have and others have not, as most of them write it. */
  words: string[]
  /** The proposals, the most typical first. */
  ids: string[]
}

type Vector = ReadonlyMap<Feature, number>

const ROUNDS = 12
/** A group is of one subject first: what fields say counts this many times. */
const FIELD = 6
const MOST_GROUPS = 40
const WORDS_SHOWN = 5

/** The share of the cosine's angle that two vectors of length one have in common. */
function likeness(a: Vector, b: Vector): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  let sum = 0
  for (const [feature, weight] of small) sum += weight * (large.get(feature) ?? 0)
  return sum
}

function toUnit(vector: Map<Feature, number>): Map<Feature, number> {
  let square = 0
  for (const weight of vector.values()) square += weight ** 2
  const length = Math.sqrt(square) || 1
  for (const [feature, weight] of vector) vector.set(feature, weight / length)
  return vector
}

function vectorsOf(stems: readonly ReadonlySet<string>[]): Vector[] {
  const masses = stems.map(massesOf)
  const counts = new Map<Feature, number>()
  for (const one of masses)
    for (const feature of one.keys()) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  return masses.map((one) => {
    const weighed = [...one].map(([feature, mass]): [Feature, number] => [
      feature,
      rarityOf(feature, counts.get(feature)!, stems.length) * massOf(mass) * (isField(feature) ? FIELD : 1),
    ])
    return toUnit(new Map(weighed))
  })
}

/** The sum of some vectors, of length one. */
function centreOf(vectors: readonly Vector[]): Vector {
  const sum = new Map<Feature, number>()
  for (const vector of vectors)
    for (const [feature, weight] of vector) sum.set(feature, (sum.get(feature) ?? 0) + weight)
  return toUnit(sum)
}

const indexOfBest = (numbers: readonly number[]): number =>
  numbers.reduce((best, number, at) => (number > numbers[best]! ? at : best), 0)

/** The first centres: the most typical text, and then each time the one that is least like those chosen. */
function firstCentres(vectors: readonly Vector[], count: number): Vector[] {
  const middle = centreOf(vectors)
  const centres = [vectors[indexOfBest(vectors.map((vector) => likeness(vector, middle)))]!]
  const nearest = vectors.map((vector) => likeness(vector, centres[0]!))
  while (centres.length < count) {
    const next = vectors[indexOfBest(nearest.map((near, at) => likeness(vectors[at]!, middle) - near))]!
    centres.push(next)
    for (const [at, vector] of vectors.entries()) nearest[at] = Math.max(nearest[at]!, likeness(vector, next))
  }
  return centres
}

/** The group of each vector (spherical k-means). */
function assign(vectors: readonly Vector[], count: number): number[] {
  let centres = firstCentres(vectors, count)
  let groups: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const next = vectors.map((vector) => indexOfBest(centres.map((centre) => likeness(vector, centre))))
    if (next.every((group, at) => group === groups[at])) break
    groups = next
    centres = centres.map((centre, group) => {
      const own = vectors.filter((_, at) => groups[at] === group)
      return own.length > 0 ? centreOf(own) : centre
    })
  }
  return groups
}

/** How the texts write each stem, most of them. */
function spellings(bodies: readonly string[]): Map<string, string> {
  const counts = new Map<string, Map<string, number>>()
  for (const body of bodies)
    for (const word of contentWords(body)) {
      const of = counts.get(stemOf(word)) ?? new Map<string, number>()
      counts.set(stemOf(word), of.set(word, (of.get(word) ?? 0) + 1))
    }
  return new Map([...counts].map(([stem, of]) => [stem, [...of].sort((a, b) => b[1] - a[1])[0]![0]]))
}

/** The stems that more of the group's texts have than of the others, the most telling first. */
function tellingStems(own: readonly ReadonlySet<string>[], all: readonly ReadonlySet<string>[]): string[] {
  const share = (texts: readonly ReadonlySet<string>[], stem: string) =>
    texts.filter((stems) => stems.has(stem)).length / texts.length
  return [...new Set(own.flatMap((stems) => [...stems]))]
    .map((stem) => ({ stem, lead: share(own, stem) * Math.log(share(own, stem) / share(all, stem)) }))
    .sort((a, b) => b.lead - a.lead || (a.stem < b.stem ? -1 : 1))
    .slice(0, WORDS_SHOWN)
    .map(({ stem }) => stem)
}

/** Suggests groups, the largest first; none for fewer than four proposals. A proposal is in one group. */
export function suggestGroups(texts: readonly GroupedText[]): SuggestedGroup[] {
  if (texts.length < 4) return []
  const stems = texts.map(({ body }) => new Set(contentWords(body).map(stemOf)))
  const vectors = vectorsOf(stems)
  const groups = assign(vectors, Math.min(MOST_GROUPS, Math.round(Math.sqrt(texts.length))))
  const spelled = spellings(texts.map(({ body }) => body))
  return [...new Set(groups)]
    .map((group) => {
      const places = texts.map((_, at) => at).filter((at) => groups[at] === group)
      const centre = centreOf(places.map((at) => vectors[at]!))
      places.sort((a, b) => likeness(vectors[b]!, centre) - likeness(vectors[a]!, centre))
      const own = places.map((at) => stems[at]!)
      return {
        words: tellingStems(own, stems).map((stem) => spelled.get(stem)!),
        ids: places.map((at) => texts[at]!.id),
      }
    })
    .sort((a, b) => b.ids.length - a.ids.length)
}
