/**
 * The private link `<origin>/folio#<folio>.<secret>`. Anybody who has it may read, correct and withdraw the submission.
 * The secret is only in the fragment, which browsers do not send to a server.
 */
import { parseFolio } from './folio'

export interface PrivateLink {
  folio: string
  secret: string
}

/** 128 bits, as the phone writes them (22 characters of base64url) or a recovery (32 of hexadecimal). */
const SECRET = /^(?:[\w-]{22}|[0-9a-f]{32})$/u

/** The typed or pasted secret without spaces around it, or null when its format is wrong. */
export function parseSecret(typed: string): string | null {
  const secret = typed.trim()
  return SECRET.test(secret) ? secret : null
}

/** The link to share. */
export const formatLink = (origin: string, link: PrivateLink): string =>
  `${origin}/folio#${link.folio}.${link.secret}`

/**
 * Parses a complete link, its fragment with or without `#`, also within a longer message. Returns null when the check
 * digit or the format of the secret is wrong.
 */
export function parseLink(text: string): PrivateLink | null {
  const match = /(?:^|[#\s])([A-Z]{2}-?\d{4}-?\d{6,}-?\d)\.([\w-]+)(?:\s|$)/iu.exec(text.trim())
  const folio = parseFolio(match?.[1] ?? '')
  const secret = parseSecret(match?.[2] ?? '')
  return folio && secret ? { folio, secret } : null
}

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
