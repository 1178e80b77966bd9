/**
 * Which passwords are refused: short ones, and guessable ones. Read by the app while somebody types, by the function
 * accept-invitation and by the embedded Auth. A hosted Supabase Auth checks only what its settings say.
 */
import { COMMON_WORDS } from './commonWords.ts'

export type PasswordRefusal =
  'password_too_short' | 'password_too_long' | 'password_common' | 'password_derived'

export const PASSWORD_MIN = 12
/** bcrypt ignores the rest. */
const PASSWORD_MAX_BYTES = 72

/** A password of this many pieces (words, sequences, years, single characters) or fewer can be guessed. */
const GUESSABLE_PIECES = 3
const ROWS = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1234567890',
  'abcdefghijklmnopqrstuvwxyz',
  '1qaz2wsx3edc4rfv',
]
const SEQUENCES = [...ROWS, ...ROWS.map((row) => [...row].toReversed().join(''))]
const LONGEST_WORD = 14
const LEET: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
}

const plain = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** The words of texts about the person, such as name, address and institution: at least four letters. */
const wordsOf = (about: readonly string[]): Set<string> =>
  new Set(about.flatMap((text) => plain(text).match(/[a-z]{4,}/gu) ?? []))

const isRun = (part: string) =>
  part.length >= 3 && (/^(.{1,4})\1+$/u.test(part) || SEQUENCES.some((row) => row.includes(part)))

const isPiece = (part: string, words: ReadonlySet<string>): boolean => {
  const spelled = part.replaceAll(/[01345@$7]/gu, (sign) => LEET[sign]!)
  return words.has(part) || words.has(spelled) || isRun(part) || /^(?:19|20)\d\d$/u.test(part)
}

/** The fewest pieces that make the text. Spaces and marks between words cost nothing. */
function countPieces(text: string, words: ReadonlySet<string>): number {
  const fewest = [0]
  for (let end = 1; end <= text.length; end += 1) {
    fewest[end] = fewest[end - 1]! + (/[\p{L}\p{N}]/u.test(text[end - 1]!) ? 1 : 0)
    for (let start = Math.max(0, end - LONGEST_WORD); start < end - 2; start += 1) {
      if (fewest[start]! + 1 < fewest[end]! && isPiece(text.slice(start, end), words)) {
        fewest[end] = fewest[start]! + 1
      }
    }
  }
  return fewest[text.length]!
}

/** Why this password may not be chosen; null for a good one. `about` are texts that others know of the person. */
export function refusePassword(password: string, about: readonly string[] = []): PasswordRefusal | null {
  if ([...password].length < PASSWORD_MIN) return 'password_too_short'
  if (new TextEncoder().encode(password).length > PASSWORD_MAX_BYTES) return 'password_too_long'
  const text = plain(password)
  if (countPieces(text, COMMON_WORDS) <= GUESSABLE_PIECES) return 'password_common'
  const known = new Set([...COMMON_WORDS, ...wordsOf(about)])
  return countPieces(text, known) <= GUESSABLE_PIECES ? 'password_derived' : null
}
