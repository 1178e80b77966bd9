/** The words of each state, reason and pending op. Keys are written in full so that the check finds unused ones. */
import { useIslands, type Island } from '../islands'
import messages from '@/i18n/es-MX/folio.json'
import unknown from '@/i18n/es-MX/unknownStatus.json'
import { translator } from '@/i18n/translator'
import { opTraits, type OpKind } from '@/domain/ops'
import type { ReasonCode, SubmissionState } from '@/domain/states'
import type { Chip } from '@/domain/submissionStatus'
import type { SubmissionView } from '@/data/submissions'
import type { HistoryStep } from './history'

/** The words of the status page that are the same for all kinds. */
export const t = translator(messages)
type Key = Parameters<typeof t>[0]
type Standing = Pick<SubmissionView, 'chip' | 'row' | 'refusal'> & { pending: readonly unknown[] }

const MEANING: Partial<Record<SubmissionState, Key>> = {
  received: 'meaning.received',
  in_review: 'meaning.in_review',
  correction_requested: 'meaning.correction_requested',
  accepted: 'meaning.accepted',
  published: 'meaning.published',
  not_selected: 'meaning.not_selected',
  withdrawn: 'meaning.withdrawn',
}

const STEP = {
  received: 'step.received',
  in_review: 'step.in_review',
  correction_requested: 'step.correction_requested',
  accepted: 'step.accepted',
  rejected: 'step.rejected',
  published: 'step.published',
  not_selected: 'step.not_selected',
  withdrawn: 'step.withdrawn',
  expired: 'step.expired',
  corrected: 'step.corrected',
  undone: 'step.undone',
  taken_back: 'step.taken_back',
  reopened: 'step.reopened',
  review_asked: 'step.review_asked',
  upheld: 'step.upheld',
  merged: 'step.merged',
  parted: 'step.parted',
  split: 'step.split',
  joined: 'step.joined',
  answered: 'step.answered',
  followed: 'step.followed',
} as const satisfies Record<HistoryStep, Key>

/** What a state means where staff amended their decision. */
const AMENDED: Partial<Record<HistoryStep, Key>> = {
  taken_back: 'meaning.taken_back',
  reopened: 'meaning.reopened',
  upheld: 'meaning.upheld',
}

const REASON = {
  discriminatory: 'reason.discriminatory',
  third_party_data: 'reason.third_party_data',
  propaganda: 'reason.propaganda',
  copyright: 'reason.copyright',
  minor_unauthorised: 'reason.minor_unauthorised',
  off_topic: 'reason.off_topic',
  unintelligible: 'reason.unintelligible',
  duplicate: 'reason.duplicate',
  other: 'reason.other',
} as const satisfies Record<ReasonCode, Key>

/** What the title of the status page names: what the person must do, what is on its way, or what was decided. */
function outcomeOf({ chip, row, pending, refusal }: Standing): Exclude<Chip, 'draft'> | 'pending' | null {
  if (refusal) return 'needs_attention'
  if (row && (chip === 'unsent' || (chip === 'sending' && pending.length > 0))) return 'pending'
  return chip === 'draft' ? null : chip
}

/** The words of a pending op for all kinds. An op that neither corrects nor withdraws counts as the submission. */
function pendingKey(op: OpKind): Key {
  if (op === 'submission.undo_withdraw') return 'pending.undo'
  if (op === 'submission.ask_review') return 'pending.ask_review'
  const { corrects, withdraws } = opTraits(op)
  if (corrects) return 'pending.correct'
  return withdraws ? 'pending.withdraw' : 'pending.submit'
}

/** The words of the status page for a kind. Call it in a setup. */
export const useKindWords = (kind: string) => wordsOf(useIslands()[kind])

/** The words of the status page for a kind. An unknown kind gets words without any kind's noun. */
export function wordsOf(island: Island | undefined) {
  const own = translator<typeof messages>({ ...messages, ...(island ? island.statusWords : unknown) })
  return {
    t: own,
    usted: island?.usted,
    /** The outcome in one line: the title of the status page. */
    titleOf(view: Standing): string {
      const outcome = outcomeOf(view)
      return own(outcome ? `outcome.${outcome}` : 'status.title')
    },
    /** What a state means for the author, who came to it by `step`, beyond its title; null when the title says all. */
    meaningOf(state: SubmissionState, step?: HistoryStep): string | null {
      const key = (step && AMENDED[step]) ?? MEANING[state]
      return key ? own(key) : null
    },
    /** The title of a step of the history. */
    stepWords: (step: HistoryStep): string => own(STEP[step]),
    /** The words of an op that is pending on this phone. */
    pendingWords: (op: OpKind): string => island?.pendingWords?.[op] ?? own(pendingKey(op)),
  }
}
/** The reason of a rejection in words. */
export const reasonWords = (reason: ReasonCode): string => t(REASON[reason])
