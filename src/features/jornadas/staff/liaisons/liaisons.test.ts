// @vitest-environment happy-dom
/** The bodies that have not registered, and the letters to their liaisons, which staff read before they leave. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { LiaisonFigures } from '../../liaisons'
import EnlacesView from './EnlacesView.vue'
import { t } from './words'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args?: object) => Promise<unknown>>() }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

const letter = (subject: string) => ({ subject, body: 'Se hace aquí:\n{{app}}/c/taller' })
let figures: LiaisonFigures

beforeEach(() => {
  setActivePinia(createPinia())
  HTMLDialogElement.prototype.showModal = () => {}
  HTMLDialogElement.prototype.close = () => {}
  figures = {
    title: 'Taller',
    can_send: true,
    groups: [
      {
        id: 'g1',
        name: 'Grupo 1',
        bodies: 200,
        counts: { invite: 150, no_address: 1 },
        missing: [{ name: 'Secretaría', state: 'no_address' }],
        letters: { invitation: letter('Invitación: Taller'), reminder: letter('Recordatorio: Taller') },
      },
    ],
  }
  let left = 150
  rpc.mockReset()
  rpc.mockImplementation((name) => {
    if (name === 'liaison_figures') return Promise.resolve(figures)
    const sent = Math.min(left, 100)
    left -= sent
    return Promise.resolve({ sent, left })
  })
})

async function open() {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: { template: '<i/>' } }],
  })
  const page = mount(EnlacesView, { props: { id: 'c1' }, global: { plugins: [router] } })
  await flushPromises()
  const press = async (text: string) => {
    await page
      .findAll('button')
      .find((one) => one.text() === text)!
      .trigger('click')
    await flushPromises()
  }
  return { page, press }
}

test('staff read who is missing, and the letter before all of them get it', async () => {
  const { page, press } = await open()
  expect(page.text()).toContain(t('registered', { count: 49, all: 200 }))
  expect(page.text()).toContain(t('state.no_address', { count: 1 }))
  expect(page.text()).toContain(`Secretaría · ${t('one.no_address')}`)
  await press(t('act.invitation', { count: 150 }))
  expect(page.text()).toContain('Invitación: Taller')
  expect(page.text()).toContain(`${location.origin}/c/taller`)
  expect(rpc).not.toHaveBeenCalledWith('write_to_liaisons', expect.anything())
  await press(t('ask.yes'))
  expect(rpc.mock.calls.filter(([name]) => name === 'write_to_liaisons')).toEqual(
    Array(2).fill(['write_to_liaisons', { p_group: 'g1', p_kind: 'invitation' }]),
  )
  expect(page.get('[role=status]').text()).toBe(t('sent', { count: 150 }))
})

test('nobody is written to where that is not possible, and the page says why', async () => {
  figures = { ...figures, can_send: false }
  const { page } = await open()
  expect(page.text()).toContain(t('read_only'))
  expect(page.findAll('button').filter((one) => one.text().startsWith('Invitar'))).toEqual([])
})
