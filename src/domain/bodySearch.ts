/**
 * Finds a body of the registry by what people type: without accents, with a letter wrong, by acronym, by the
 * beginning of a word. Thousands of bodies share few words, so what is typed is compared with each different
 * word once, and bodies only add up.
 */
import type { SujetoObligado } from './registration'

interface Entry {
  body: SujetoObligado
  words: string[]
}

/** Words that tell no body from another. */
const COMMON = new Set(['de', 'del', 'la', 'las', 'el', 'los', 'y', 'e', 'en', 'para', 'por', 'al', 'a'])

/** The words of a text, small and without accents. */
export const fold = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

/** «I. S. E. M.» and «ISEM» are the same acronym. */
const foldAcronym = (acronym: string): string => fold(acronym).join('')

/** What was typed, in words: without the common ones, unless there is nothing else. */
function readQuery(query: string): string[] {
  const words = fold(query)
  const telling = words.filter((word) => !COMMON.has(word))
  return telling.length > 0 ? telling : words
}

/** How many letters may be wrong, missing, too many or swapped with their neighbour. */
const allowance = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2)

/**
 * The least number of such slips that turn what was typed into the word or into its beginning (optimal string
 * alignment); more than `most` is only known to be more.
 */
export function slipsOf(typed: string, word: string, most: number): number {
  const width = Math.min(word.length, typed.length + most)
  let before: number[] = []
  let above = Array.from({ length: width + 1 }, (_, i) => i)
  for (let row = 1; row <= typed.length; row++) {
    const line = [row]
    for (let at = 1; at <= width; at++) {
      const same = typed[row - 1] === word[at - 1]
      let least = Math.min(above[at - 1]! + (same ? 0 : 1), above[at]! + 1, line[at - 1]! + 1)
      if (row > 1 && at > 1 && typed[row - 1] === word[at - 2] && typed[row - 2] === word[at - 1])
        least = Math.min(least, before[at - 2]! + 1)
      line.push(least)
    }
    if (Math.min(...line) > most) return most + 1
    before = above
    above = line
  }
  return Math.min(...above)
}

/** How well a typed word fits one of the registry: 1 is the same, 0 is not at all. */
function fit(typed: string, word: string): number {
  if (word === typed) return 1
  if (word.startsWith(typed)) return 0.8
  if (typed.length >= 4 && word.includes(typed)) return 0.5
  const most = allowance(typed.length)
  if (most === 0) return 0
  const slips = slipsOf(typed, word, most)
  if (slips > most) return 0
  return (Math.abs(word.length - typed.length) <= most ? 0.6 : 0.4) - 0.1 * slips
}

export interface BodySearch {
  /** The bodies that fit every word typed, best first, at most `limit`. Nothing typed finds nothing. */
  find(query: string, limit?: number): SujetoObligado[]
}

/** Prepares a registry once; each search is then a few milliseconds for thousands of bodies. */
export function createBodySearch(bodies: readonly SujetoObligado[]): BodySearch {
  const entries: Entry[] = bodies.map((body) => ({
    body,
    words: [...new Set([...fold(body.name), foldAcronym(body.acronym ?? '')])].filter(Boolean),
  }))
  const vocabulary = [...new Set(entries.flatMap(({ words }) => words))]
  return {
    find(query, limit = 20) {
      const typed = readQuery(query)
      const fits = typed.map((one) => fitsOf(one, vocabulary))
      if (typed.length === 0) return []
      const found = entries.flatMap((entry) => {
        const score = scoreOf(entry, fits)
        return score > 0 ? [{ body: entry.body, score }] : []
      })
      found.sort((a, b) => b.score - a.score || a.body.name.localeCompare(b.body.name, 'es'))
      return found.slice(0, limit).map(({ body }) => body)
    },
  }
}

/** The words of the registry that a typed word fits, with how well. */
function fitsOf(typed: string, vocabulary: readonly string[]): Map<string, number> {
  const fits = new Map<string, number>()
  for (const word of vocabulary) {
    const value = fit(typed, word)
    if (value > 0) fits.set(word, value)
  }
  return fits
}

/** The sum of the best fits; 0 when a typed word fits none. Of two alike, the shorter name is meant. */
function scoreOf({ words }: Entry, fits: readonly Map<string, number>[]): number {
  let total = 0
  for (const one of fits) {
    let best = 0
    for (const word of words) best = Math.max(best, one.get(word) ?? 0)
    if (best === 0) return 0
    total += best
  }
  return total - words.length / 1000
}
