import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  AMENDMENTS,
  DECISIONS,
  STATES,
  amendmentsFor,
  decisionsFor,
  isWithdrawable,
  outcomeOf,
} from './states'
import { chipOf } from './submissionStatus'

test('every sequence of allowed decisions leads to a known state', () =>
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...DECISIONS, ...AMENDMENTS), { maxLength: 8 }), (walk) => {
      let state: (typeof STATES)[number] = 'received'
      for (const one of walk) {
        const allowed: readonly string[] = [...decisionsFor(state), ...amendmentsFor(state)]
        if (allowed.includes(one)) state = outcomeOf(one)
      }
      expect(STATES).toContain(state)
    }),
  ))

test('only an accepted submission can be published', () =>
  expect(STATES.filter((state) => decisionsFor(state).includes('publish'))).toEqual(['accepted']))

test('an amendment leads out of the public, or back to review', () => {
  expect(STATES.filter((state) => amendmentsFor(state).includes('take_back'))).toEqual(['published'])
  for (const state of STATES)
    for (const one of amendmentsFor(state)) expect(['accepted', 'in_review']).toContain(outcomeOf(one))
})

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
