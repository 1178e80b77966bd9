import { expect, test } from 'vitest'
import { Fault } from '@/domain/fault'
import { REFUSALS } from '@/domain/refusals'
import faults from './es-MX/faults.json'
import messages from './es-MX/refusals.json'
import { faultText, refusalText } from './refusals'

const words: Record<string, string> = messages

test.each(REFUSALS)('the refusal %s has a message that ends as a sentence', (code) => {
  expect(words[code]).toMatch(/[.»]$/u)
})

test('every message of a refusal belongs to a refusal of the domain', () => {
  const known = new Set<string>(REFUSALS)
  expect(Object.keys(words).filter((code) => !known.has(code))).toEqual([])
})

test('an unknown code of a newer server gets the general message', () => {
  expect(refusalText('from_the_future')).toBe(faults.unknown)
})

test('a fault and a refusal get the message of their code, any other error the general one', () => {
  expect(faultText(new Fault('timeout', true))).toBe(faults.timeout)
  expect(faultText(new Fault('convocatoria_closed', false))).toBe(messages.convocatoria_closed)
  expect(faultText(new TypeError('boom'))).toBe(faults.unknown)
})
