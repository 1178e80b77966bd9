/** The answers of a registration, in addition to those of every campaign. */
import {
  emptyCommon,
  isPayload,
  readCommon,
  text,
  type CommonAnswers,
  type Stored,
} from '@/campaign/form/answers'
import type { RegistrationSubmission } from './submission'

export interface Answers extends CommonAnswers {
  body_id: string
  /** Name and class of the body from the registry, so that the form works when the registry is not loaded. */
  body_name: string
  body_class: string
  jornada_ids: string[]
  /** Of them, those of both modalities to attend online. */
  online_ids: string[]
  post: string
  /** Others of the body whom the person registers too. */
  colleagues: Colleague[]
  /** Whether the person attends, or only registers the others. */
  attends: boolean
  /** Whether the person needs support; `accessibility` says which. */
  needs: boolean
  accessibility: string
}

/** The payload on the wire. `body_name` and `body_class` are for this phone; the server reads `body_id` only. */
export type Payload = RegistrationSubmission & Pick<Answers, 'body_name' | 'body_class'>

export interface Colleague {
  display_name: string
  post: string
  email: string
}

const colleaguesOf = (value: unknown): Colleague[] =>
  (Array.isArray(value) ? (value as Partial<Record<keyof Colleague, unknown>>[]) : []).map((one) => ({
    display_name: text(one.display_name),
    post: text(one.post),
    email: text(one.email),
  }))

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []

/** The answers of a new draft. A registration always shows a name. */
export const emptyAnswers = (): Answers => ({
  ...emptyCommon(),
  naming: 'named',
  body_id: '',
  body_name: '',
  body_class: '',
  jornada_ids: [],
  online_ids: [],
  post: '',
  colleagues: [],
  attends: true,
  needs: false,
  accessibility: '',
})

/** Reads the answers of a draft of any version or of a refused payload. Unknown values count as unanswered. */
export const readAnswers = (kept: Stored): Answers => ({
  ...readCommon(kept),
  naming: 'named',
  body_id: text(kept.body_id),
  body_name: text(kept.body_name),
  body_class: text(kept.body_class),
  jornada_ids: texts(kept.jornada_ids),
  online_ids: texts(kept.online_ids),
  post: text(kept.post),
  colleagues: colleaguesOf(kept.colleagues),
  attends: kept.attends !== false,
  needs: isPayload(kept) ? text(kept.accessibility) !== '' : kept.needs === true,
  accessibility: text(kept.accessibility),
})

/** The support that the person asks for; '' for none. */
export const needOf = (answers: Answers): string => (answers.needs ? answers.accessibility.trim() : '')
