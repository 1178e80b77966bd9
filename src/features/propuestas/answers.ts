/** What a person has answered so far about the strategy, beside what every campaign asks. */
import {
  emptyCommon,
  isPayload,
  oneOf,
  readCommon,
  text,
  textOrNull,
  type CommonAnswers,
  type Stored,
} from '@/campaign/form/answers'
import { HELPS, type Helps } from '@/domain/propuesta'
import type { Part } from '@/domain/rows'

/** The choice «lo que falta»: the proposal speaks about what the strategy does not say. */
export const MISSING = 'missing'

export interface Answers extends CommonAnswers {
  /** A part's id, MISSING, or null until chosen. */
  about: string | null
  helps: Helps | null
  body: string
}

/** A new draft; `query` is what the campaign's page already asked: the part, and whether it helps. */
export const emptyAnswers = (query: Stored = {}): Answers => ({
  ...emptyCommon(),
  about: textOrNull(query.sobre),
  helps: oneOf(HELPS, query.ayuda),
  body: '',
})

/** Answers out of a draft of any age, or of a refused payload: what is not understood is not yet answered. */
export const readAnswers = (kept: Stored): Answers => ({
  ...readCommon(kept),
  about:
    isPayload(kept) || 'part_id' in kept ? (textOrNull(kept.part_id) ?? MISSING) : textOrNull(kept.about),
  helps: oneOf(HELPS, kept.helps),
  body: text(kept.body),
})

/** Kind of what the proposal is about: null is «lo que falta», undefined is not chosen yet (or unknown). */
export type AboutKind = 'action' | 'paragraph' | null | undefined

/** What the proposal is about: its part when it names one. */
export const partOf = (answers: Answers, parts: readonly Part[]): Part | undefined =>
  parts.find((part) => part.id === answers.about)

/** Kind of what the proposal is about. */
export const aboutKindOf = (answers: Answers, parts: readonly Part[]): AboutKind =>
  answers.about === MISSING ? null : partOf(answers, parts)?.kind
