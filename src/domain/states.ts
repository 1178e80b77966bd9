/** The states of a submission, and the decisions that lead from one to another (docs/product.md). */

export const STATES = [
  'received',
  'in_review',
  'correction_requested',
  'accepted',
  'rejected',
  'published',
  'not_selected',
  'withdrawn',
  'expired',
] as const
export type SubmissionState = (typeof STATES)[number]

export const DECISIONS = ['request_correction', 'accept', 'reject', 'publish', 'not_select'] as const
export type Decision = (typeof DECISIONS)[number]

/**
 * Decisions that amend an earlier one of anybody, or confirm it in a second review (`uphold`). Rows name them apart from
 * the others, because an older desk has no words for them.
 */
export const AMENDMENTS = ['take_back', 'reopen', 'uphold'] as const
export type Amendment = (typeof AMENDMENTS)[number]

/** What staff choose: a decision, or an acceptance with its publication, which is two events and one op. */
export const CHOICES = [...DECISIONS, 'accept_publish', ...AMENDMENTS] as const
export type Choice = (typeof CHOICES)[number]

export const REASON_CODES = [
  'discriminatory',
  'third_party_data',
  'propaganda',
  'copyright',
  'minor_unauthorised',
  'off_topic',
  'unintelligible',
  'duplicate',
  'other',
] as const
export type ReasonCode = (typeof REASON_CODES)[number]

const OPEN: Decision[] = ['request_correction', 'accept', 'reject']
const ALLOWED: Record<SubmissionState, readonly Decision[]> = {
  received: OPEN, // a decision also takes the submission into review
  in_review: OPEN,
  correction_requested: [],
  accepted: ['publish', 'not_select'],
  rejected: [],
  published: [],
  not_selected: [],
  withdrawn: [],
  expired: [],
}

const AMENDABLE: Partial<Record<SubmissionState, readonly Amendment[]>> = {
  accepted: ['reopen'],
  rejected: ['reopen'],
  published: ['take_back'],
  not_selected: ['reopen'],
}

const FINAL: ReadonlySet<SubmissionState> = new Set([
  'rejected',
  'published',
  'not_selected',
  'withdrawn',
  'expired',
])

const OUTCOME: Record<Choice, SubmissionState> = {
  request_correction: 'correction_requested',
  accept: 'accepted',
  reject: 'rejected',
  publish: 'published',
  not_select: 'not_selected',
  accept_publish: 'published',
  take_back: 'accepted',
  reopen: 'in_review',
  uphold: 'rejected',
}

/** Whether nobody decides on a submission in this state any more. */
export const isFinal = (state: SubmissionState): boolean => FINAL.has(state)

/** The decisions that staff may take on a submission in this state. */
export const decisionsFor = (state: SubmissionState): readonly Decision[] => ALLOWED[state]

/** The decisions that amend what was decided on a submission in this state, of which no second review was asked for. */
export const amendmentsFor = (state: SubmissionState): readonly Amendment[] => AMENDABLE[state] ?? []

/** Whether it amends an earlier decision. */
export const isAmendment = (choice: Choice): choice is Amendment => AMENDMENTS.some((one) => one === choice)

/** Whether it makes the submission public. */
export const isPublication = (choice: Choice): choice is 'publish' | 'accept_publish' =>
  OUTCOME[choice] === 'published'

/** The state after a decision. */
export const outcomeOf = (decision: Choice): SubmissionState => OUTCOME[decision]

/** Whether the author can withdraw a submission in this state. A withdrawn or expired one has no content left. */
export const isWithdrawable = (state: SubmissionState): boolean =>
  state !== 'withdrawn' && state !== 'expired'

/** What the institution does with a published submission beside its state, in the analysis. */
export const ANALYSIS_STEPS = ['merged', 'parted', 'split', 'joined', 'answered', 'followed'] as const
export type AnalysisStep = (typeof ANALYSIS_STEPS)[number]

/** What the history of a minor's submission says of the guardian's authorisation. */
export type MinorEvent = 'guardian_asked' | 'guardian_answered' | 'minor_checked'
