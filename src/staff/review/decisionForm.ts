/** The form of a decision and its checks before saving. They are hints; the server decides. */
import { parseFolio } from '@/domain/folio'
import type { Refusal } from '@/domain/refusals'
import { type Choice, isAmendment, type ReasonCode } from '@/domain/states'
import { canon, visibleLength } from '@/domain/canon'

export const MESSAGE_MAX = 2000

export interface DecisionForm {
  message: string
  reason: ReasonCode | ''
  duplicateOf: string
}

export type DecisionField = 'reason' | 'duplicate' | 'message'

export interface DecisionError {
  field: DecisionField
  code: Refusal
}

export interface DecisionPayload {
  decision: Choice
  reason_code?: ReasonCode
  duplicate_of?: string
  message?: string
}

/** A request for a correction, a rejection and an amendment must tell the author why, in words. */
export const needsMessage = (decision: Choice): boolean =>
  decision === 'request_correction' || decision === 'reject' || isAmendment(decision)

function refuseMessage(decision: Choice, message: string): Refusal | null {
  if ([...canon(message).trim()].length > MESSAGE_MAX) return 'message_too_long'
  return needsMessage(decision) && visibleLength(message) === 0 ? 'message_required' : null
}

/** Every problem of the form, in the order of the fields on the screen; empty when it can be saved. */
export function refuseDecision(decision: Choice, form: DecisionForm, ownFolio: string): DecisionError[] {
  const errors: DecisionError[] = []
  if (decision === 'reject' && form.reason === '') errors.push({ field: 'reason', code: 'reason_required' })
  if (decision === 'reject' && form.reason === 'duplicate') {
    const folio = parseFolio(form.duplicateOf)
    if (!folio || folio === ownFolio) errors.push({ field: 'duplicate', code: 'duplicate_unknown' })
  }
  const message = refuseMessage(decision, form.message)
  if (message) errors.push({ field: 'message', code: message })
  return errors
}

/** The payload of `review.decide`. The form must have passed {@link refuseDecision}. */
export function toPayload(decision: Choice, form: DecisionForm): DecisionPayload {
  const payload: DecisionPayload = { decision }
  const message = form.message.trim()
  if (message) payload.message = message
  if (decision !== 'reject' || form.reason === '') return payload
  payload.reason_code = form.reason
  const folio = form.reason === 'duplicate' ? parseFolio(form.duplicateOf) : null
  return folio ? { ...payload, duplicate_of: folio } : payload
}

/** The form of a payload, so that a member can continue a stopped decision. */
export const toForm = ({ message, reason_code, duplicate_of }: DecisionPayload): DecisionForm => ({
  message: message ?? '',
  reason: reason_code ?? '',
  duplicateOf: duplicate_of ?? '',
})
