/** The history of a submission for its author, from the messages that the server returns. */
import type { Message } from '@/domain/rows'
import { type AnalysisStep, ANALYSIS_STEPS, type SubmissionState } from '@/domain/states'

export type HistoryStep =
  | SubmissionState
  | AnalysisStep
  | 'corrected'
  | 'undone'
  | 'taken_back'
  | 'reopened'
  | 'review_asked'
  | 'upheld'

const isDecided = (state?: SubmissionState) =>
  state === 'accepted' || state === 'rejected' || state === 'not_selected'

/** The step that a message stands for. A state that the author returned to has another name than when staff set it. */
export function stepOf(message: Message, before: Message | undefined): HistoryStep {
  if (message.step && ANALYSIS_STEPS.includes(message.step)) return message.step
  if (before?.state === 'withdrawn' && message.state !== 'withdrawn') return 'undone'
  if (before?.state === 'published' && message.state === 'accepted') return 'taken_back'
  if (isDecided(before?.state) && message.state === 'in_review') return 'reopened'
  if (before?.state === 'rejected' && message.state === 'rejected') {
    return message.from === 'author' ? 'review_asked' : 'upheld'
  }
  const answersRequest = before?.state === 'correction_requested' && message.state === 'in_review'
  return message.from === 'author' && answersRequest ? 'corrected' : message.state
}

/** The messages in order of time, each with the step it stands for. */
export function historyOf(messages: readonly Message[]): { step: HistoryStep; message: Message }[] {
  const inOrder = [...messages].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  return inOrder.map((message, index) => ({ step: stepOf(message, inOrder[index - 1]), message }))
}

/** The last message of staff that has a text or a reason, or undefined. */
export const latestReply = (messages: readonly Message[]): Message | undefined =>
  historyOf(messages)
    .map((entry) => entry.message)
    .findLast(
      (message) => message.from === 'staff' && (message.text !== null || message.reason_code !== null),
    )

/** When the submission last changed: at its last message, or when it was received. ISO 8601. */
export const changedAt = (row: { messages: readonly Message[]; received_at: string }): string =>
  historyOf(row.messages).at(-1)?.message.at ?? row.received_at
