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

test('accepting, publishing and not selecting need no words', () => {
  for (const decision of ['accept', 'publish', 'not_select'] as const) {
    expect(refuseDecision(decision, form(), own)).toEqual([])
    expect(toPayload(decision, form({ message: '  ' }))).toEqual({ decision })
  }
})

test('asking for a change needs a message that can be seen', () => {
  expect(codes('request_correction', form(), own)).toEqual(['message:message_required'])
  expect(codes('request_correction', form({ message: ' \u200b\n' }), own)).toEqual([
    'message:message_required',
  ])
  expect(codes('request_correction', form({ message: 'Quita el nombre' }), own)).toEqual([])
})

test('a refusal needs a reason and a reply, and names both at once', () => {
  expect(codes('reject', form(), own)).toEqual(['reason:reason_required', 'message:message_required'])
})

test('a duplicate names another folio, with a right check digit', () => {
  const duplicate = (duplicateOf: string) =>
    codes('reject', form({ reason: 'duplicate', message: 'Ya está', duplicateOf }), own)
  expect(duplicate('')).toEqual(['duplicate:duplicate_unknown'])
  expect(duplicate('PR-2026-000043-9'.replace(/.$/u, '0'))).toEqual(['duplicate:duplicate_unknown'])
  expect(duplicate(own)).toEqual(['duplicate:duplicate_unknown'])
  expect(duplicate(other.toLowerCase())).toEqual([])
})

test('the message is measured in code points and holds no control characters', () => {
  expect(codes('accept', form({ message: '🙂'.repeat(MESSAGE_MAX) }), own)).toEqual([])
  expect(codes('accept', form({ message: '🙂'.repeat(MESSAGE_MAX + 1) }), own)).toEqual([
    'message:message_too_long',
  ])
  expect(codes('accept', form({ message: 'a\u0000' }), own)).toEqual(['message:body_invalid'])
})

test('a decision that was not taken gives its words back to the form', () => {
  const filled = form({ message: 'Gracias.', reason: 'duplicate', duplicateOf: other })
  expect(toForm(toPayload('reject', filled))).toEqual(filled)
  expect(toForm({ decision: 'accept' })).toEqual(form())
})

test('the payload carries only what belongs to the decision', () => {
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
