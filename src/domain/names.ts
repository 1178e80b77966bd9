/**
 * The words of names and what people write for them: joined (`davila` for «de Ávila», «D'Avila»), shortened (`ayto.`), or
 * as an acronym of more than initials (`issstezac`). Every search by name uses it. `app.name_words` does it for staff's
 * search in the database.
 */
import { fold } from './spelling'

/** Words that do not distinguish names. */
const COMMON = new Set(['de', 'del', 'la', 'las', 'el', 'los', 'y', 'e', 'en', 'para', 'por', 'al', 'a', 'h'])

/** How official documents shorten words. */
const SHORT: Readonly<Record<string, string>> = {
  ayto: 'ayuntamiento',
  depto: 'departamento',
  dpto: 'departamento',
  edo: 'estado',
  gral: 'general',
  ma: 'maria',
  mpal: 'municipal',
  mpio: 'municipio',
  nal: 'nacional',
  sria: 'secretaria',
  sta: 'santa',
  sto: 'santo',
}

/** The fewest words of an acronym, and its fewest letters where it takes more than initials. */
const ACRONYM_WORDS = 3
const ACRONYM_LETTERS = 4

export const isCommon = (word: string): boolean => COMMON.has(word)

export const distinctive = (words: readonly string[]): string[] => words.filter((word) => !isCommon(word))

/** The folded words of a text, shortened ones in full. */
export const wordsIn = (text: string): string[] => fold(text).map((word) => SHORT[word] ?? word)

/** Whether the word loses its last letter before the next one: «de Ávila» sounds as «Dávila». */
const elides = (word: string, next = ''): boolean => word === 'de' && /^h?[aeiou]/u.test(next)

/** Each word joined with all words after it, as one text. */
const joinedFrom = (words: readonly string[]): string[] =>
  words.slice(0, -1).map((_, from) => words.slice(from).join(''))

/** What may be written for some words together: joined, and their initials. */
export function runsOf(words: readonly string[]): string[] {
  const initials = distinctive(words).map((word) => word[0]!)
  const joined = joinedFrom(words)
  for (const [at, word] of words.slice(0, -1).entries())
    if (elides(word, words[at + 1])) joined.push(joined[at]!.slice(0, 1) + joined[at]!.slice(2))
  return initials.length >= ACRONYM_WORDS ? [...joined, initials.join('')] : joined
}

/** Where in `typed` one more word may end that begins at one of these places; a common word may be left out. */
function placesAfter(places: ReadonlySet<number>, typed: string, word: string): Set<number> {
  const next = new Set<number>(isCommon(word) ? places : [])
  for (const place of places)
    for (let length = 1; length <= word.length && typed[place + length - 1] === word[length - 1]; length++)
      next.add(place + length)
  return next
}

/**
 * Whether the typed word is made of the beginnings of three words of the name or more, one after another:
 * `issstezac` of «Instituto de Seguridad y Servicios Sociales de los Trabajadores del Estado de Zacatecas».
 */
export function spells(typed: string, words: readonly string[]): boolean {
  if (typed.length < ACRONYM_LETTERS) return false
  return words.some((first, from) => {
    if (first.charCodeAt(0) !== typed.charCodeAt(0) || from > words.length - ACRONYM_WORDS || isCommon(first))
      return false
    let places: Set<number> = new Set([0])
    let used = 0
    for (const word of words.slice(from)) {
      places = placesAfter(places, typed, word)
      if (!isCommon(word)) used += 1
      if (places.has(typed.length)) return used >= ACRONYM_WORDS
      if (places.size === 0) return false
    }
    return false
  })
}

/** Whether texts, such as a person's name and their body, hold every word of the query, or the query as one word. */
export function matcherOf(query: string): (...texts: string[]) => boolean {
  const typed = wordsIn(query)
  const joined = [
    typed.join(''),
    typed.map((word, at) => (elides(word, typed[at + 1]) ? 'd' : word)).join(''),
  ]
  return (...texts) => {
    const names = texts.map(wordsIn)
    const forms = names.flatMap((words) => [...words, ...runsOf(words)])
    const isThere = (word: string) =>
      forms.some((form) => form.startsWith(word)) || names.some((words) => spells(word, words))
    return (
      typed.length > 0 && (typed.every((word) => isCommon(word) || isThere(word)) || joined.some(isThere))
    )
  }
}
