/**
 * Finds names in a list by what people type: without accents, spelt as it sounds, with a letter wrong, with words
 * joined or parted, by acronym, by the beginning of a word. Thousands of names share few words, so what is typed is
 * compared with each different word once, and names only add up.
 */
import { fold, slipsOf, soundOf } from './spelling'

/** What an item of the list is called: its name, and what else people call it. */
export interface Names {
  name: string
  aliases?: readonly string[]
}

export interface Search<T> {
  /** The items that fit every word typed, best first, at most `limit`. Nothing typed finds nothing. */
  find(query: string, limit?: number): T[]
}

interface Entry<T> {
  item: T
  name: string
  words: string[]
  /** Several words written as one: each word with all that follow it, and the initials. */
  runs: string[]
}

/** Words that tell no name from another. */
const COMMON = new Set(['de', 'del', 'la', 'las', 'el', 'los', 'y', 'e', 'en', 'para', 'por', 'al', 'a'])

/** Shorter than this, a sound or a run of words says too little. */
const SHORTEST_SOUND = 3
const SHORTEST_RUN = 4

const telling = (words: readonly string[]): string[] => words.filter((word) => !COMMON.has(word))

/** What was typed, in words: without the common ones, unless there is nothing else. */
function readQuery(query: string): string[] {
  const words = fold(query)
  const some = telling(words)
  return some.length > 0 ? some : words
}

function runsOf(words: readonly string[]): string[] {
  const initials = telling(words).map((word) => word[0]!)
  const joined = words.slice(0, -1).map((_, from) => words.slice(from).join(''))
  return initials.length >= SHORTEST_SOUND ? [...joined, initials.join('')] : joined
}

function entryOf<T>(item: T, { name, aliases = [] }: Names): Entry<T> {
  const texts = [name, ...aliases].map(fold)
  const acronyms = aliases.map((alias) => fold(alias).join('')) // «I. S. E. M.» and «ISEM» are the same
  return {
    item,
    name,
    words: [...new Set([...texts.flat(), ...acronyms])].filter(Boolean),
    runs: texts.flatMap(runsOf),
  }
}

/** How many letters may be wrong, missing, too many or swapped with their neighbour. */
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

/** How well a typed word fits with slips of the finger: 0 is not at all. */
function fitSlips(typed: Word, word: Word): number {
  const most = allowance(Math.min(typed.written.length, typed.sound.length))
  if (most === 0 || typed.written.length - word.written.length > most) return 0
  const heard = slipsOf(typed.sound, word.sound, most)
  const slips = heard <= 1 ? heard : Math.min(heard, slipsOf(typed.written, word.written, most))
  if (slips > most) return 0
  return (Math.abs(word.written.length - typed.written.length) <= most ? 0.6 : 0.4) - 0.1 * slips
}

/** How well a typed word fits one of the list: 1 is the same, 0 is not at all. */
function fit(typed: Word, word: Word): number {
  if (word.written === typed.written) return 1
  if (word.written.startsWith(typed.written)) return 0.8
  if (isHeard(typed, word)) return word.sound === typed.sound ? 0.75 : 0.7
  const isInside = typed.written.length >= 4 && word.written.includes(typed.written)
  return isInside ? 0.5 : fitSlips(typed, word)
}

/** The words and runs of the list that a typed word fits, with how well. */
function fitsOf(typed: Word, words: readonly Word[], runs: readonly Word[]): Map<string, number> {
  const fits = new Map<string, number>()
  for (const word of words) {
    const value = fit(typed, word)
    if (value > 0) fits.set(word.written, value)
  }
  if (typed.written.length < SHORTEST_RUN) return fits
  const isUnknown = fits.size === 0
  const hasSlips = (run: Word) => isUnknown && run.sound[0] === typed.sound[0] // a list has many runs
  for (const run of runs) {
    const value = isHeard(typed, run) ? 0.65 : hasSlips(run) ? fitSlips(typed, run) : 0
    if (value > (fits.get(run.written) ?? 0)) fits.set(run.written, value)
  }
  return fits
}

/** The sum of the best fits; 0 when a typed word fits none. Of two alike, the shorter name is meant. */
function scoreOf({ words, runs }: Entry<unknown>, fits: readonly Map<string, number>[]): number {
  let total = 0
  for (const one of fits) {
    let best = 0
    for (const word of words) best = Math.max(best, one.get(word) ?? 0)
    for (const run of runs) best = Math.max(best, one.get(run) ?? 0)
    if (best === 0) return 0
    total += best
  }
  return total - words.length / 1000
}

/** Prepares a list once; each search is then a few milliseconds for thousands of names. */
export function createSearch<T>(items: readonly T[], namesOf: (item: T) => Names): Search<T> {
  const entries = items.map((item) => entryOf(item, namesOf(item)))
  const words = wordsOf(entries.flatMap((entry) => entry.words))
  const runs = wordsOf(entries.flatMap((entry) => entry.runs))

  function rank(typed: readonly string[]): T[] {
    if (typed.length === 0) return []
    const fits = typed.map((one) => fitsOf(wordOf(one), words, runs))
    const found = entries.flatMap((entry) => {
      const score = scoreOf(entry, fits)
      return score > 0 ? [{ entry, score }] : []
    })
    found.sort((a, b) => b.score - a.score || a.entry.name.localeCompare(b.entry.name, 'es'))
    return found.map(({ entry }) => entry.item)
  }

  return {
    find(query, limit = 20) {
      const typed = readQuery(query)
      const found = rank(typed)
      const isParted = found.length === 0 && typed.length > 1
      return (isParted ? rank([fold(query).join('')]) : found).slice(0, limit)
    },
  }
}
