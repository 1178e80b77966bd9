// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { nextTick } from 'vue'
import { afterEach, expect, test, vi } from 'vitest'
import AppButton from './AppButton.vue'
import ConfirmDialog from './ConfirmDialog.vue'
import ErrorSummary from './ErrorSummary.vue'
import FormField from './FormField.vue'
import RadioGroup from './RadioGroup.vue'
import StateChip from './StateChip.vue'
import TextArea from './TextArea.vue'

afterEach(() => vi.useRealTimers())

const text = (maxCount: number, modelValue: string) =>
  mount(TextArea, { props: { id: 'body', modelValue, maxCount } })

test('the counter of a text area counts trimmed code points, like the database', () => {
  expect(text(2000, ' 🙂🙂 ').find('.textarea-count').text()).toBe('Llevas 2 de 2,000 caracteres')
})

test('a text area over its limit says by how much and is invalid', () => {
  const area = text(3, '12345')
  expect(area.find('.textarea-count').text()).toBe('Sobran 2 caracteres de 3')
  expect(area.find('textarea').attributes('aria-invalid')).toBe('true')
})

test('a text area announces its count after a pause, not at each key', async () => {
  vi.useFakeTimers()
  const area = text(2000, '')
  await area.setProps({ modelValue: 'hola' })
  expect(area.find('[role=status]').text()).toBe('')
  vi.advanceTimersByTime(1500)
  await nextTick()
  expect(area.find('[role=status]').text()).toBe('Llevas 4 de 2,000 caracteres')
})

test('the error summary takes the focus when errors appear and links to the fields', async () => {
  const field = document.body.appendChild(document.createElement('input'))
  field.id = 'email'
  const summary = mount(ErrorSummary, { props: { errors: [] }, attachTo: document.body })
  expect(summary.find('[role=alert]').exists()).toBe(false)
  await summary.setProps({ errors: [{ field: 'email', message: 'Falta el correo' }] })
  await nextTick()
  expect(document.activeElement).toBe(summary.find('[role=alert]').element)
  await summary.find('a').trigger('click')
  expect(document.activeElement).toBe(field)
})

test('the error summary leaves the focus in the field whose error was mended', async () => {
  const errors = [
    { field: 'name', message: 'Falta el nombre' },
    { field: 'email', message: 'Falta el correo' },
  ]
  const summary = mount(ErrorSummary, { props: { errors }, attachTo: document.body })
  await nextTick()
  const field = document.body.appendChild(document.createElement('input'))
  field.focus()
  await summary.setProps({ errors: errors.slice(1) })
  await nextTick()
  expect(document.activeElement).toBe(field)
  await summary.setProps({ errors: errors.slice(1) })
  await nextTick()
  expect(document.activeElement).toBe(summary.find('[role=alert]').element)
})

test('a control refers to the hint and the error of its field', () => {
  const field = mount(FormField, {
    props: { id: 'x', label: 'Nombre', hint: 'Como en tu credencial', error: 'Falta el nombre' },
    slots: {
      default: ({ describedby, invalid }: { describedby: string | undefined; invalid: boolean }) =>
        `${describedby} ${invalid}`,
    },
  })
  expect(field.text()).toContain('x-hint x-error true')
  expect(field.find('#x-error').text()).toContain('Falta el nombre')
})

test('the first radio of a group has the group’s name as its id', async () => {
  const options = [
    { value: 'yes', label: 'Sí' },
    { value: 'no', label: 'No' },
  ]
  const group = mount(RadioGroup, { props: { modelValue: null, name: 'helps', legend: '¿Ayuda?', options } })
  expect(group.find('#helps').attributes('value')).toBe('yes')
  await group.find('#helps-no').trigger('change')
  expect(group.emitted('update:modelValue')).toEqual([['no']])
})

test('a busy button says so and ignores clicks', async () => {
  const onClick = vi.fn()
  const button = mount(AppButton, { props: { busy: true }, attrs: { onClick }, slots: { default: 'Enviar' } })
  await button.trigger('click')
  expect(onClick).not.toHaveBeenCalled()
  expect(button.text()).toBe('Un momento…')
})

test.each([
  [{ chip: 'received', folio: 'PR-2026-000042-7' }, 'Llegó · folio PR-2026-000042-7'],
  [{ chip: 'received' }, 'Llegó'],
  [{ chip: 'sending', progress: 0.439 }, 'Enviando 43 %'],
  [{ chip: 'sending', progress: 1 }, 'Enviando 100 %'],
  [{ chip: 'video_here' }, 'Falta el archivo: está en tu teléfono'],
  [{ chip: 'seat_confirmed', folio: 'JO-2026-000001-1' }, 'Lugar confirmado'],
  [{ chip: 'unsent', usted: true }, 'Sin enviar: está en su teléfono'],
  [{ chip: 'needs_attention', usted: true }, 'Necesita su atención'],
  [{ chip: 'unsent' }, 'Sin enviar: está en tu teléfono'],
] as const)('the chip with %j has the words «%s»', (props, words) => {
  expect(mount(StateChip, { props }).text()).toBe(words)
})

test('Escape cancels a confirm dialog', async () => {
  const dialog = mount(ConfirmDialog, { props: { open: true, title: '¿Retirar?', confirm: 'Retirar' } })
  await dialog.find('dialog').trigger('close')
  expect(dialog.emitted('cancel')).toHaveLength(1)
  expect(dialog.emitted('update:open')).toEqual([[false]])
})
