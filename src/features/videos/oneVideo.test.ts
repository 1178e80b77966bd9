// @vitest-environment happy-dom
/** The page of one video, and the way from it to all of them. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { createMemoryHistory, createRouter } from 'vue-router'
import { expect, test, vi } from 'vitest'
import { ref } from 'vue'
import type { PublishedVideo } from '@/domain/video'
import type { Page } from '@/domain/wire'
import { detailsOf } from './details'
import GaleriaView from './GaleriaView.vue'
import { material } from './testing/material'
import { t } from './words'

vi.mock('@/campaign/useCampaign', () => ({
  useCampaign: () => ({ campaign: ref(withPillars), state: ref('ready'), retry: () => undefined }),
}))
const { convocatoria } = material
const details = detailsOf(convocatoria)
const withPillars = {
  ...material,
  convocatoria: {
    ...convocatoria,
    details: { ...details, pillars: [...details.pillars, { key: 'b', title: 'Transparencia', hint: '' }] },
  },
}
const video = (folio: string, title: string): PublishedVideo => ({
  folio,
  title,
  pillar: 'participacion',
  summary: 'De todos.',
  transcript: null,
  name: null,
  municipality: null,
  published_at: '2026-11-25T18:00:00Z',
  duration_ms: 16_000,
  bytes: 100_000,
  mime: 'video/mp4',
  object: folio,
  poster: null,
  reply: null,
})
/** Two pages: the second is read only for a video that the first has not. */
const PAGES = new Map<string | null, Page<PublishedVideo>>([
  [
    null,
    {
      items: [{ ...video('VI-1', 'El pozo'), municipality: 'fuera', sector: 'academia' } as const],
      next: 'a',
    },
  ],
  ['a', { items: [video('VI-2', 'La plaza')], next: null }],
])
const asked = vi.fn()
vi.mock('@/data/rpc', async (original) => ({
  ...(await original<typeof import('@/data/rpc')>()),
  rpcGet: (_: string, { p_convocatoria: __, p_after, ...search }: Record<string, string | null>) => {
    asked(search)
    return Promise.resolve(search.p_pillar ? { items: [], next: null } : PAGES.get(p_after!))
  },
}))

async function open(folio?: string, address = '/') {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: {} }],
  })
  await router.push(address)
  const page = mount(GaleriaView, {
    props: { slug: material.convocatoria.slug, ...(folio && { folio }) },
    global: { plugins: [createPinia(), router] },
  })
  await flushPromises()
  return Object.assign(page, { router })
}
/** What is imported when it is needed is here within this time, on a busy machine too. */
const LAZY = { timeout: 15_000 }
const heading = (page: Awaited<ReturnType<typeof open>>) => page.find('h1').text()

test('one video has its own title, once, and a way to all, whose title is that of the gallery', async () => {
  const page = await open('VI-2')
  expect([heading(page), page.findAll('h2').length]).toEqual(['La plaza', 0])
  expect(page.find(`a[href="/c/${material.convocatoria.slug}/galeria"]`).text()).toBe(t('gallery.all'))
  await page.setProps({ folio: '' }) // as the router gives a part that the address lacks
  await flushPromises()
  expect([heading(page), page.find('h2').text()]).toEqual([t('gallery.title'), 'El pozo'])
})

test('a video that is not published any more says so', async () => {
  const page = await open('VI-9')
  expect(heading(page)).toBe(t('gallery.title'))
  expect(page.text()).toContain(t('gallery.gone'))
})

test('the gallery shows one pillar, says that it has none of it, and has its filters in the address', async () => {
  const page = await open()
  await vi.waitFor(() => expect(page.find('[role=group]').exists()).toBe(true), LAZY)
  const [all, first] = page.findAll('[role=group] button')
  await first!.trigger('click')
  await flushPromises()
  expect(page.router.currentRoute.value.query).toEqual({ pilar: 'participacion' })
  expect(page.text()).toContain(t('gallery.none'))
  expect(page.find('[role=group] [aria-pressed=true]').text()).toBe('Participación')
  await all!.trigger('click')
  await flushPromises()
  expect(page.router.currentRoute.value.query).toEqual({})
  expect(page.find('h2').text()).toBe('El pozo')
})

test('a shared address asks for its municipality and sector, shows them chosen, and one tap takes them off', async () => {
  asked.mockClear()
  const page = await open(undefined, '/?municipio=fuera&sector=academia')
  await vi.waitFor(() => expect(page.find('#find-place').exists()).toBe(true), LAZY)
  expect(asked).toHaveBeenLastCalledWith({
    p_pillar: null,
    p_municipality: 'fuera',
    p_sector: 'academia',
  })
  expect(page.find('[role=search] details').attributes('open')).toBeDefined()
  expect(
    ['#find-place', '#find-sector'].map((id) => (page.find(id).element as HTMLSelectElement).value),
  ).toEqual(['fuera', 'academia'])
  const clear = page.findAll('[role=search] button').at(-1)!
  expect(clear.text()).toBe('Quitar los filtros')
  await clear.trigger('click')
  await flushPromises()
  expect(asked).toHaveBeenLastCalledWith({ p_pillar: null, p_municipality: null, p_sector: null })
})

test('a card names municipality and sector of an author who allowed it, and nothing of another', async () => {
  const page = await open()
  const about = () => page.findAll('.card').map((card) => card.find('.small').text())
  const whole = ['Participación · Fuera del Estado de México · Academia · Anónimo']
  await vi.waitFor(() => expect(about()).toEqual(whole), LAZY)
})
