import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DECISIONS, STATES, decisionsFor, isWithdrawable, outcomeOf } from './states'
import { chipOf } from './submissionStatus'

test('every sequence of allowed decisions leads to a known state', () =>
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...DECISIONS), { maxLength: 8 }), (walk) => {
      let state: (typeof STATES)[number] = 'received'
      for (const decision of walk) if (decisionsFor(state).includes(decision)) state = outcomeOf(decision)
      expect(STATES).toContain(state)
    }),
  ))

test('only an accepted submission can be published', () =>
  expect(STATES.filter((state) => decisionsFor(state).includes('publish'))).toEqual(['accepted']))

test('every state but withdrawn and expired can be withdrawn', () =>
  expect(STATES.filter((state) => !isWithdrawable(state))).toEqual(['withdrawn', 'expired']))

test.each([
  ['no op and no row', null, null, 'draft'],
  ['a queued op and no row', 'queued', null, 'unsent'],
  ['a waiting op and a row', 'retry_wait', 'received', 'unsent'],
  ['an op that is being sent', 'sending', null, 'sending'],
  ['a refused op', 'needs_person', 'in_review', 'needs_attention'],
  ['no op and a row', null, 'published', 'published'],
] as const)('the chip of a submission with %s', (_, pending, state, chip) =>
  expect(chipOf(pending, state)).toBe(chip),
)
