/** The labelled pairs, and what a contender finds of them. */
import { readFileSync } from 'node:fs'
import path from 'node:path'

/** Two people ask for the same. Without `b` the text asks for what no other does. */
interface Pair {
  id: string
  theme: string
  a: string
  b?: string
}

export interface Half {
  texts: string[]
  themes: string[]
  /** The place of the text that says the same, or -1. */
  partners: number[]
}

/** The pairs of a file. */
export const readPairs = (name: 'tuning' | 'heldout'): Pair[] =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, `${name}.json`), 'utf8')) as Pair[]

/** All texts of some pairs: each is a distractor of all but its partner. */
export function halfOf(pairs: readonly Pair[]): Half {
  const half: Half = { texts: [], themes: [], partners: [] }
  for (const { theme, a, b } of pairs) {
    const at = half.texts.length
    half.texts.push(a, ...(b === undefined ? [] : [b]))
    half.themes.push(theme, ...(b === undefined ? [] : [theme]))
    half.partners.push(...(b === undefined ? [-1] : [at + 1, at]))
  }
  return half
}

/** The places of the texts most like each text, the best first, and whether each is alike enough to be shown. */
export type Ranking = readonly { place: number; isShown: boolean }[]

export interface Found {
  recall_at_3: number
  /** Of what is shown, the share that says the same. */
  precision: number
  /** The share of the texts whose partner is shown. */
  recall_shown: number
  /** The share of the texts for which anything is shown when their partner is not among the published. */
  shown_without_partner: number
}

const share = (count: number, of: number) => Math.round((count / of) * 1000) / 1000

/** Judges the rankings of all texts of a half. Each has its ten best at least, and not the text itself. */
export function judge({ partners }: Half, rankings: readonly Ranking[]): Found {
  let [asked, among3, shown, right, alone] = [0, 0, 0, 0, 0]
  for (const [at, ranking] of rankings.entries()) {
    const partner = partners[at]!
    if (partner < 0) continue
    asked += 1
    const first = ranking.slice(0, 3)
    if (first.some(({ place }) => place === partner)) among3 += 1
    const visible = first.filter(({ isShown }) => isShown)
    shown += visible.length
    if (visible.some(({ place }) => place === partner)) right += 1
    if (visible.some(({ place }) => place !== partner)) alone += 1
  }
  return {
    recall_at_3: share(among3, asked),
    precision: share(right, shown),
    recall_shown: share(right, asked),
    shown_without_partner: share(alone, asked),
  }
}
