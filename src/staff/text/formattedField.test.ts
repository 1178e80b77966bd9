// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import axe from 'axe-core'
import { afterEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { FORMATTED } from '@/domain/formattedText'
import FormattedField from './FormattedField.vue'

afterEach(() => (document.body.innerHTML = ''))

async function field(modelValue: string, more: object = {}) {
  const touched = vi.fn()
  const home = document.body.appendChild(document.createElement('main'))
  home.addEventListener('input', touched)
  const shown = mount(FormattedField, {
    props: {
      id: 'bases',
      label: 'Bases',
      hint: 'Quién participa.',
      maxCount: 100,
      rows: 3,
      modelValue,
      'onUpdate:modelValue': (next: string) => shown.setProps({ modelValue: next }),
      ...more,
    },
    attachTo: home,
  })
  await vi.waitFor(() => expect(shown.find('#bases:not(p)').exists()).toBe(true), { timeout: 20_000 })
  await flushPromises()
  const tool = (name: string) => shown.get(`button[aria-label="${name}"]`)
  return { shown, touched, tool, box: () => shown.get('#bases'), text: () => shown.props('modelValue') }
}

test('the box of a formatted text is a labelled text box of several lines with its hint, limit and error', async () => {
  const { shown, box } = await field('Uno')
  const of = (name: string) => box().attributes(name)
  expect([of('role'), of('aria-multiline'), of('contenteditable')]).toEqual(['textbox', 'true', 'true'])
  expect(shown.get(`#${of('aria-labelledby')}`).text()).toBe('Bases')
  await shown.setProps({ error: 'Falta este texto.' })
  await nextTick()
  const described = of('aria-describedby')!
    .split(' ')
    .map((id) => shown.get(`#${id}`).text())
  expect(described.join(' ')).toMatch(/Quién participa.*Falta este texto.*hasta 100.*Alt\+F10/u)
  expect(of('aria-invalid')).toBe('true')
})

test('a plain text is shown with its lines and stays as it is until it is changed', async () => {
  const { box, touched, text } = await field('1. Uno\n* dos\n\ntres')
  expect(box().element.innerHTML).toBe('<p>1. Uno<br>* dos</p><p>tres</p>')
  expect([text(), touched.mock.calls.length]).toEqual(['1. Uno\n* dos\n\ntres', 0])
})

test('a tool changes the text, says that it is on, and the change is told like one of a text area', async () => {
  const { tool, text, touched } = await field('1. Uno')
  expect(tool('Título').attributes('aria-pressed')).toBe('false')
  await tool('Título').trigger('click')
  await nextTick()
  expect(text()).toBe(`${FORMATTED}# 1\\. Uno`)
  expect(tool('Título').attributes('aria-pressed')).toBe('true')
  expect(touched).toHaveBeenCalledOnce()
  await tool('Deshacer').trigger('click')
  expect(text()).toBe('1. Uno')
})

test('of the tools one takes the focus, arrows lead to the others, and Escape back to the text', async () => {
  const { tool, box, shown } = await field('Uno')
  const reached = () => shown.findAll('.text-tool[tabindex="0"]').map((one) => one.attributes('aria-label'))
  expect(reached()).toEqual(['Título'])
  await box().trigger('keydown', { key: 'F10', altKey: true })
  expect(document.activeElement).toBe(tool('Título').element)
  await tool('Título').trigger('keydown', { key: 'ArrowLeft' })
  expect(reached()).toEqual(['Rehacer'])
  await tool('Rehacer').trigger('keydown', { key: 'Escape' })
  expect(document.activeElement?.id).toBe('bases')
})

test('Ctrl+K asks for an address, refuses what is none, and links to what is one', async () => {
  const { shown, box, text, touched } = await field('')
  await box().trigger('keydown', { key: 'k', ctrlKey: true })
  const address = shown.get<HTMLInputElement>('#bases-link')
  expect(document.activeElement).toBe(address.element)
  await address.setValue('javascript:alert(1)')
  await address.trigger('keydown', { key: 'Enter' })
  expect(shown.get('#bases-link-error').text()).toContain('no se puede usar')
  expect(touched).not.toHaveBeenCalled()
  await address.setValue('www.ejemplo.mx')
  await address.trigger('keydown', { key: 'Enter' })
  expect(text()).toBe(`${FORMATTED}[https://www.ejemplo.mx](https://www.ejemplo.mx)`)
  expect(shown.find('#bases-link').exists()).toBe(false)
})

test('a text that somebody else wrote is shown, and what was written here is not shown anew', async () => {
  const { shown, box } = await field('Uno')
  await shown.setProps({ modelValue: `${FORMATTED}**Otra**` })
  expect(box().element.innerHTML).toBe('<p><strong>Otra</strong></p>')
})

test('the counter counts the signs of the format, and beyond the limit the box is invalid', async () => {
  const { shown, box } = await field(`${FORMATTED}**${'a'.repeat(97)}**`)
  await nextTick()
  expect(shown.get('.textarea-count').text()).toBe('Sobran 2 caracteres de 100')
  expect(box().attributes('aria-invalid')).toBe('true')
})

test('axe finds nothing in the editor, nor while an address is asked for', async () => {
  const { box } = await field(`${FORMATTED}# Uno\n\n- dos`)
  await box().trigger('keydown', { key: 'k', ctrlKey: true })
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
})
