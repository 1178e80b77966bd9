// @vitest-environment happy-dom
import { setTimeout as wait } from 'node:timers/promises'
import { mount } from '@vue/test-utils'
import { nextTick } from 'vue'
import { afterEach, expect, test, vi } from 'vitest'
import { FORMATTED } from '@/domain/formattedText'
import FormatOnRequest from './FormatOnRequest.vue'

const show = (modelValue: string) =>
  mount(FormatOnRequest, {
    props: { id: 'hint', label: 'Pregunta', maxCount: 300, rows: 2, modelValue },
    slots: { default: '<textarea id="hint"></textarea>' },
    attachTo: document.body,
  })
afterEach(async () => {
  await wait(50) // the editor reads the selection 20 ms after a focus, which must not outlive the document
  document.body.innerHTML = ''
})

test('a plain text keeps its plain field until somebody asks for formatting, who then stands in the editor', async () => {
  const field = show('Una pregunta.')
  expect(field.find('textarea').exists()).toBe(true)
  expect(field.get('button').text()).toBe('Dar formato: Pregunta')
  await field.get('button').trigger('click')
  await vi.waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('textbox'), {
    timeout: 20_000,
  })
  expect(document.activeElement?.textContent).toBe('Una pregunta.')
  expect(field.emitted('update:modelValue')).toBeUndefined()
})

test('a formatted text has the editor from the beginning, and keeps it when the formatting goes', async () => {
  const field = show(`${FORMATTED}**Una** pregunta.`)
  expect(field.find('button').exists()).toBe(false)
  await field.setProps({ modelValue: 'Una pregunta.' })
  await nextTick()
  expect(field.find('textarea').exists()).toBe(false)
})
