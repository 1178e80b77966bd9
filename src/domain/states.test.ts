import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DECISIONS, STATES, decisionsFor, isWithdrawable, outcomeOf } from './states'
import { chipOf } from './submissionStatus'

test('no walk of decisions leaves the states or passes a final one', () =>
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...DECISIONS), { maxLength: 8 }), (walk) => {
      let state: (typeof STATES)[number] = 'received'
      for (const decision of walk) if (decisionsFor(state).includes(decision)) state = outcomeOf(decision)
      expect(STATES).toContain(state)
    }),
  ))

test('only what was accepted can be published', () =>
  expect(STATES.filter((state) => decisionsFor(state).includes('publish'))).toEqual(['accepted']))

test('a withdrawn submission has nothing left to withdraw', () =>
  expect(STATES.filter((state) => !isWithdrawable(state))).toEqual(['withdrawn', 'expired']))

test.each([
  ['nothing queued and nothing known', null, null, 'draft'],
  ['queued and unknown to the server', 'queued', null, 'unsent'],
  ['a change queued on something received', 'retry_wait', 'received', 'unsent'],
  ['in the air', 'sending', null, 'sending'],
  ['refused', 'needs_person', 'in_review', 'needs_attention'],
  ['nothing queued', null, 'published', 'published'],
] as const)('the chip of something %s', (_, pending, state, chip) =>
  expect(chipOf(pending, state)).toBe(chip),
)
