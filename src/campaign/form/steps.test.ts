import { expect, test } from 'vitest'
import { emptyCommon } from './answers'
import type { CampaignForm, FormMaterial } from './campaignForm'
import { positionOf, stepAfter, stepBefore, stepsFor } from './steps'

const form = {
  steps: ['aviso', 'sobre', 'ayuda', 'texto', 'revisa'],
  applies: (step: string, answers: { name: string }) => step !== 'ayuda' || answers.name === 'action',
} as unknown as CampaignForm
const material = {} as FormMaterial
const pathOf = (name: string) => stepsFor(form, { ...emptyCommon(), name }, material)

test('a step that does not apply to the answers is left out', () => {
  expect(pathOf('action')).toEqual(form.steps)
  expect(pathOf('')).not.toContain('ayuda')
})

test.each(['action', ''])(
  'going back from the next step returns to the same step, with answer «%s»',
  (name) => {
    const path = pathOf(name)
    for (const step of path.slice(0, -1))
      expect(stepBefore(form, stepAfter(form, step, path), path)).toBe(step)
    expect(stepBefore(form, 'aviso', path)).toBeNull()
    expect(stepAfter(form, 'revisa', path)).toBe('revisa')
  },
)

test('a step that does not apply still has a next and a previous step', () => {
  expect(stepAfter(form, 'ayuda', pathOf(''))).toBe('texto')
  expect(stepBefore(form, 'ayuda', pathOf(''))).toBe('sobre')
})

test('the position counts only the steps that apply', () => {
  expect(positionOf(form, 'aviso', pathOf(''))).toEqual({ number: 1, total: 4 })
  expect(positionOf(form, 'texto', pathOf('action'))).toEqual({ number: 4, total: 5 })
  expect(positionOf(form, 'texto', pathOf(''))).toEqual({ number: 3, total: 4 })
})
