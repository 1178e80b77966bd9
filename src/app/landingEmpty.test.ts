// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, expect, test, vi } from 'vitest'
import words from '@/i18n/es-MX/frame.json'
import LandingEmpty from './LandingEmpty.vue'
import { useInstitutionStore } from '@/data/institutionStore'

const fetched = vi.fn<typeof fetch>()
afterEach(() => vi.unstubAllGlobals())

/** The landing after its first fetch. */
async function landing() {
  vi.stubGlobal('fetch', fetched)
  const pinia = createPinia()
  setActivePinia(pinia)
  await useInstitutionStore().load()
  return mount(LandingEmpty, { global: { plugins: [pinia] } })
}

test('a landing without campaigns says when there will be some, and offers nothing to repeat', async () => {
  fetched.mockResolvedValueOnce(Response.json({ institution: {}, convocatorias: [] }))
  const shown = await landing()
  expect(shown.text()).toContain(words['home.empty.title'])
  expect(shown.find('button').exists()).toBe(false)
})

test('a landing that needs signal says so; one that the server failed says that, and tries again', async () => {
  fetched.mockRejectedValueOnce(new TypeError('no network'))
  const shown = await landing()
  expect(shown.text()).toContain(words['home.offline.title'])
  fetched.mockResolvedValueOnce(new Response('', { status: 500 }))
  await shown.get('button').trigger('click')
  await flushPromises()
  expect(shown.text()).toContain(words['home.fault.title'])
  fetched.mockResolvedValueOnce(Response.json({ institution: {}, convocatorias: [] }))
  await shown.get('button').trigger('click')
  await flushPromises()
  expect(shown.text()).toContain(words['home.empty.title'])
})
