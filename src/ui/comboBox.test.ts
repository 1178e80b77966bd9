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

/** A combobox over four fruits, found by their beginning, whose text and chosen fruit the test holds. */
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

test('before anything is typed there is a closed combobox that names its list', async () => {
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

test('typing opens the list and tells how many options there are', async () => {
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

test('when there are more than are shown, that is told', async () => {
  await open('G', { shown: 2 })
  expect(box.findAll('[role=option]')).toHaveLength(2)
  expect(news()).toBe('Se muestran las primeras 2. Con más letras se acotan.')
})

test('down and up mark the options around the ends, and new letters unmark them', async () => {
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

test('Enter chooses what is marked and closes; without a mark it takes the only one', async () => {
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

test('Enter sends the form only while the list is closed', async () => {
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

test('a disabled option is reached by the keyboard and told as such, and is never chosen', async () => {
  await open('Gra')
  await press('ArrowDown')
  expect(active()).toContain('No es temporada.')
  expect(box.find('[role=option]').attributes('aria-disabled')).toBe('true')
  await press('Enter')
  await box.find('[role=option]').trigger('click')
  expect(chosen()).toEqual([])
  expect(isOpen()).toBe(true)
})

test('a tap chooses; only the chosen option is selected', async () => {
  await open('Gua', { chosen: 'f1' })
  expect(box.findAll('[role=option]').map((option) => option.attributes('aria-selected'))).toEqual([
    'false',
    'true',
  ])
  await box.findAll('[role=option]')[0]!.trigger('click')
  expect(chosen()).toEqual(['Guayaba'])
})

test('Escape closes the list, and then clears the text', async () => {
  await open('Gua')
  await press('Escape')
  expect([isOpen(), input().element.value]).toEqual([false, 'Gua'])
  await press('Escape')
  expect(input().element.value).toBe('')
})

test('the clear button has a name, empties the text and leaves the cursor in it, outside the order of Tab', async () => {
  await open('Gua')
  const clear = box.find('button')
  expect([clear.attributes('aria-label'), clear.attributes('tabindex')]).toEqual(['Borrar lo escrito', '-1'])
  await clear.trigger('click')
  expect([input().element.value, isOpen(), document.activeElement]).toEqual(['', false, input().element])
  expect(box.find('button').exists()).toBe(false)
})

test('Tab and a tap elsewhere close the list', async () => {
  await open('Gua')
  await press('Tab')
  expect(isOpen()).toBe(false)
  await write('Gu')
  expect(isOpen()).toBe(true)
  document.body.click()
  await nextTick()
  expect(isOpen()).toBe(false)
})

test('when nothing fits, it says so, shows no list, and keeps the text', async () => {
  await open('Xoconostle')
  expect(news()).toBe('Ninguna fruta coincide.')
  expect([isOpen(), input().element.value]).toEqual([false, 'Xoconostle'])
})
