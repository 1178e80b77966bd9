/**
 * How a text is weighed: by its stems, by the concepts that they may mean and by their fields. What few texts have weighs more
 * (inverse document frequency). The constants were chosen on `tests/bench/likeness/tuning.json`.
 */
import { meaningOf } from './concepts'

/** A stem, or the number of a concept; that of a field is negative. */
export type Feature = string | number

/** Whether a feature says only what a text is about. */
export const isField = (feature: Feature): boolean => typeof feature === 'number' && feature < 0

const CONCEPT = 6
const FIELD = 1.5
const RARITY = 0.7
/** Several words of one concept weigh more than their sum. */
const MASS = 1.3

/** What a stem adds to the mass of its features: a word with many meanings less to each. */
export function* featuresOf(stem: string): Generator<[feature: Feature, mass: number]> {
  yield [stem, 1]
  const meaning = meaningOf(stem)
  if (!meaning) return
  for (const concept of meaning.concepts) yield [concept, meaning.share / Math.sqrt(meaning.concepts.length)]
  for (const field of meaning.fields) yield [-field, 1]
}

/** The weight of a feature that `count` of `total` texts have, for a mass of one. */
export function rarityOf(feature: Feature, count: number, total: number): number {
  const rarity = Math.log(1 + (total - count + 0.5) / (count + 0.5)) ** RARITY
  if (typeof feature === 'string') return rarity
  return rarity * (isField(feature) ? FIELD : CONCEPT)
}

/** The part of a feature's weight that comes from its mass in a text. */
export const massOf = (mass: number): number => mass ** MASS

/** The features of these stems with their masses. */
export function massesOf(stems: Iterable<string>): Map<Feature, number> {
  const masses = new Map<Feature, number>()
  for (const stem of stems)
    for (const [feature, mass] of featuresOf(stem)) masses.set(feature, (masses.get(feature) ?? 0) + mass)
  return masses
}
