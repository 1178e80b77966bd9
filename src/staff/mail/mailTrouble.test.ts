// @vitest-environment happy-dom
/** Letters that do not arrive, beside the person. */
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import type { StaffItem } from '@/domain/staffRows'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import WriteAgain from './WriteAgain.vue'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args: object) => Promise<unknown>>() }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

beforeEach(() => {
  setActivePinia(createPinia())
  HTMLDialogElement.prototype.showModal = () => {}
  HTMLDialogElement.prototype.close = () => {}
  rpc.mockReset()
  rpc.mockResolvedValue({ mail_trouble: null })
})

function open(reason: 'bounced' | 'complained' | null, role: string) {
  vi.spyOn(useStaffSessionStore(), 'can').mockImplementation((one) => one === role)
  const mail_trouble = reason && { reason, at: '2026-12-02T18:00:00Z' }
  return mount(WriteAgain, {
    props: { item: { id: 'a', convocatoria_id: 'c', mail_trouble } as unknown as StaffItem },
  })
}

test('a returned letter is said with its day and what helps, and whoever decides lets letters go again', async () => {
  const page = open('bounced', 'moderator')
  expect(page.text()).toContain('Su correo rebotó el miércoles 2 de diciembre de 2026: conviene llamar.')
  await page.get('button').trigger('click')
  await page
    .findAll('button')
    .find((button) => button.text() === 'Sí, volver a escribirle')!
    .trigger('click')
  await flushPromises()
  expect(rpc.mock.calls).toEqual([['write_again', { p_submission: 'a' }]])
  expect(page.text()).not.toContain('rebotó')
})

test('whoever does not decide reads it and changes nothing, and nobody takes a complaint back', () => {
  expect(open('bounced', 'auditor').text()).not.toContain('Volver a escribirle')
  const complained = open('complained', 'moderator').text()
  expect(complained).toContain('Marcó nuestros correos como no deseados')
  expect(complained).not.toContain('Volver a escribirle')
})

test('nothing is said of an address against which nothing is known', () => {
  expect(open(null, 'moderator').text()).not.toContain('correo')
})
