/** Which published proposals say the same as a text. Pure: no server, no storage, no clock. */
import { slipsOf } from '@/domain/spelling'
import { meaningOf } from './concepts'
import type { LikenessIndex, Ranked } from './likenessIndex'
import { contentWords, stemOf } from './stems'
import { massesOf, massOf, rarityOf } from './vectors'

export interface Similar {
  folio: string
  /** Up to four words of the text, folded, that the proposal has or says in others. */
  shared: string[]
}

const MOST_SHOWN = 3
const SHOWN_WORDS = 4

/** Fewer words say too little to compare. */
const LEAST_WORDS = 3
/** Below this a proposal is not shown as alike. */
export const ALIKE = 0.15
/** The share of the best score that the next ones need: of several that are only near in theme none is shown. */
export const NEAR_BEST = 0.95

/** The known stem that a mistyped word most probably meant: one slip away, the first letter right. Else the stem itself. */
function findMeant(stem: string, { postings, stemsFrom }: LikenessIndex): string {
  let [best, most] = [stem, 0]
  for (const other of stemsFrom.get(stem[0]!) ?? []) {
    if (Math.abs(other.length - stem.length) > 1 || other.length < 5) continue
    const count = postings.get(other)!.places.length
    if (count > most && slipsOf(stem, other, 1) <= 1) [best, most] = [other, count]
  }
  return best
}

/** The stem, mended where neither the proposals nor the table know it. */
function mendStem(stem: string, index: LikenessIndex): string {
  if (stem.length < 5 || index.postings.has(stem) || meaningOf(stem)) return stem
  let mended = index.mended.get(stem)
  if (mended === undefined) index.mended.set(stem, (mended = findMeant(stem, index)))
  return mended
}

/** The stems of a text, each once. */
const stemsIn = (text: string, index: LikenessIndex): Set<string> =>
  new Set(contentWords(text).map((word) => mendStem(stemOf(word), index)))

/** The score of every proposal. */
function scoreAll(stems: ReadonlySet<string>, index: LikenessIndex): Float32Array {
  const total = index.folios.length
  const scores = new Float32Array(total)
  let square = 0
  for (const [feature, mass] of massesOf(stems)) {
    const found = index.postings.get(feature)
    const weight = (found?.rarity ?? rarityOf(feature, 0, total)) * massOf(mass)
    square += weight ** 2
    if (!found) continue
    const { places, weights } = found
    for (let at = 0; at < places.length; at++) scores[places[at]!]! += weight * weights[at]!
  }
  const scale = Math.sqrt(square) * index.middle
  return scores.map((score, place) => score / (index.lengths[place]! * scale))
}

/** The places of the highest scores, the best first. */
function bestOf(scores: Float32Array, count: number): number[] {
  const best: number[] = []
  for (let place = 0; place < scores.length; place++) {
    if (best.length === count && scores[place]! <= scores[best.at(-1)!]!) continue
    best.push(place)
    best.sort((a, b) => scores[b]! - scores[a]!)
    if (best.length > count) best.pop()
  }
  return best
}

/** So many are compared with what else is near them. */
const CANDIDATES = 6
/** So many of those near a candidate, and how much of their likeness is taken from its score. */
const NEIGHBOURS = 3
const CROWD = 0.7
/** Where few are published, nothing is near and everything would stand out. */
const LEAST_CROWD = 0.3

/** The proposals nearest to one, enough of them that `NEIGHBOURS` remain without all candidates and itself. */
function nearestOf(place: number, index: LikenessIndex): readonly Ranked[] {
  let found = index.nearest.get(place)
  if (!found) {
    const scores = scoreAll(new Set(index.stemsAt[place]), index)
    found = bestOf(scores, CANDIDATES + NEIGHBOURS + 1).map((near) => ({ place: near, score: scores[near]! }))
    index.nearest.set(place, found)
  }
  return found
}

/**
 * The score of a candidate, less what others have in common with it: where a theme has many proposals, all are near every text of
 * the theme. Other candidates do not count, because several may say the same as the text.
 */
function standOut({ place, score }: Ranked, candidates: ReadonlySet<number>, index: LikenessIndex): Ranked {
  const others = nearestOf(place, index).filter((near) => !candidates.has(near.place))
  const crowd = others.slice(0, NEIGHBOURS).reduce((sum, near) => sum + near.score, 0) / NEIGHBOURS
  return { place, score: score - CROWD * Math.max(crowd, LEAST_CROWD) }
}

/** How much the features of one word add to the score of a proposal. */
function shareOf(stem: string, place: number, { postings }: LikenessIndex): number {
  let share = 0
  for (const [feature, mass] of massesOf([stem])) {
    const found = postings.get(feature)
    const at = found?.places.indexOf(place) ?? -1
    if (found && at >= 0) share += found.rarity * massOf(mass) * found.weights[at]!
  }
  return share
}

/** The words of the text that make it like this proposal, the most telling first. */
function sharedWords(text: string, place: number, index: LikenessIndex): string[] {
  const byStem = new Map(contentWords(text).map((word) => [mendStem(stemOf(word), index), word]))
  return [...byStem]
    .map(([stem, word]) => ({ word, share: shareOf(stem, place, index) }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share)
    .slice(0, SHOWN_WORDS)
    .map(({ word }) => word)
}

/** The candidates of a text, those most like it and least like others first, whether alike enough to be shown or not. */
export function rankSimilar(text: string, index: LikenessIndex): Ranked[] {
  const stems = stemsIn(text, index)
  if (stems.size < LEAST_WORDS || index.folios.length === 0) return []
  const scores = scoreAll(stems, index)
  const candidates = new Set(bestOf(scores, CANDIDATES))
  return [...candidates]
    .map((place) => standOut({ place, score: scores[place]! }, candidates, index))
    .sort((a, b) => b.score - a.score)
}

/** The published proposals that probably say the same, three at most; often none. */
export function findSimilar(text: string, index: LikenessIndex): Similar[] {
  const ranked = rankSimilar(text, index).slice(0, MOST_SHOWN)
  const least = Math.max(ALIKE, (ranked[0]?.score ?? 0) * NEAR_BEST)
  return ranked
    .filter(({ score }) => score >= least)
    .map(({ place }) => ({ folio: index.folios[place]!, shared: sharedWords(text, place, index) }))
}
