import { expect, test } from 'vitest'
import { isApplyAnswer, isPullAnswer } from './schemas'

const now = '2026-11-23T00:00:00Z'
const row = { id: 's1', version: 1, unknown_to_us: true }
const verdicts = (...list: unknown[]) => ({ now, verdicts: list })

test('every verdict of the contract is accepted, also with unknown fields in its row', () => {
  const all = verdicts(
    { op_id: 'a', status: 'applied', row, xid: '7' },
    { op_id: 'b', status: 'applied', row: null, xid: '7' },
    { op_id: 'c', status: 'refused', code: 'body_too_short', field: 'body' },
    { op_id: null, status: 'refused', code: 'malformed_op' },
    { op_id: 'd', status: 'conflict', row, xid: '7' },
    { op_id: 'e', status: 'retry', after_ms: 0, code: 'busy' },
  )
  expect(isApplyAnswer(all)).toBe(true)
})

test('a staff verdict may have a line of the door’s list or a day of the calendar as its row', () => {
  const line = { submission_id: 's1', version: 2, status: 'attended' }
  const day = { id: 'j1', sequence: 1, title: 'Primera Jornada' }
  for (const staffRow of [line, day]) {
    expect(isApplyAnswer(verdicts({ op_id: 'a', status: 'applied', row: staffRow, xid: '7' }))).toBe(true)
    expect(isApplyAnswer(verdicts({ op_id: 'a', status: 'conflict', row: staffRow, xid: '7' }))).toBe(true)
  }
  expect(isApplyAnswer(verdicts({ op_id: 'a', status: 'conflict', row: { id: 'j1' }, xid: '7' }))).toBe(false)
})

test.each([
  ['an unknown status', verdicts({ op_id: 'a', status: 'maybe' })],
  ['a verdict without xid', verdicts({ op_id: 'a', status: 'applied', row })],
  ['an xid that is not a number', verdicts({ op_id: 'a', status: 'applied', row, xid: 'x' })],
  ['a conflict without row', verdicts({ op_id: 'a', status: 'conflict', row: null, xid: '7' })],
  ['a conflict without xid', verdicts({ op_id: 'a', status: 'conflict', row })],
  ['a negative wait', verdicts({ op_id: 'a', status: 'retry', after_ms: -1, code: 'busy' })],
  ['no verdicts', { now }],
  ['a list', []],
  ['null', null],
])('%s is not an answer of apply_ops', (_, body) => expect(isApplyAnswer(body)).toBe(false))

const page = (pull: object) => ({ now, epoch: 'e', watermark_age: 0, pulls: [pull] })
const ok = { scope: 'public', status: 'ok', reset: false, more: false, cursor: '10.0', changes: [] }

test.each([
  ['an empty page', ok],
  ['a page within a first read', { ...ok, cursor: '10.0@notice/n1', more: true }],
  ['a put', { ...ok, changes: [{ op: 'put', entity: 'notice', id: 'n1', row: { id: 'n1' } }] }],
  ['a removal', { ...ok, changes: [{ op: 'remove', entity: 'notice', id: 'n1' }] }],
  ['a denial', { scope: 'mine', id: 's1', status: 'denied' }],
])('%s is an answer of pull_changes', (_, pull) => expect(isPullAnswer(page(pull))).toBe(true))

test.each([
  ['a cursor of another form', { ...ok, cursor: 'abc' }],
  ['a put without row', { ...ok, changes: [{ op: 'put', entity: 'notice', id: 'n1' }] }],
  ['an unknown scope', { ...ok, scope: 'staff' }],
])('%s is not an answer of pull_changes', (_, pull) => expect(isPullAnswer(page(pull))).toBe(false))
