// @vitest-environment happy-dom
/** «Cartas»: the list beside the letter on a desktop, and letters in doubt, which whoever decides settles. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import words from '@/i18n/es-MX/staffLetters.json'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import CartasView from './CartasView.vue'
import { lettersWith, nameOf, t } from './letters'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args?: object) => Promise<unknown>>() }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

let doubtful: object[]

beforeEach(() => {
  setActivePinia(createPinia())
  HTMLDialogElement.prototype.showModal = () => {}
  HTMLDialogElement.prototype.close = () => {}
  doubtful = [1, 2].map((id) => ({ id, at: '2026-11-25T16:00:00Z', subject: `Aviso ${id}`, campaign: null }))
  rpc.mockReset()
  rpc.mockImplementation((name, args) => {
    if (name === 'list_doubtful') return Promise.resolve({ items: doubtful })
    const { p_ids } = args as { p_ids: number[] }
    doubtful = doubtful.filter((one) => !p_ids.includes((one as { id: number }).id))
    return Promise.resolve({ settled: p_ids.length })
  })
})

async function open({ wide = true, decides = true } = {}) {
  vi.stubGlobal('matchMedia', () => ({ matches: wide, addEventListener() {}, removeEventListener() {} }))
  vi.spyOn(useStaffSessionStore(), 'can').mockReturnValue(decides)
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: { template: '<i/>' } }],
  })
  const page = mount(CartasView, { global: { plugins: [router] } })
  await flushPromises()
  const press = async (text: string) => {
    await page
      .findAll('button')
      .findLast((one) => one.text() === text)!
      .trigger('click')
    await flushPromises()
  }
  return { page, press }
}

test('on a desktop the first letter is read beside the list, and a tap reads another', async () => {
  const { page } = await open({ decides: false })
  const all = lettersWith('')
  expect(page.get('#letters-name').text()).toBe(nameOf(all[0]!))
  await page.findAll('.letters-list button')[2]!.trigger('click')
  expect(page.get('#letters-name').text()).toBe(nameOf(all[2]!))
  expect(page.get('.letters-read').text()).toContain(all[2]!.subject)
  await page.get('#letters-search').setValue('codigo enlace')
  expect(page.get('#letters-name').text()).toBe(words['of.code'])
})

test('on a phone each letter unfolds', async () => {
  const { page } = await open({ wide: false, decides: false })
  expect(page.findAll('details')).toHaveLength(lettersWith('').length)
  expect(page.find('.letters-list').exists()).toBe(false)
})

test('a letter in doubt is settled alone, and all that are shown after a question', async () => {
  const { page, press } = await open()
  expect(page.get('#doubt-title').text()).toBe(t('doubt.title', { count: 2 }))
  await press(words['doubt.arrived'])
  expect(rpc).toHaveBeenCalledWith('settle_doubtful', { p_ids: [2], p_outcome: 'arrived' })
  expect(page.get('[role=status]').text()).toBe(t('doubt.said_arrived', { count: 1 }))
  doubtful = [3, 4].map((id) => ({
    id,
    at: '2026-11-25T16:00:00Z',
    subject: `Aviso ${id}`,
    campaign: 'Taller',
  }))
  const again = await open()
  await again.press(t('doubt.all_again', { count: 2 }))
  expect(rpc).not.toHaveBeenCalledWith('settle_doubtful', { p_ids: [3, 4], p_outcome: 'again' })
  await again.press(words['doubt.again'])
  expect(rpc).toHaveBeenCalledWith('settle_doubtful', { p_ids: [3, 4], p_outcome: 'again' })
})

test('who does not decide is not asked about letters in doubt', async () => {
  const { page } = await open({ decides: false })
  expect(rpc).not.toHaveBeenCalled()
  expect(page.find('#dudas').exists()).toBe(false)
})
