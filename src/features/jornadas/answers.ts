/** What a person of a public body has answered so far, beside what every campaign asks. */
import {
  emptyCommon,
  isPayload,
  readCommon,
  text,
  type CommonAnswers,
  type Stored,
} from '@/campaign/form/answers'
import type { RegistrationSubmission } from '@/domain/registration'

export interface Answers extends CommonAnswers {
  body_id: string
  /** Name and class of the body as the registry said: this phone checks and shows them without it. */
  body_name: string
  body_class: string
  jornada_ids: string[]
  post: string
  /** Whether they said that they need something; what it is in `accessibility`. */
  needs: boolean
  accessibility: string
}

/** On the wire, with what this phone alone reads again: the server takes the body by its id. */
export type Payload = RegistrationSubmission & Pick<Answers, 'body_name' | 'body_class'>

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []

/** A new draft. A registration always has a name. */
export const emptyAnswers = (): Answers => ({
  ...emptyCommon(),
  naming: 'named',
  body_id: '',
  body_name: '',
  body_class: '',
  jornada_ids: [],
  post: '',
  needs: false,
  accessibility: '',
})

/** Answers out of a draft of any age, or of a refused payload: what is not understood is not yet answered. */
export const readAnswers = (kept: Stored): Answers => ({
  ...readCommon(kept),
  naming: 'named',
  body_id: text(kept.body_id),
  body_name: text(kept.body_name),
  body_class: text(kept.body_class),
  jornada_ids: texts(kept.jornada_ids),
  post: text(kept.post),
  needs: isPayload(kept) ? text(kept.accessibility) !== '' : kept.needs === true,
  accessibility: text(kept.accessibility),
})

/** What they need, or '' when they did not ask for anything. */
export const needOf = (answers: Answers): string => (answers.needs ? answers.accessibility.trim() : '')
