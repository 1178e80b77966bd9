// @vitest-environment happy-dom
/** What the desk says of the public copy of a video, and which videos lack one. */
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { StaffItem } from '@/domain/staffRows'
import type { MissingRendition, Rendition } from '@/domain/video'
import words from '@/i18n/es-MX/videosCopies.json'
import type { MissingCaptions } from '../../captionAnswers'
import { island } from '../island'
import CopiasView from './CopiasView.vue'
import RenditionSection from './RenditionSection.vue'

const server = vi.hoisted(() => ({ items: [] as unknown[], uncaptioned: [] as unknown[] }))
vi.mock('@/data/staff/client', () => ({
  supabase: {
    rpc: async (name: string) => ({ items: name === 'missing_captions' ? server.uncaptioned : server.items }),
  },
  answerOf: async (answer: Promise<unknown>) => await answer,
}))
beforeEach(() => setActivePinia(createPinia()))
const router = createRouter({
  history: createMemoryHistory(),
  routes: [
    { path: '/:rest(.*)*', component: {} },
    { path: '/revision/:id', name: 'staff-review', component: {} },
  ],
})

const copy = (status: Rendition['status']): Rendition => ({
  id: 'c',
  status,
  bytes: 6_000_000,
  duration_ms: 60_000,
  width: 720,
  height: 1280,
  tells: [],
})
const item = (rendition: Rendition | null, state = 'accepted', status = 'verified') =>
  ({
    id: 'v1',
    state,
    content: { rendition, transcript: 'Hola.', captions: [], media: { status, bytes: 9_000_000 } },
  }) as unknown as StaffItem<'videos'>
const said = (one: StaffItem<'videos'>) => mount(RenditionSection, { props: { item: one } }).text()

test.each<[string, Rendition | null, string, string]>([
  ['no copy', null, 'accepted', words.why],
  ['a copy on its way', copy('waiting'), 'accepted', words.why],
  ['a copy that is looked at', copy('attached'), 'accepted', words.checking],
  ['a checked copy', copy('verified'), 'accepted', 'Lista y comprobada: 720 líneas, 6 MB, 1:00.'],
  ['an unfit copy', copy('unfit'), 'accepted', words['unfit.text']],
  ['an original that is public', null, 'published', words.former],
])('of a video with %s it says so', (_, rendition, state, sentence) =>
  expect(said(item(rendition, state))).toContain(sentence),
)

test('of a file that was not verified it says nothing', () =>
  expect(said(item(null, 'received', 'attached'))).toBe(''))

test('only a checked copy may be published', () => {
  const { obstacleOf } = island.publication as { obstacleOf(one: StaffItem<'videos'>): string | null }
  expect(obstacleOf(item(copy('verified')))).toBeNull()
  for (const rendition of [null, copy('waiting'), copy('attached'), copy('unfit')])
    expect(obstacleOf(item(rendition))).toContain('copia pública')
})

test('the list names what lacks its copy, and what was published without one', async () => {
  const video = {
    id: 'v1',
    folio: 'VI-1',
    title: 'Mi calle',
    bytes: 9_000_000,
    mime: 'video/mp4',
    duration_ms: 60_000,
  }
  server.items = [
    { ...video, state: 'accepted', picture: 'hevc', has_captions: false },
    { ...video, id: 'v2', folio: 'VI-2', state: 'published', picture: null, has_captions: true },
  ] satisfies Omit<MissingRendition, 'media_id'>[]
  const view = mount(CopiasView, { global: { plugins: [router] } })
  await flushPromises()
  const [first, second] = view.findAll('li')
  expect(first!.text()).toContain('H.265 (HEVC)')
  expect(first!.text()).toContain(words['list.no_captions'])
  expect(second!.text()).toContain(words['list.published'])
  expect(second!.text()).not.toContain(words['list.no_captions'])
})

test('an empty list says that nothing waits', async () => {
  server.items = []
  const view = mount(CopiasView, { global: { plugins: [router] } })
  await flushPromises()
  expect(view.text()).toContain(words['list.empty.title'])
})

test('what lacks captions is named too: what waits for them, and what is public without', async () => {
  server.items = []
  server.uncaptioned = [
    { id: 'v1', folio: 'VI-1', title: 'Mi calle', state: 'accepted' },
    { id: 'v2', folio: 'VI-2', title: 'Mi barrio', state: 'published' },
  ] satisfies MissingCaptions[]
  const view = mount(CopiasView, { global: { plugins: [router] } })
  await flushPromises()
  const [first, second] = view.findAll('li')
  expect(first!.text()).toContain(words['captions.accepted'])
  expect(second!.text()).toContain(words['captions.published'])
})
