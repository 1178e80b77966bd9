/**
 * Folios, such as `PR-2026-000042-7`, which people read aloud. The last digit is Damm's check digit over year and number
 * (H. M. Damm, 2004): it detects every wrong digit and every swap of two neighbours.
 */
import { readable } from './arrivedText'

const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
].map((row) => [...row].map(Number))

/** The check digit of a string of decimal digits. */
export const dammDigit = (digits: string): number =>
  [...digits].reduce((interim, digit) => DAMM[interim]![Number(digit)]!, 0)

/** What may stand between the parts of a folio: a dash of any kind, spaces, a full stop, a slash, a line break. */
const BETWEEN = '[^A-Z0-9]{0,4}'
/** Digits, and the letters that people read in their place. */
const DIGIT = '[0-9OIL]'
const START = `(?:^|[^A-Z0-9])([A-Z01]{2})${BETWEEN}(${DIGIT}{4})${BETWEEN}`
const END = `${BETWEEN}(${DIGIT})(?![A-Z0-9])`
/** The number as the server writes it, then with spaces in it. */
const FOLIOS = [`(${DIGIT}{6,})`, `(${DIGIT}(?:[\\s.]?${DIGIT}){5,}?)`].map((number) => START + number + END)

const digitsOf = (text: string): string =>
  text.toUpperCase().replace(/[\s.]/gu, '').replaceAll('O', '0').replace(/[IL]/gu, '1')
const lettersOf = (text: string): string => text.toUpperCase().replaceAll('0', 'O').replaceAll('1', 'I')

/** A folio in a text, and what stands after it. */
export interface FoundFolio {
  folio: string
  rest: string
}

/** The folios in a {@link readable} text whose check digit is right. */
export function findFolios(text: string): FoundFolio[] {
  return FOLIOS.flatMap((pattern) =>
    [...text.matchAll(new RegExp(pattern, 'giu'))].flatMap((match) => {
      const [whole, prefix, ...digits] = match as unknown as [string, string, string, string, string]
      const [year, number, check] = digits.map(digitsOf)
      if (dammDigit(`${year}${number}`) !== Number(check)) return []
      const rest = text.slice(match.index + whole.length)
      return [{ folio: `${lettersOf(prefix)}-${year}-${number}-${check}`, rest }]
    }),
  )
}

/**
 * The folio in whatever was typed or pasted, in the server's format, or null. Case, dashes, spaces and full stops do not
 * matter, nor O for 0 and I or l for 1. Any two letters may lead it, because a kind of campaign of a newer version has its own.
 */
export const parseFolio = (typed: string): string | null => findFolios(readable(typed))[0]?.folio ?? null
