import { expect, test } from 'vitest'
import { parseStep, placeOf, stepAfter, stepBefore, STEPS, stepsFor, type AboutKind } from './stepGraph'

test('only an action is asked whether it helps', () => {
  expect(stepsFor('action')).toEqual(STEPS)
  expect(stepsFor('paragraph')).not.toContain('ayuda')
  expect(stepsFor(null)).not.toContain('ayuda')
})

test.each<AboutKind>(['action', 'paragraph', null, undefined])('about %s, back undoes continue', (kind) => {
  const walk = stepsFor(kind)
  for (const step of walk.slice(0, -1)) expect(stepBefore(stepAfter(step, kind), kind)).toBe(step)
  expect(stepBefore('aviso', kind)).toBeNull()
  expect(stepAfter('revisa', kind)).toBe('revisa')
})

test('a step that is not on the way still leads on and back', () => {
  expect(stepAfter('ayuda', 'paragraph')).toBe('texto')
  expect(stepBefore('ayuda', 'paragraph')).toBe('sobre')
})

test('says how far one is', () => {
  expect(placeOf('aviso', undefined)).toEqual({ number: 1, total: 8 })
  expect(placeOf('texto', 'action')).toEqual({ number: 4, total: 9 })
  expect(placeOf('texto', null)).toEqual({ number: 3, total: 8 })
  expect(placeOf('revisa', null)).toEqual({ number: 8, total: 8 })
})

test('addresses typed by people', () => {
  expect(parseStep('sobre-ti')).toBe('sobre-ti')
  expect(parseStep('hola')).toBeNull()
})
