/** What a person has answered so far, as its draft keeps it: raw, nothing trimmed, nothing lost. */
import { HELPS, type Helps } from '@/domain/propuesta'

/** The choice «lo que falta»: the proposal speaks about what the strategy does not say. */
export const MISSING = 'missing'

export interface Answers {
  /** A part's id, MISSING, or null until chosen. */
  about: string | null
  helps: Helps | null
  body: string
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

export const emptyAnswers = (): Answers => ({
  about: null,
  helps: null,
  body: '',
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

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const oneOf = <T extends string>(known: readonly T[], value: unknown): T | null =>
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

/** A refused PropuestaSubmission, back as answers. */
function fromSubmission(payload: Record<string, unknown>): Answers {
  const hash = textOrNull(payload.notice_hash)
  return {
    about: textOrNull(payload.part_id) ?? MISSING,
    helps: oneOf(HELPS, payload.helps),
    body: text(payload.body),
    naming: typeof payload.display_name === 'string' ? 'named' : 'anonymous',
    name: text(payload.display_name),
    sector: text(payload.sector),
    municipality: text(payload.municipality),
    email: text(payload.email),
    notice_hash: hash,
    consents_hash: hash,
    consented_at: textOrNull(payload.consented_at),
    consents: readConsents(payload.consents),
  }
}

/** Answers out of a draft of any age: what is not understood reads as not yet answered. */
export function readAnswers(kept: Record<string, unknown>): Answers {
  if ('part_id' in kept || 'display_name' in kept) return fromSubmission(kept)
  return {
    about: textOrNull(kept.about),
    helps: oneOf(HELPS, kept.helps),
    body: text(kept.body),
    naming: oneOf(['named', 'anonymous'], kept.naming),
    name: text(kept.name),
    sector: text(kept.sector),
    municipality: text(kept.municipality),
    email: text(kept.email),
    notice_hash: textOrNull(kept.notice_hash),
    consents_hash: textOrNull(kept.consents_hash),
    consented_at: textOrNull(kept.consented_at),
    consents: readConsents(kept.consents),
  }
}

/** The consents given to the notice of this hash; those given to another one do not count. */
export const consentsFor = (answers: Answers, noticeHash: string): Record<string, boolean> =>
  answers.consents_hash === noticeHash ? answers.consents : {}
