/** What every campaign asks, as a draft keeps it: raw, nothing trimmed, nothing lost. A kind adds its own. */

export interface CommonAnswers {
  naming: 'named' | 'anonymous' | null
  name: string
  /** A sector's key, or '' when not said. */
  sector: string
  /** As typed: a name, an INEGI key, «fuera del Estado», or ''. */
  municipality: string
  email: string
  /** Hash of the notice this person read, null until they went on from it. */
  notice_hash: string | null
  /** Hash of the notice whose consents were answered. */
  consents_hash: string | null
  consented_at: string | null
  consents: Record<string, boolean>
}

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

export type Kept = Record<string, unknown>

/** A text out of a draft of any age. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '')
export const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const isRecord = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
/** One of the known words, or null. */
export const oneOf = <T extends string>(known: readonly T[], value: unknown): T | null =>
  known.find((item) => item === value) ?? null

/** Consents as a draft keeps them (a record) or as a refused submission carried them (a list). */
function readConsents(value: unknown): Record<string, boolean> {
  if (Array.isArray(value)) {
    const pairs = value.filter(isRecord).map((item) => [text(item.key), item.granted === true] as const)
    return Object.fromEntries(pairs)
  }
  if (!isRecord(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([key, granted]) => [key, granted === true]))
}

/** Whether this is the payload of a refused submission rather than a draft's answers. */
export const isPayload = (kept: Kept): boolean => 'display_name' in kept

/** The common answers out of a draft of any age, or of a refused payload. What is not understood is unanswered. */
export function readCommon(kept: Kept): CommonAnswers {
  const hash = textOrNull(kept.notice_hash)
  const named = typeof kept.display_name === 'string' ? 'named' : 'anonymous'
  return {
    naming: isPayload(kept) ? named : oneOf(['named', 'anonymous'], kept.naming),
    name: text(isPayload(kept) ? kept.display_name : kept.name),
    sector: text(kept.sector),
    municipality: text(kept.municipality),
    email: text(kept.email),
    notice_hash: hash,
    consents_hash: isPayload(kept) ? hash : textOrNull(kept.consents_hash),
    consented_at: textOrNull(kept.consented_at),
    consents: readConsents(kept.consents),
  }
}

/** The consents given to the notice of this hash; those given to another one do not count. */
export const consentsFor = (answers: CommonAnswers, noticeHash: string): Record<string, boolean> =>
  answers.consents_hash === noticeHash ? answers.consents : {}
