/**
 * Finds names in a list by what people type: without accents, in phonetic spelling, with typing errors, with joined or
 * split words, by acronym, or by the beginning of a word. Thousands of names share few words, so each typed word is
 * compared once with each different word, and the score of a name is a sum.
 */
import { distinctive, runsOf, spells, wordsIn } from './names'
import { fold, slipsOf, soundOf } from './spelling'

/** The name of an item, and its other names. */
export interface Names {
  name: string
  aliases?: readonly string[]
}

export interface Search<T> {
  /** The items that match every typed word, the best first, at most `limit` (20). An empty query finds nothing. */
  find(query: string, limit?: number): T[]
}

interface Entry<T> {
  item: T
  name: string
  /** The words of the name and of each other name. */
  texts: string[][]
  words: string[]
  /** Joined words: each word with all words after it, and the initials. */
  runs: string[]
}

/** Shorter sounds and runs match too many names. */
const SHORTEST_SOUND = 3
const SHORTEST_RUN = 4

/** The words of a query, without the common ones unless there are no others. */
function readQuery(query: string): string[] {
  const words = wordsIn(query)
  const some = distinctive(words)
  return some.length > 0 ? some : words
}

function entryOf<T>(item: T, { name, aliases = [] }: Names): Entry<T> {
  const texts = [name, ...aliases].map(wordsIn)
  const acronyms = aliases.map((alias) => fold(alias).join('')) // «I. S. E. M.» becomes «isem»
  return {
    item,
    name,
    texts,
    words: [...new Set([...texts.flat(), ...acronyms])].filter(Boolean),
    runs: texts.flatMap(runsOf),
  }
}

/** How many typing errors a word of this length may have. */
const allowance = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2)

/** A word as it is written and as it sounds. */
interface Word {
  written: string
  sound: string
}

const wordOf = (written: string): Word => ({ written, sound: soundOf(written) })
const wordsOf = (words: readonly string[]): Word[] => [...new Set(words)].map(wordOf)

const isHeard = (typed: Word, word: Word): boolean =>
  typed.sound.length >= SHORTEST_SOUND && word.sound.startsWith(typed.sound)

/** How well a typed word with typing errors matches a word: 0 is no match. */
function fitSlips(typed: Word, word: Word): number {
  const most = allowance(Math.min(typed.written.length, typed.sound.length))
  if (most === 0 || typed.written.length - word.written.length > most) return 0
  const heard = slipsOf(typed.sound, word.sound, most)
  const slips = heard <= 1 ? heard : Math.min(heard, slipsOf(typed.written, word.written, most))
  if (slips > most) return 0
  return (Math.abs(word.written.length - typed.written.length) <= most ? 0.6 : 0.4) - 0.1 * slips
}

/** How well a typed word matches a word of the list: 1 is equal, 0 is no match. */
function fit(typed: Word, word: Word): number {
  if (word.written === typed.written) return 1
  if (word.written.startsWith(typed.written)) return 0.8
  if (isHeard(typed, word)) return word.sound === typed.sound ? 0.75 : 0.7
  const isInside = typed.written.length >= 4 && word.written.includes(typed.written)
  return isInside ? 0.5 : fitSlips(typed, word)
}

/** The words and runs of the list that a typed word matches, with how well. */
function fitsOf(typed: Word, words: readonly Word[], runs: readonly Word[]): Map<string, number> {
  const fits = new Map<string, number>()
  for (const word of words) {
    const value = fit(typed, word)
    if (value > 0) fits.set(word.written, value)
  }
  if (typed.written.length < SHORTEST_RUN) return fits
  const isUnknown = fits.size === 0
  const hasSlips = (run: Word) => isUnknown && run.sound[0] === typed.sound[0] // comparing every run would be slow
  for (const run of runs) {
    const value = isHeard(typed, run) ? 0.65 : hasSlips(run) ? fitSlips(typed, run) : 0
    if (value > (fits.get(run.written) ?? 0)) fits.set(run.written, value)
  }
  return fits
}

/** A typed word and what it matches in the list. */
interface Typed {
  word: string
  fits: Map<string, number>
}

/** How well an entry matches a typed word that is an acronym of more than initials. */
const SPELLED = 0.62

function bestOf({ texts, words, runs }: Entry<unknown>, { word, fits }: Typed): number {
  let best = 0
  for (const one of words) best = Math.max(best, fits.get(one) ?? 0)
  for (const run of runs) best = Math.max(best, fits.get(run) ?? 0)
  return best < SPELLED && texts.some((text) => spells(word, text)) ? SPELLED : best
}

/** The sum of each typed word's best match; 0 when one has none. Of equal matches the shorter name scores higher. */
function scoreOf(entry: Entry<unknown>, typed: readonly Typed[]): number {
  let total = 0
  for (const one of typed) {
    const best = bestOf(entry, one)
    if (best === 0) return 0
    total += best
  }
  return total - entry.words.length / 1000
}

/** Prepares a list once, so that each search of thousands of names takes a few milliseconds. */
export function createSearch<T>(items: readonly T[], namesOf: (item: T) => Names): Search<T> {
  const entries = items.map((item) => entryOf(item, namesOf(item)))
  const words = wordsOf(entries.flatMap((entry) => entry.words))
  const runs = wordsOf(entries.flatMap((entry) => entry.runs))

  function rank(typed: readonly string[]): T[] {
    if (typed.length === 0) return []
    const known = typed.map((word) => ({ word, fits: fitsOf(wordOf(word), words, runs) }))
    const found = entries.flatMap((entry) => {
      const score = scoreOf(entry, known)
      return score > 0 ? [{ entry, score }] : []
    })
    found.sort((a, b) => b.score - a.score || a.entry.name.localeCompare(b.entry.name, 'es'))
    return found.map(({ entry }) => entry.item)
  }

  return {
    find(query, limit = 20) {
      const typed = readQuery(query)
      const found = rank(typed)
      const isSplit = found.length === 0 && typed.length > 1
      return (isSplit ? rank([fold(query).join('')]) : found).slice(0, limit)
    },
  }
}
