import { expect, test } from 'vitest'
import { emptyCommon } from './answers'
import type { CampaignForm, FormMaterial } from './campaignForm'
import { placeOf, stepAfter, stepBefore, stepsFor } from './steps'

const form = {
  steps: ['aviso', 'sobre', 'ayuda', 'texto', 'revisa'],
  takes: (step: string, answers: { name: string }) => step !== 'ayuda' || answers.name === 'action',
} as unknown as CampaignForm
const material = {} as FormMaterial
const walkOf = (name: string) => stepsFor(form, { ...emptyCommon(), name }, material)

test('a step that these answers do not take is left out', () => {
  expect(walkOf('action')).toEqual(form.steps)
  expect(walkOf('')).not.toContain('ayuda')
})

test.each(['action', ''])('about «%s», back undoes continue', (name) => {
  const walk = walkOf(name)
  for (const step of walk.slice(0, -1)) expect(stepBefore(form, stepAfter(form, step, walk), walk)).toBe(step)
  expect(stepBefore(form, 'aviso', walk)).toBeNull()
  expect(stepAfter(form, 'revisa', walk)).toBe('revisa')
})

test('a step that is not on the way still leads on and back', () => {
  expect(stepAfter(form, 'ayuda', walkOf(''))).toBe('texto')
  expect(stepBefore(form, 'ayuda', walkOf(''))).toBe('sobre')
})

test('says how far one is', () => {
  expect(placeOf(form, 'aviso', walkOf(''))).toEqual({ number: 1, total: 4 })
  expect(placeOf(form, 'texto', walkOf('action'))).toEqual({ number: 4, total: 5 })
  expect(placeOf(form, 'texto', walkOf(''))).toEqual({ number: 3, total: 4 })
})
