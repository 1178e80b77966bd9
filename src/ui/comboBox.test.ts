// @vitest-environment happy-dom
import { mount, type VueWrapper } from '@vue/test-utils'
import { nextTick } from 'vue'
import { afterEach, expect, test, vi } from 'vitest'
import ComboBox from './ComboBox.vue'

const FRUIT = ['Guayaba', 'Guanábana', 'Granada', 'Mango'].map((label, place) => ({
  value: `f${place}`,
  label,
  isDisabled: label === 'Granada',
  hint: label === 'Granada' ? 'No es temporada.' : 'Hay.',
}))

let box: VueWrapper
afterEach(() => box.unmount())

/** A combobox that finds four fruits by their first letters. The test holds its text and the chosen fruit. */
async function open(typed = '', over: Partial<{ shown: number; chosen: string }> = {}) {
  Element.prototype.scrollIntoView = vi.fn()
  box = mount(ComboBox, {
    attachTo: document.body,
    props: {
      id: 'fruit',
      modelValue: '',
      chosen: '',
      none: 'Ninguna fruta coincide.',
      search: (text: string, limit: number) =>
        text === '' ? [] : FRUIT.filter(({ label }) => label.startsWith(text)).slice(0, limit),
      'onUpdate:modelValue': (text: string) => box.setProps({ modelValue: text }),
      ...over,
    },
  })
  if (typed) await write(typed)
}
async function write(text: string) {
  await input().setValue(text)
  await nextTick()
}
const input = () => box.find<HTMLInputElement>('input')
const press = async (...keys: string[]) => {
  for (const key of keys) await input().trigger('keydown', { key })
}
const news = () => box.find('[role=status]').text()
const chosen = () => (box.emitted('choose') ?? []).map(([option]) => (option as { label: string }).label)
const active = () => {
  const id = input().attributes('aria-activedescendant')
  return id ? box.find(`[id="${id}"]`).text() : null
}
const isOpen = () => input().attributes('aria-expanded') === 'true'

test('a combobox is closed before anything is typed and refers to its list', async () => {
  await open()
  expect(input().attributes()).toMatchObject({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    autocomplete: 'off',
  })
  expect(box.find('[role=listbox]').attributes('id')).toBe(input().attributes('aria-controls'))
  expect(box.find('[role=listbox]').attributes('aria-label')).toBe('Opciones encontradas')
  expect(news()).toBe('')
  expect(box.find('button').exists()).toBe(false)
})

test('typing opens a combobox’s list and announces the number of options', async () => {
  await open('Gua')
  expect(isOpen()).toBe(true)
  expect(box.findAll('[role=option]').map((option) => option.find('strong').text())).toEqual([
    'Guayaba',
    'Guanábana',
  ])
  expect(news()).toBe('2 opciones')
  await write('Guay')
  expect(news()).toBe('1 opción')
})

test('a combobox announces that there are more options than it shows', async () => {
  await open('G', { shown: 2 })
  expect(box.findAll('[role=option]')).toHaveLength(2)
  expect(news()).toBe('Se muestran las primeras 2. Con más letras se acotan.')
})

test('up and down move through a combobox’s options cyclically, and typing clears the active option', async () => {
  await open('Gua')
  expect(active()).toBeNull()
  await press('ArrowDown')
  expect(active()).toContain('Guayaba')
  await press('ArrowDown', 'ArrowDown')
  expect(active()).toContain('Guayaba')
  await press('ArrowUp')
  expect(active()).toContain('Guanábana')
  await write('G')
  expect(active()).toBeNull()
  await press('ArrowUp')
  expect(active()).toContain('Granada')
})

test('Enter in a combobox chooses the active option, or the only one, and closes the list', async () => {
  await open('Gua')
  await press('Enter')
  expect(chosen()).toEqual([])
  await press('ArrowDown', 'Enter')
  expect(chosen()).toEqual(['Guayaba'])
  expect(isOpen()).toBe(false)
  await write('Man')
  await press('Enter')
  expect(chosen()).toEqual(['Guayaba', 'Mango'])
})

test('Enter in a combobox submits the form only while the list is closed', async () => {
  await open('Gua')
  const enter = () => {
    const event = new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, bubbles: true })
    input().element.dispatchEvent(event)
    return event.defaultPrevented
  }
  expect(enter()).toBe(true)
  await press('Escape')
  expect(enter()).toBe(false)
})

test('the keyboard reaches a disabled option of a combobox, which cannot be chosen', async () => {
  await open('Gra')
  await press('ArrowDown')
  expect(active()).toContain('No es temporada.')
  expect(box.find('[role=option]').attributes('aria-disabled')).toBe('true')
  await press('Enter')
  await box.find('[role=option]').trigger('click')
  expect(chosen()).toEqual([])
  expect(isOpen()).toBe(true)
})

test('a click on a combobox’s option chooses it, and only the chosen option is selected', async () => {
  await open('Gua', { chosen: 'f1' })
  expect(box.findAll('[role=option]').map((option) => option.attributes('aria-selected'))).toEqual([
    'false',
    'true',
  ])
  await box.findAll('[role=option]')[0]!.trigger('click')
  expect(chosen()).toEqual(['Guayaba'])
})

test('Escape closes a combobox’s list, and then clears its text', async () => {
  await open('Gua')
  await press('Escape')
  expect([isOpen(), input().element.value]).toEqual([false, 'Gua'])
  await press('Escape')
  expect(input().element.value).toBe('')
})

test('the clear button clears the text of a combobox, focuses the field and is not in the Tab order', async () => {
  await open('Gua')
  const clear = box.find('button')
  expect([clear.attributes('aria-label'), clear.attributes('tabindex')]).toEqual(['Borrar lo escrito', '-1'])
  await clear.trigger('click')
  expect([input().element.value, isOpen(), document.activeElement]).toEqual(['', false, input().element])
  expect(box.find('button').exists()).toBe(false)
})

test('Tab and a click elsewhere close a combobox’s list', async () => {
  await open('Gua')
  await press('Tab')
  expect(isOpen()).toBe(false)
  await write('Gu')
  expect(isOpen()).toBe(true)
  document.body.click()
  await nextTick()
  expect(isOpen()).toBe(false)
})

test('a combobox without a matching option says so, shows no list and keeps the text', async () => {
  await open('Xoconostle')
  expect(news()).toBe('Ninguna fruta coincide.')
  expect([isOpen(), input().element.value]).toEqual([false, 'Xoconostle'])
})
