import { expect, test } from 'vitest'
import type { SubmissionRow } from '@/domain/rows'
import { canUndo, changeOf, canWithdraw, correctionIsOpen, undoIsOpen } from './openActions'

const until = '2026-11-20T18:00:00-06:00'
const before = new Date('2026-11-20T23:59:59Z')
const at = new Date('2026-11-21T00:00:00Z')

test('a withdrawal can be undone before its deadline, not at the deadline', () => {
  expect(undoIsOpen({ state: 'withdrawn', undo_withdrawal_until: until }, before)).toBe(true)
  expect(undoIsOpen({ state: 'withdrawn', undo_withdrawal_until: until }, at)).toBe(false)
  expect(undoIsOpen({ state: 'withdrawn', undo_withdrawal_until: null }, before)).toBe(false)
  expect(undoIsOpen({ state: 'in_review', undo_withdrawal_until: until }, before)).toBe(false)
})

test('a correction is open until review begins, and while staff wait for it, before its deadline', () => {
  expect(correctionIsOpen({ state: 'received', correction_until: null }, before)).toBe(true)
  expect(correctionIsOpen({ state: 'correction_requested', correction_until: until }, before)).toBe(true)
  expect(correctionIsOpen({ state: 'correction_requested', correction_until: until }, at)).toBe(false)
  expect(correctionIsOpen({ state: 'in_review', correction_until: null }, before)).toBe(false)
})

const row = (state: SubmissionRow['state']) => ({ state }) as SubmissionRow

test.each([
  ['a received submission', row('received'), [], true, false],
  ['a published submission', row('published'), [], true, false],
  ['a submission withdrawn long ago', row('withdrawn'), [], false, false],
  ['a submission with a pending withdrawal', row('received'), ['submission.withdraw'], false, true],
  ['a submission with a pending undo', row('withdrawn'), ['submission.undo_withdraw'], true, false],
  [
    'a submission with a pending withdrawal and a later undo',
    row('received'),
    ['submission.withdraw', 'submission.undo_withdraw'],
    true,
    false,
  ],
  ['a submission that is still pending', null, ['propuesta.submit'], true, false],
  ['an unknown submission', null, [], false, false],
])('%s allows the right choice of withdraw and undo', (_, known, kinds, withdrawable, undoable) => {
  const view = {
    row: known && { ...known, undo_withdrawal_until: null },
    pending: kinds.map((kind) => ({ kind })),
  }
  expect(canWithdraw(view)).toBe(withdrawable)
  expect(canUndo(view, at)).toBe(undoable)
})

test('a form offers to correct before review, to do what was asked, or to add what was left, and no form offers nothing', () => {
  const adds = ({ state }: { state: string }) => state === 'accepted'
  const change = (state: SubmissionRow['state'], form: Parameters<typeof changeOf>[0] = { adds }) =>
    changeOf(form, { state, correction_until: until } as SubmissionRow, before)
  expect(change('received')).toBe('correct_early')
  expect(change('correction_requested')).toBe('correct')
  expect(change('accepted')).toBe('add')
  expect([
    change('in_review'),
    change('accepted', {}),
    changeOf(undefined, { state: 'received' } as SubmissionRow, before),
  ]).toEqual([null, null, null])
})
