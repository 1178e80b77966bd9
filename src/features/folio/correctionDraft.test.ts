import { expect, test } from 'vitest'
import type { Part } from '@/domain/rows'
import { findProblems, MISSING, readAnswers, toAnswers, toCorrection } from './correctionDraft'

const action = { id: 'a1', kind: 'action' } as Part
const paragraph = { id: 'p1', kind: 'paragraph' } as Part
const body = 'Que cada oficina publique su calendario.'

test('what was sent comes back as it was', () => {
  const sent = { part_id: null, helps: null, body }
  expect(toCorrection(toAnswers(sent), undefined)).toEqual(sent)
  const about = { part_id: 'a1', helps: 'partly', body } as const
  expect(toCorrection(toAnswers(about), action)).toEqual(about)
})

test('moving from an action to a paragraph drops whether it helps', () => {
  expect(toCorrection({ about: 'p1', helps: 'yes', body }, paragraph).helps).toBeNull()
})

test('a refused correction and a draft of the page are both read', () => {
  expect(readAnswers({ part_id: null, helps: null, body })).toEqual({ about: MISSING, helps: null, body })
  expect(readAnswers({ about: null, helps: 'no', body })).toEqual({ about: null, helps: 'no', body })
  expect(readAnswers({})).toBeUndefined()
})

test.each([
  ['nothing chosen', { about: null, helps: null, body }, ['about_required']],
  ['an action without an answer', { about: 'a1', helps: null, body }, ['helps_required']],
  ['a part that is no longer there', { about: 'gone', helps: null, body }, ['part_unknown']],
  ['a short text on what is missing', { about: MISSING, helps: null, body: 'corto' }, ['body_too_short']],
  ['a paragraph', { about: 'p1', helps: null, body }, []],
])('%s', (_, answers, codes) => {
  expect(findProblems(answers, [action, paragraph]).map((problem) => problem.code)).toEqual(codes)
})
