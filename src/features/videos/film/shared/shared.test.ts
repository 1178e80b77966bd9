// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useInstitutionStore } from '@/data/institutionStore'
import { megabytes } from '../../facts'
import { material } from '../../testing/material'
import { t } from '../record/words'
import { endOrigin } from './origin'
import SharedOffer from './SharedOffer.vue'
import SharedView from './SharedView.vue'

const phone = vi.hoisted(() => ({ shared: 'nothing' as unknown, dropped: 0 }))
vi.mock('./readShared', () => ({ readShared: async () => phone.shared }))
vi.mock('@/media/sharedFile', () => ({ dropShared: async () => void (phone.dropped += 1) }))
vi.mock('@/data/campaignPhase', () => ({ phaseNow: ({ phase }: { phase: string }) => phase }))

const video = (several = false) => ({ file: new File(['x'.repeat(12_000)], 'v.mp4'), several })
const call = (slug: string, phase = 'open', kind = 'videos') => ({
  ...material.convocatoria,
  id: slug,
  slug,
  title: `Título de ${slug}`,
  question: `¿Qué pasa en ${slug}?`,
  kind,
  phase,
})
const SEVERAL = [call('uno'), call('dos', 'grace')]

async function arrive(calls: object[] | null, path = '/compartir') {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:all(.*)', component: {} }],
  })
  await router.push(path)
  const shown = mount(SharedView, { global: { plugins: [createPinia(), router] } })
  if (calls) useInstitutionStore().take({ convocatorias: calls } as never)
  await flushPromises()
  return { shown, router }
}
beforeEach(() => Object.assign(phone, { shared: video(), dropped: 0 }))

test('one open call for videos opens at once, with a new draft', async () => {
  const { router } = await arrive([
    call('uno'),
    call('cerrada', 'closed'),
    call('otra', 'open', 'jornadas'),
    { ...call('retirada'), retired: { at: 'x', reason: 'y' } },
  ])
  expect(router.currentRoute.value.path).toMatch(/^\/c\/uno\/video\/[0-9a-f-]{36}\/aviso$/u)
  expect(phone.dropped).toBe(0)
})

test('several open calls are a choice, under what came', async () => {
  phone.shared = video(true)
  const { shown, router } = await arrive(SEVERAL)
  expect(router.currentRoute.value.path).toBe('/compartir')
  expect(shown.text()).toContain(t('shared.came', { size: megabytes(12_000) }))
  expect(shown.text()).toContain(t('shared.several'))
  expect(shown.findAll('li').map((one) => one.text())).toEqual(['¿Qué pasa en uno?', '¿Qué pasa en dos?'])
  await shown.findAll('li button')[1]!.trigger('click')
  await flushPromises()
  expect(router.currentRoute.value.path).toContain('/c/dos/video/')
})

test('without an open call it is said, the video stays for a day, and can be taken away', async () => {
  const { shown } = await arrive([call('cerrada', 'closed')])
  expect(shown.text()).toContain(t('shared.closed'))
  expect(shown.text()).toContain(t('shared.day'))
  expect(phone.dropped).toBe(0)
  await shown
    .findAll('button')
    .find((button) => button.text() === t('shared.drop'))!
    .trigger('click')
  await flushPromises()
  expect([shown.text().includes(t('shared.dropped')), phone.dropped]).toEqual([true, 1])
})

test('while the calls are unknown nothing is claimed of them', async () => {
  const { shown } = await arrive(null)
  expect(shown.text()).toContain(t('shared.looking'))
  expect(shown.text()).not.toContain(t('shared.closed'))
})

test.each([
  ['nothing', '/compartir', 'shared.nothing', 0],
  ['no_video', '/compartir', 'shared.no_video', 1],
  ['nothing', '/compartir?falta', 'shared.unkept', 0],
] as const)('a share of %s at %s says so', async (shared, path, key, dropped) => {
  phone.shared = shared
  const { shown } = await arrive(SEVERAL, path)
  expect(shown.text()).toContain(t(key))
  expect(shown.text()).toContain(t(`${key}.body`))
  expect(phone.dropped).toBe(dropped)
})

test('the form offers what was shared; it goes once the video is kept, and not before', async () => {
  const shown = mount(SharedOffer)
  await flushPromises()
  expect(shown.text()).toContain(t('shared.offer', { size: megabytes(12_000) }))
  await shown.get('button').trigger('click')
  const file = shown.emitted('use')![0]![0] as File
  expect([file, phone.dropped]).toEqual([(phone.shared as { file: File }).file, 0])
  await endOrigin(file)
  expect(phone.dropped).toBe(1)
})

test('the form offers nothing where nothing was shared', async () => {
  phone.shared = 'nothing'
  const shown = mount(SharedOffer)
  await flushPromises()
  expect(shown.text()).toBe('')
})
