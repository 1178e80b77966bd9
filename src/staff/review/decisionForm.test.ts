import { expect, test } from 'vitest'
import { dammDigit } from '@/domain/folio'
import { type DecisionForm, MESSAGE_MAX, refuseDecision, toForm, toPayload } from './decisionForm'

const folioOf = (number: string) => `PR-2026-${number}-${dammDigit(`2026${number}`)}`
const own = folioOf('000001')
const other = folioOf('000042')
const form = (changes: Partial<DecisionForm> = {}): DecisionForm => ({
  message: '',
  reason: '',
  duplicateOf: '',
  ...changes,
})
const codes = (...args: Parameters<typeof refuseDecision>) =>
  refuseDecision(...args).map((error) => `${error.field}:${error.code}`)

test('accept, publish and not_select need no message', () => {
  for (const decision of ['accept', 'publish', 'not_select'] as const) {
    expect(refuseDecision(decision, form(), own)).toEqual([])
    expect(toPayload(decision, form({ message: '  ' }))).toEqual({ decision })
  }
})

test('a request for a correction needs a visible message', () => {
  expect(codes('request_correction', form(), own)).toEqual(['message:message_required'])
  expect(codes('request_correction', form({ message: ' \u200b\n' }), own)).toEqual([
    'message:message_required',
  ])
  expect(codes('request_correction', form({ message: 'Quita el nombre' }), own)).toEqual([])
})

test('an amendment must tell the author why, and carries nothing but that', () => {
  for (const decision of ['take_back', 'reopen'] as const) {
    expect(codes(decision, form(), own)).toEqual(['message:message_required'])
    expect(toPayload(decision, form({ message: ' Nombra a otra persona. ', reason: 'other' }))).toEqual({
      decision,
      message: 'Nombra a otra persona.',
    })
  }
})

test('a rejection without reason and message reports both at once', () => {
  expect(codes('reject', form(), own)).toEqual(['reason:reason_required', 'message:message_required'])
})

test('the reason `duplicate` needs the folio of another submission, with a valid check digit', () => {
  const duplicate = (duplicateOf: string) =>
    codes('reject', form({ reason: 'duplicate', message: 'Ya está', duplicateOf }), own)
  expect(duplicate('')).toEqual(['duplicate:duplicate_unknown'])
  expect(duplicate('PR-2026-000043-9'.replace(/.$/u, '0'))).toEqual(['duplicate:duplicate_unknown'])
  expect(duplicate(own)).toEqual(['duplicate:duplicate_unknown'])
  expect(duplicate(other.toLowerCase())).toEqual([])
})

test('the message is limited in code points and control characters are no message', () => {
  expect(codes('accept', form({ message: '🙂'.repeat(MESSAGE_MAX) }), own)).toEqual([])
  expect(codes('accept', form({ message: '🙂'.repeat(MESSAGE_MAX + 1) }), own)).toEqual([
    'message:message_too_long',
  ])
  expect(codes('accept', form({ message: 'a\u0000' }), own)).toEqual([])
  expect(codes('request_correction', form({ message: '\u0000' }), own)).toEqual(['message:message_required'])
})

test('the payload of a stopped decision converts back to the form', () => {
  const filled = form({ message: 'Gracias.', reason: 'duplicate', duplicateOf: other })
  expect(toForm(toPayload('reject', filled))).toEqual(filled)
  expect(toForm({ decision: 'accept' })).toEqual(form())
})

test('the payload carries only the fields of its decision', () => {
  const filled = form({ message: ' Gracias. ', reason: 'duplicate', duplicateOf: ` ${other} ` })
  expect(toPayload('reject', filled)).toEqual({
    decision: 'reject',
    reason_code: 'duplicate',
    duplicate_of: other,
    message: 'Gracias.',
  })
  expect(toPayload('accept', filled)).toEqual({ decision: 'accept', message: 'Gracias.' })
  expect(toPayload('reject', { ...filled, reason: 'off_topic' })).not.toHaveProperty('duplicate_of')
})
