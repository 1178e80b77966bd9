// @vitest-environment happy-dom
/** The making of a public copy in the desk's browser: its stages, what is announced, and what is said when it fails. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { defineComponent, h } from 'vue'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { Fault } from '@/domain/fault'
import type { StaffItem } from '@/domain/staffRows'
import words from '@/i18n/es-MX/videosCopies.json'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { provideReload } from '@/staff/review/reload'
import RenditionSection from './RenditionSection.vue'

const server = vi.hoisted(() => ({
  called: [] as unknown[],
  make: vi.fn(),
  upload: vi.fn(),
  fetched: vi.fn(),
  reload: vi.fn(async () => undefined),
}))
vi.mock('@/data/staff/client', () => ({
  supabase: { rpc: async (...call: unknown[]) => void server.called.push(call) },
  answerOf: async (answer: Promise<unknown>) => await answer,
}))
vi.mock('@/data/staff/useOpenedFile', () => ({ openFile: async () => ({ url: 'signed', seconds: 300 }) }))
vi.mock('@/staff/files/upload', () => ({ uploadFile: server.upload }))
vi.mock('./fetchWhole', () => ({ fetchWhole: server.fetched }))
vi.mock('./makeCopy', () => ({ makeCopy: server.make }))

const item = {
  id: 'v1',
  state: 'accepted',
  content: {
    rendition: null,
    media: {
      id: 'm1',
      status: 'verified',
      bytes: 9_000_000,
      duration_ms: 60_000,
      found: { picture: 'hevc' },
    },
  },
} as unknown as StaffItem<'videos'>
const FACTS = { sha256: 'a'.repeat(64), duration_ms: 60_000, width: 1280, height: 720 }

beforeEach(() => {
  setActivePinia(createPinia())
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(true)
  window.dispatchEvent(new Event('online'))
  server.called.length = 0
  server.reload.mockClear()
  server.fetched.mockReset().mockResolvedValue(new Blob(['x']))
  server.upload.mockReset().mockResolvedValue(undefined)
  server.make.mockReset().mockResolvedValue({ bytes: new Uint8Array(6), mime: 'video/mp4', ...FACTS })
})

function shown() {
  const session = useStaffSessionStore()
  vi.spyOn(session, 'can').mockReturnValue(true)
  const Review = defineComponent(() => {
    provideReload(server.reload)
    return () => h(RenditionSection, { item })
  })
  return mount(Review)
}
const make = async (section: ReturnType<typeof shown>) => {
  await section.find('button').trigger('click')
  await flushPromises()
}

test('the copy is made of the stored video, announced, sent under its own name and reported', async () => {
  const section = shown()
  expect(section.find('button').text()).toBe(words.make.replace('{size}', '9'))
  await make(section)
  const [[, announced], [, reported]] = server.called as [
    [string, { p_file: { id: string } }],
    [string, object],
  ]
  expect(announced).toMatchObject({ p_submission: 'v1', p_file: { bytes: 6, ...FACTS } })
  expect(server.upload.mock.calls[0]![0]).toMatchObject({ id: announced.p_file.id, bucket: 'videos-intake' })
  expect(reported).toEqual({ p_submission: 'v1' })
  expect(server.reload).toHaveBeenCalledOnce()
  expect(section.text()).not.toContain(words.failed)
})

test.each([
  ['cannot_decode', words['problem.cannot_decode'].replace('{codec}', ' (H.265 (HEVC))'), true],
  ['cannot_encode', words['problem.cannot_encode'], true],
  ['copy_not_clean', words['problem.copy_not_clean'], false],
])('a browser that fails with %s says so, and where it can be done', async (code, sentence, isElsewhere) => {
  server.make.mockRejectedValue(new Fault(code, false))
  const section = shown()
  await make(section)
  expect(section.text()).toContain(sentence)
  expect(section.text().includes(words.elsewhere)).toBe(isElsewhere)
  expect(server.called).toEqual([])
  expect(section.find('button').exists()).toBe(true)
})

test('what is stopped sends nothing and says nothing', async () => {
  server.make.mockImplementation(
    (_file, _ms, { signal }: { signal: AbortSignal }) =>
      new Promise((__, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  )
  const section = shown()
  await make(section)
  expect(section.text()).toContain(words['stage.making'])
  await section.find('button').trigger('click')
  await flushPromises()
  expect(section.text()).not.toContain(words.failed)
  expect(server.called).toEqual([])
})

test('without signal it says that signal is needed', async () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  window.dispatchEvent(new Event('offline'))
  const section = shown()
  await flushPromises()
  expect(section.text()).toContain(words.offline)
  expect(section.find('button').exists()).toBe(false)
})
