import { expect, test } from 'vitest'
import { isSilent } from './silence'

const silence = { from: '2027-04-04', until: '2027-06-06' }

test.each([
  ['the last instant before the first day', '2027-04-04T05:59:59.999Z', false],
  ['the first instant of the first day', '2027-04-04T06:00:00.000Z', true],
  ['the last instant of the last day', '2027-06-07T05:59:59.999Z', true],
  ['the first instant after the last day', '2027-06-07T06:00:00.000Z', false],
])('electoral silence by the clock of central Mexico: %s', (_, instant, isOn) =>
  expect(isSilent(silence, new Date(instant))).toBe(isOn),
)

test('without days there is no silence', () => expect(isSilent(undefined, new Date())).toBe(false))
