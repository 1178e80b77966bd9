// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { Fault } from '@/domain/fault'
import MissingBody from './MissingBody.vue'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(...args: unknown[]) => Promise<unknown>>() }))
vi.mock('@/data/rpc', () => ({ rpc }))
beforeEach(() => void rpc.mockReset())

async function report() {
  const form = mount(MissingBody, { props: { classes: [{ key: 'sindicato', name: 'Sindicatos' }] } })
  await form.find('#report-name').setValue('Instituto Nuevo')
  await form.find('#report-class').setValue('sindicato')
  await form.find('button').trigger('click')
  await flushPromises()
  return form
}

test('a missing body is sent with its class, and the person reads what happens next', async () => {
  rpc.mockResolvedValue({ received: true })
  const form = await report()
  expect(rpc).toHaveBeenCalledWith('report_missing_body', { p_name: 'Instituto Nuevo', p_class: 'sindicato' })
  expect(form.find('[role=status]').text()).toContain('Aviso recibido')
  expect(form.find('details').exists()).toBe(false)
})

test('without signal nothing is sent, what was written stays, and the reason is said', async () => {
  const signal = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  const form = await report()
  signal.mockRestore()
  expect(rpc).not.toHaveBeenCalled()
  expect(form.text()).toContain('Para avisar hace falta señal.')
  expect(form.find<HTMLInputElement>('#report-name').element.value).toBe('Instituto Nuevo')
})

test('a refusal is said beside the field', async () => {
  rpc.mockImplementation(() => Promise.reject(new Fault('reports_too_many', false)))
  const form = await report()
  expect(form.find('.field-invalid').text()).toContain('Espere una hora')
})
