// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { FORM } from '@/campaign/form/campaignForm'
import { OUTSIDE_LABEL } from '@/campaign/form/municipality'
import StepSobreTi from '@/campaign/form/StepSobreTi.vue'
import { material } from '@/campaign/testing/material'
import { propuestaForm } from './form'
import { completeAnswers } from './testing/answers'

/** Mounts the step like the form does: what it emits becomes its answers. */
function openStep() {
  const step = mount(StepSobreTi, {
    props: {
      answers: { ...completeAnswers(), municipality: '' },
      material,
      errors: {},
      draftId: 'd',
      onChange: (patch: object) => step.setProps({ answers: { ...step.props('answers'), ...patch } }),
    },
    global: { provide: { [FORM as symbol]: propuestaForm } },
  })
  const input = () => step.find<HTMLInputElement>('#municipality')
  return { step, input, type: (text: string) => input().setValue(text) }
}

test.each([
  ['CDMX', OUTSIDE_LABEL],
  ['nesaualcoyotl', 'Nezahualcóyotl'],
])('typing «%s» offers «%s», and a tap on it sets the answer', async (typed, name) => {
  const { step, input, type } = openStep()
  await type(typed)
  expect(step.props('answers').municipality).toBe(typed)
  await step.find('[role=option]').trigger('click')
  expect([step.props('answers').municipality, input().element.value]).toEqual([name, name])
})

test('the combobox has a label and selects the chosen option when its list opens again', async () => {
  const { step, input, type } = openStep()
  expect(step.find('label[for=municipality]').exists()).toBe(true)
  await type('toluca')
  await input().trigger('keydown', { key: 'Enter' })
  await input().trigger('keydown', { key: 'ArrowDown' })
  expect(step.find('[aria-selected=true]').text()).toBe('Toluca')
})

test('clearing the combobox clears the answer', async () => {
  const { step, type } = openStep()
  await type('Toluca')
  await step.find('button[aria-label="Borrar lo escrito"]').trigger('click')
  expect(step.props('answers').municipality).toBe('')
})

test('an unknown place shows what to do, and the typed text stays', async () => {
  const { step, type } = openStep()
  await type('Macondo')
  expect(step.find('[role=status]').text()).toContain('Ningún municipio coincide.')
  expect(step.props('answers').municipality).toBe('Macondo')
})
