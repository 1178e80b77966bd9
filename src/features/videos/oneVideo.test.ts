// @vitest-environment happy-dom
/** The page of one video, and the way from it to all of them. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { createMemoryHistory, createRouter } from 'vue-router'
import { expect, test, vi } from 'vitest'
import { ref } from 'vue'
import type { PublishedVideo } from '@/domain/video'
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
const PAGES = new Map([
  [null, { items: [video('VI-1', 'El pozo')], next: 'a' }],
  ['a', { items: [video('VI-2', 'La plaza')], next: null }],
])
vi.mock('@/data/rpc', async (original) => ({
  ...(await original<typeof import('@/data/rpc')>()),
  rpcGet: (_: string, { p_after, p_pillar }: { p_after: string | null; p_pillar: string | null }) =>
    Promise.resolve(p_pillar ? { items: [], next: null } : PAGES.get(p_after)),
}))

async function open(folio?: string) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: {} }],
  })
  const page = mount(GaleriaView, {
    props: { slug: material.convocatoria.slug, ...(folio && { folio }) },
    global: { plugins: [createPinia(), router] },
  })
  await flushPromises()
  return page
}
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

test('the gallery shows one pillar, or says that it has none of it', async () => {
  const page = await open()
  await vi.waitFor(() => expect(page.find('[role=group]').exists()).toBe(true))
  const [all, first] = page.findAll('[role=group] button')
  await first!.trigger('click')
  await flushPromises()
  expect(page.text()).toContain(t('gallery.none'))
  await all!.trigger('click')
  await flushPromises()
  expect(page.find('h2').text()).toBe('El pozo')
})
