import { expect, test } from 'vitest'
import { Fault } from '@/domain/fault'
import { REFUSALS } from '@/domain/refusals'
import faults from './es-MX/faults.json'
import messages from './es-MX/refusals.json'
import { faultText, refusalText } from './refusals'

const words: Record<string, string> = messages

test.each(REFUSALS)('the refusal %s has words that end as a sentence', (code) => {
  expect(words[code]).toMatch(/[.»]$/u)
})

test('no words are kept for a refusal that the domain does not know', () => {
  const known = new Set<string>(REFUSALS)
  expect(Object.keys(words).filter((code) => !known.has(code))).toEqual([])
})

test('a code from a newer server gets the general words', () => {
  expect(refusalText('from_the_future')).toBe(faults.unknown)
})

test('a fault speaks by its code, a refusal by its own words, anything else by the general ones', () => {
  expect(faultText(new Fault('timeout', true))).toBe(faults.timeout)
  expect(faultText(new Fault('convocatoria_closed', false))).toBe(messages.convocatoria_closed)
  expect(faultText(new TypeError('boom'))).toBe(faults.unknown)
})
