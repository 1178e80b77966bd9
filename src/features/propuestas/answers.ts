/** The answers of a propuesta, besides those that every campaign asks for. */
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
import { HELPS, type Helps, type PropuestaSubmission } from '@/domain/propuesta'
import type { Part } from '@/domain/rows'

/** The choice «lo que falta»: the propuesta is about something that the strategy lacks. */
export const MISSING = 'missing'

export interface Answers extends CommonAnswers {
  /** A part's id, MISSING, or null until chosen. */
  about: string | null
  /** Whether the campaign's page asked what it is about, so that the form does not. */
  about_given: boolean
  helps: Helps | null
  body: string
  /** The voice note that stands for the text; its bytes are stored apart. Null without one. */
  media: NonNullable<PropuestaSubmission['media']> | null
}

/** The answers of a new draft. `query` has those of the campaign's page: the part, and whether it helps. */
export const emptyAnswers = (query: Stored = {}): Answers => ({
  ...emptyCommon(),
  about: textOrNull(query.sobre),
  about_given: typeof query.sobre === 'string',
  helps: oneOf(HELPS, query.ayuda),
  body: '',
  media: null,
})

/** The answers from a draft of any version or a refused payload. An unknown value counts as unanswered. */
export const readAnswers = (stored: Stored): Answers => ({
  ...readCommon(stored),
  about:
    isPayload(stored) || 'part_id' in stored
      ? (textOrNull(stored.part_id) ?? MISSING)
      : textOrNull(stored.about),
  about_given: stored.about_given === true,
  helps: oneOf(HELPS, stored.helps),
  body: text(stored.body),
  media: (stored.media ?? null) as Answers['media'],
})

/** The kind of part that a propuesta is about. Null: «lo que falta». Undefined: not chosen yet, or unknown. */
export type AboutKind = 'action' | 'paragraph' | null | undefined

/** The part that a propuesta is about; undefined when there is none. */
export const partOf = (answers: Answers, parts: readonly Part[]): Part | undefined =>
  parts.find((part) => part.id === answers.about)

/** The kind of part that a propuesta is about. */
export const aboutKindOf = (answers: Answers, parts: readonly Part[]): AboutKind =>
  answers.about === MISSING ? null : partOf(answers, parts)?.kind
