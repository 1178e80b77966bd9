// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { FORMATTED } from '@/domain/formattedText'
import FormattedField from './FormattedField.vue'

vi.mock('./TextEditor.vue', () => {
  throw new Error('the chunk is lost')
})

test.each([
  ['a plain text', '1. Uno', '1. Uno', '2. Dos', '2. Dos'],
  ['a formatted text', `${FORMATTED}**Uno**`, '**Uno**', '**Dos**', `${FORMATTED}**Dos**`],
  ['a formatted text that becomes empty', `${FORMATTED}**Uno**`, '**Uno**', '', ''],
])(
  'without the editor %s is edited in a text area and keeps its form',
  async (_, before, source, typed, after) => {
    const field = mount(FormattedField, {
      props: { id: 'bases', label: 'Bases', maxCount: 100, rows: 3, modelValue: before },
    })
    await vi.waitFor(() => expect(field.find('textarea').exists()).toBe(true), { timeout: 20_000 })
    const area = field.get<HTMLTextAreaElement>('textarea#bases')
    expect(area.element.value).toBe(source)
    await area.setValue(typed)
    expect(field.emitted('update:modelValue')).toEqual([[after]])
  },
)
