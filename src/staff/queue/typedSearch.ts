/** What is sent of the words that staff type to search a list. */
import { tidied } from '@/domain/canon'
import { parseFolio } from '@/domain/folio'

/** A list is read again once nobody has typed for so long. */
export const TYPING_PAUSE_MS = 350

const LETTERS = 3 // fewer find nothing

/** The folio in the typed words, or themselves once they have three letters; '' before. */
export function searchOf(typed: string): string {
  const words = tidied(typed)
  return words.length < LETTERS ? '' : (parseFolio(words) ?? words)
}
