import { expect, test } from 'vitest'
import type { SubmissionRow } from '@/domain/rows'
import { canUndo, canWithdraw, correctionIsOpen, undoIsOpen } from './openActions'

const until = '2026-11-20T18:00:00-06:00'
const before = new Date('2026-11-20T23:59:59Z')
const at = new Date('2026-11-21T00:00:00Z')

test('a withdrawal can be undone until its hour, not at it', () => {
  expect(undoIsOpen({ state: 'withdrawn', undo_withdrawal_until: until }, before)).toBe(true)
  expect(undoIsOpen({ state: 'withdrawn', undo_withdrawal_until: until }, at)).toBe(false)
  expect(undoIsOpen({ state: 'withdrawn', undo_withdrawal_until: null }, before)).toBe(false)
  expect(undoIsOpen({ state: 'in_review', undo_withdrawal_until: until }, before)).toBe(false)
})

test('a change is expected only while it was asked for and in time', () => {
  expect(correctionIsOpen({ state: 'correction_requested', correction_until: until }, before)).toBe(true)
  expect(correctionIsOpen({ state: 'correction_requested', correction_until: until }, at)).toBe(false)
  expect(correctionIsOpen({ state: 'in_review', correction_until: null }, before)).toBe(false)
})

const row = (state: SubmissionRow['state']) => ({ state }) as SubmissionRow

test.each([
  ['something received', row('received'), [], true, false],
  ['something published', row('published'), [], true, false],
  ['something withdrawn long ago', row('withdrawn'), [], false, false],
  ['something whose withdrawal waits here', row('received'), ['submission.withdraw'], false, true],
  ['something whose undoing waits here', row('withdrawn'), ['submission.undo_withdraw'], true, false],
  [
    'a change of mind, twice',
    row('received'),
    ['submission.withdraw', 'submission.undo_withdraw'],
    true,
    false,
  ],
  ['something that has not arrived', null, ['propuesta.submit'], true, false],
  ['nothing known yet', null, [], false, false],
])('%s: withdraw or undo', (_, known, kinds, withdrawable, undoable) => {
  const view = {
    row: known && { ...known, undo_withdrawal_until: null },
    pending: kinds.map((kind) => ({ kind })),
  }
  expect(canWithdraw(view)).toBe(withdrawable)
  expect(canUndo(view, at)).toBe(undoable)
})
