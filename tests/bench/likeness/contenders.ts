/** Our engine and its peers, each asked the same on the same texts. */
import { plain } from '@/domain/spelling'
import { buildIndex } from '@/features/propuestas/likeness/likenessIndex'
import { ALIKE, NEAR_BEST, rankSimilar } from '@/features/propuestas/likeness/similar'
import { makeDigest } from '../../support/likeness/makeDigest'
import type { Half, Ranking } from './pairs'

interface Scored {
  place: number
  score: number
}
type Rank = (text: string) => Scored[]

/** The ranking without the text itself. All contenders show what is near the best; ours has a least score besides. */
function rankingOf(scored: readonly Scored[], self: number, least: number): Ranking {
  const others = scored.filter(({ place }) => place !== self).slice(0, 10)
  const best = others[0]?.score ?? 0
  return others.map(({ place, score }) => ({ place, isShown: score >= least && score >= best * NEAR_BEST }))
}

const rankAll = ({ texts }: Half, rank: Rank, least = 0): Ranking[] =>
  texts.map((text, at) => rankingOf(rank(text), at, least))

/** Ours, from the digest that a phone would hold: a few candidates of each text, itself among them. */
export function rankOurs(half: Half): Ranking[] {
  const index = buildIndex(makeDigest(half.texts))
  return rankAll(half, (text) => rankSimilar(text, index), ALIKE)
}

const trigramsOf = (text: string): Set<string> => {
  const line = ` ${plain(text).replace(/[^\p{L}\p{N}]+/gu, ' ')} `
  return new Set(Array.from({ length: Math.max(0, line.length - 2) }, (_, at) => line.slice(at, at + 3)))
}

/** Trigrams in common, of all that either has (Jaccard). */
export function rankTrigrams(half: Half): Ranking[] {
  const all = half.texts.map(trigramsOf)
  return rankAll(half, (text) => {
    const own = trigramsOf(text)
    return all
      .map((other, place) => {
        let common = 0
        for (const gram of own) if (other.has(gram)) common += 1
        return { place, score: common / (own.size + other.size - common) }
      })
      .sort((a, b) => b.score - a.score)
  })
}

interface Peer {
  indexTexts(texts: readonly string[]): Rank
}

/** MiniSearch, which is loaded by name because the app's install does not contain it. */
export async function rankMiniSearch(half: Half): Promise<Ranking[]> {
  const name = 'likeness-minisearch'
  const { indexTexts } = (await import(`../peers/${name}.ts`)) as Peer
  return rankAll(half, indexTexts(half.texts))
}
