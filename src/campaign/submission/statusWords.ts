/** Which words each state, reason and waiting op has. Keys are written out so that the check of unused ones sees them. */
import { useIslands, type Island } from '../islands'
import messages from '@/i18n/es-MX/folio.json'
import unknown from '@/i18n/es-MX/unknownStatus.json'
import { translator } from '@/i18n/translator'
import { opTraits, type OpKind } from '@/domain/ops'
import type { ReasonCode, SubmissionState } from '@/domain/states'
import type { HistoryStep } from './history'

export const t = translator(messages)
type Key = Parameters<typeof t>[0]

const MEANING = {
  received: 'meaning.received',
  in_review: 'meaning.in_review',
  correction_requested: 'meaning.correction_requested',
  accepted: 'meaning.accepted',
  rejected: 'meaning.rejected',
  published: 'meaning.published',
  not_selected: 'meaning.not_selected',
  withdrawn: 'meaning.withdrawn',
  expired: 'meaning.expired',
} as const satisfies Record<SubmissionState, Key>

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
} as const satisfies Record<HistoryStep, Key>

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

/** What waits on this phone, as all kinds say it; an op without words of its own is the submission itself. */
function pendingKey(op: OpKind): Key {
  if (op === 'submission.undo_withdraw') return 'pending.undo'
  const { corrects, withdraws } = opTraits(op)
  if (corrects) return 'pending.correct'
  return withdraws ? 'pending.withdraw' : 'pending.submit'
}

/** The words of this page as a kind of campaign says them. Call it in a setup. */
export const useKindWords = (kind: string) => wordsOf(useIslands()[kind])

/** The same where the kind is known only later. One that is not known is called by no kind's noun. */
export function wordsOf(island: Island | undefined) {
  const own = translator<typeof messages>({ ...messages, ...(island ? island.statusWords : unknown) })
  return {
    t: own,
    usted: island?.usted,
    /** What the state means for the person who sent it. */
    meaningOf: (state: SubmissionState): string => own(MEANING[state]),
    /** A point of the history. */
    stepWords: (step: HistoryStep): string => own(STEP[step]),
    /** What waits on this phone. */
    pendingWords: (op: OpKind): string => island?.pendingWords?.[op] ?? own(pendingKey(op)),
  }
}
/** The reason of a rejection in words. */
export const reasonWords = (reason: ReasonCode): string => t(REASON[reason])
