/**
 * The private link `<origin>/folio#<folio>.<secret>`. Anybody who has it may read, correct and withdraw the submission.
 * The secret is only in the fragment, which browsers do not send to a server.
 */
import { readable } from './arrivedText'
import { findFolios, parseFolio } from './folio'

export interface PrivateLink {
  folio: string
  secret: string
}

/** 128 bits, as the phone writes them (22 characters of base64url) or a recovery (32 of hexadecimal). */
const SECRET = '([0-9a-f]{32}|[\\w-]{22})'
const AT_ONCE = new RegExp(`^${SECRET}(?![A-Za-z0-9])`, 'u')
const ALONE = new RegExp(`(?:^|[^\\w.-])${SECRET}(?![\\w-])`, 'u')

/** A line of a mail that goes on in the next one, which may be quoted. */
const FOLD = /[ \t]*\n[>\s]*/u

/** What `read` finds in the text, a dash that a keyboard made of two included. */
const reading = <T>(text: string, read: (text: string) => T | null): T | null =>
  read(readable(text)) ?? read(readable(text, '--'))

/** A key looks like no word: it has a digit, a dash, or capitals inside. */
const looksRandom = (text: string): boolean => /[\d_-]|[a-z][A-Z]/u.test(text)

/** The key in what was typed or pasted, or null. */
export const parseSecret = (typed: string): string | null =>
  reading(typed, (text) => ALONE.exec(text.trim())?.[1] ?? null)

/** The link to share. */
export const formatLink = (origin: string, link: PrivateLink): string =>
  `${origin}/folio#${link.folio}.${link.secret}`

/** The key that follows a folio: after a full stop, at once or over two lines of a mail. */
const secretAfter = (rest: string): string | null => {
  const [, key] = /^\s*\.\s*([^]*)$/u.exec(rest) ?? []
  if (key === undefined) return null
  return (AT_ONCE.exec(key) ?? AT_ONCE.exec(key.replace(FOLD, '')))?.[1] ?? null
}

function linkIn(text: string): PrivateLink | null {
  const found = findFolios(text)
  for (const { folio, rest } of found) {
    const secret = secretAfter(rest) ?? secretAlone(rest)
    if (secret) return { folio, secret }
  }
  return null
}

/** The key that stands somewhere after its folio, as in «Folio: … Clave: …». */
const secretAlone = (rest: string): string | null => {
  const [, key] = ALONE.exec(rest) ?? []
  return key !== undefined && looksRandom(key) ? key : null
}

/**
 * The private link in whatever came: the link itself, its fragment, or a message with it, of any mail client or chat. Null
 * when the check digit or the format of the key is wrong.
 */
export const parseLink = (text: string): PrivateLink | null => reading(text, linkIn)

export type LinkField = 'folio' | 'key'
export interface LinkProblem {
  field: LinkField
  code: 'folio_required' | 'folio_wrong' | 'key_required' | 'key_wrong'
}

/**
 * Parses the form's two fields: a complete link in either of them is enough, otherwise a folio and its key. Problems
 * concern the format only; whether the submission exists only the server knows.
 */
export function readTyped(folio: string, key: string): { link: PrivateLink | null; problems: LinkProblem[] } {
  const whole = parseLink(key) ?? parseLink(folio)
  if (whole) return { link: whole, problems: [] }
  const parsed = { folio: parseFolio(folio), secret: parseSecret(key) }
  const problems: LinkProblem[] = []
  if (!parsed.folio) problems.push({ field: 'folio', code: folio.trim() ? 'folio_wrong' : 'folio_required' })
  if (!parsed.secret) problems.push({ field: 'key', code: key.trim() ? 'key_wrong' : 'key_required' })
  return {
    link: parsed.folio && parsed.secret ? { folio: parsed.folio, secret: parsed.secret } : null,
    problems,
  }
}
