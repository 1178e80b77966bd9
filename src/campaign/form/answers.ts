/** The answers that every campaign asks for, as typed and untrimmed. A kind adds its own. */

export interface CommonAnswers {
  naming: 'named' | 'anonymous' | null
  name: string
  /** A sector's key, or '' when unanswered. */
  sector: string
  /** As typed: a name, an INEGI key, «fuera del Estado», or '' when unanswered. */
  municipality: string
  email: string
  /** Hash of the notice that this person read; null until they continued from that step. */
  notice_hash: string | null
  /** Hash of the notice whose consents this person answered. */
  consents_hash: string | null
  consented_at: string | null
  consents: Record<string, boolean>
}

/** The common answers of a new draft. */
export const emptyCommon = (): CommonAnswers => ({
  naming: null,
  name: '',
  sector: '',
  municipality: '',
  email: '',
  notice_hash: null,
  consents_hash: null,
  consented_at: null,
  consents: {},
})

/** Stored answers of unknown shape: a draft of any version, or the payload of a refused op. */
export type Stored = Record<string, unknown>

/** The value if it is a string, otherwise ''. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '')
/** The value if it is a string, otherwise null. */
export const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const isRecord = (value: unknown): value is Stored =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
/** The value if it is one of the known words, otherwise null. */
export const oneOf = <T extends string>(known: readonly T[], value: unknown): T | null =>
  known.find((item) => item === value) ?? null

/** Consents from a draft (a record) or from the payload of a refused submission (a list). */
function readConsents(value: unknown): Record<string, boolean> {
  if (Array.isArray(value)) {
    const pairs = value.filter(isRecord).map((item) => [text(item.key), item.granted === true] as const)
    return Object.fromEntries(pairs)
  }
  if (!isRecord(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([key, granted]) => [key, granted === true]))
}

/** Whether these are the payload of a refused submission, not the answers of a draft. */
export const isPayload = (stored: Stored): boolean => 'display_name' in stored

/** The common answers from a draft of any version or a refused payload. An unknown value counts as unanswered. */
export function readCommon(stored: Stored): CommonAnswers {
  const hash = textOrNull(stored.notice_hash)
  const named = typeof stored.display_name === 'string' ? 'named' : 'anonymous'
  return {
    naming: isPayload(stored) ? named : oneOf(['named', 'anonymous'], stored.naming),
    name: text(isPayload(stored) ? stored.display_name : stored.name),
    sector: text(stored.sector),
    municipality: text(stored.municipality),
    email: text(stored.email),
    notice_hash: hash,
    consents_hash: isPayload(stored) ? hash : textOrNull(stored.consents_hash),
    consented_at: textOrNull(stored.consented_at),
    consents: readConsents(stored.consents),
  }
}

/** The consents to the notice with this hash. Consents to another notice do not count. */
export const consentsFor = (answers: CommonAnswers, noticeHash: string): Record<string, boolean> =>
  answers.consents_hash === noticeHash ? answers.consents : {}
