// @vitest-environment happy-dom
/** A juror without signal: the list as it was last read, the videos that they keep, and marks that wait. */
import 'fake-indexeddb/auto'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { db } from '@/data/db'
import { eraseStaff } from '@/data/staff/keptItems'
import { sessionOf } from '@/data/testing/staffServer'
import { SESSION_KEY } from '@/data/staff/session'
import { Fault } from '@/domain/fault'
import { registerKinds } from '@/domain/kinds'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { kind } from '../../kind'
import type { JuryLine, JuryVideo } from '../../jury'
import CalificarView from './CalificarView.vue'
import JuradoView from './JuradoView.vue'
import { keepingJury } from './keepingJury'
import { readFile, readKeptVideo } from './keptJury'
import { t } from './words'

const { rpc, openFile } = vi.hoisted(() => ({
  rpc: vi.fn<(name: string) => Promise<unknown>>(),
  openFile: vi.fn<() => Promise<{ url: string; seconds: number }>>(),
}))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))
vi.mock('@/data/staff/useOpenedFile', async () => {
  const { ref } = await import('vue')
  const useOpenedFile = () => ({ url: ref(null), isFresh: ref(false), open: openFile })
  return { openFile, useOpenedFile }
})

const ME = 'ana'
const SEAT = 'seat-1'
const BYTES = 1_000_005
const line: JuryLine = {
  id: SEAT,
  campaign: 'Videos',
  folio: 'VI-1',
  title: 'El acta que pedimos',
  pillar: 'Transparencia',
  bytes: BYTES,
  duration_ms: 84_000,
  marked: false,
  judged: false,
  selection_on: null,
}
const video = {
  ...line,
  version: 1,
  convocatoria_id: 'c1',
  summary: 'Pedimos un acta y llegó.',
  transcript: 'Hola.',
  criteria: [{ title: 'Claridad', hint: null }],
  marks: null,
  reason: null,
  saved_at: null,
  media: { id: 'm1', status: 'verified', bytes: BYTES, mime: 'video/mp4', duration_ms: 84_000, poster: null },
  others: null,
} as unknown as JuryVideo

/** The stored file; a request outside of it, or after `cut` pieces, fails. */
let cut = Infinity
const asked: string[] = []
const open: VueWrapper[] = []

beforeEach(async () => {
  registerKinds([kind])
  setActivePinia(createPinia())
  await Promise.all(db.tables.map((table) => table.clear()))
  await db.auth.put({ key: SESSION_KEY, value: JSON.stringify(sessionOf('token')) })
  useStaffSessionStore().open({ user_id: ME, email: 'jurado@ejemplo.mx' })
  keepingJury.clear()
  ;[cut, asked.length] = [Infinity, 0]
  openFile.mockReset().mockResolvedValue({ url: 'https://storage.example/m1', seconds: 300 })
  vi.stubGlobal('fetch', async (_: string, { headers }: { headers: { range: string } }) => {
    asked.push(headers.range)
    if (asked.length > cut) throw new TypeError('cut')
    const [from, to] = headers.range.replace('bytes=', '').split('-').map(Number) as [number, number]
    return new Response(new Uint8Array(to - from + 1), { status: 206 })
  })
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:ours')
  rpc
    .mockReset()
    .mockImplementation(async (name) => (name === 'jury_desk' ? { now: '', items: [line] } : video))
})
afterEach(() => {
  for (const page of open.splice(0)) page.unmount()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

async function show(view: typeof CalificarView | typeof JuradoView, props = {}) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: ['staff-jury', 'staff-jury-video'].map((name) => ({
      path: name === 'staff-jury' ? '/' : '/jurado/:id',
      name,
      component: { template: '' },
    })),
  })
  const page = mount(view as typeof CalificarView, {
    props: props as { id: string },
    global: { plugins: [router] },
    attachTo: document.body,
  })
  open.push(page)
  await flushPromises()
  return page
}
const until = (check: () => unknown) => vi.waitFor(async () => (await flushPromises(), check()), 5_000)
const press = (page: VueWrapper, label: string) =>
  page
    .findAll('button')
    .find((button) => button.text() === label)!
    .trigger('click')
const KEEP = t('keep', { megabytes: '1.1' })
async function keep(): Promise<VueWrapper> {
  const page = await show(CalificarView, { id: SEAT })
  await until(() => expect(page.text()).toContain(KEEP))
  await press(page, KEEP)
  await until(() => expect(page.text()).toContain(t('keep.kept')))
  return page
}
const goOffline = () => rpc.mockImplementation(() => Promise.reject(new Fault('offline', true)))

test('nothing of a video is fetched before the tap, and all of it stays on the device after it', async () => {
  const page = await show(CalificarView, { id: SEAT })
  await until(() => expect(page.text()).toContain(KEEP))
  expect([asked, await readKeptVideo(ME, SEAT)]).toEqual([[], null])
  await press(page, KEEP)
  await until(() => expect(page.text()).toContain(t('keep.kept')))
  expect(asked).toEqual(['bytes=0-999999', 'bytes=1000000-1000004'])
  expect((await readFile(ME, SEAT, 'video/mp4'))?.size).toBe(BYTES)
})

test('a cut says so and loses no piece: the next tap fetches only what is missing', async () => {
  cut = 1
  const page = await show(CalificarView, { id: SEAT })
  await until(() => expect(page.text()).toContain(KEEP))
  await press(page, KEEP)
  await until(() => expect(page.text()).toContain(t('keep.failed.offline')))
  await until(() => expect(page.text()).toContain(t('keep.on')))
  cut = Infinity
  await press(page, t('keep.on'))
  await until(() => expect(page.text()).toContain(t('keep.kept')))
  expect(asked).toEqual(['bytes=0-999999', 'bytes=1000000-1000004', 'bytes=1000000-1000004'])
})

test('without signal a kept video is read, watched and marked, and the mark is shown as waiting', async () => {
  ;(await keep()).unmount()
  open.length = 0
  await (await show(JuradoView)).unmount() // reads the list once
  open.length = 0
  await until(async () => expect(await db.meta.get(`kept:${ME}:jury:list`)).toBeDefined())
  goOffline()
  openFile.mockRejectedValue(new Fault('offline', true))
  const page = await show(CalificarView, { id: SEAT })
  await until(() => expect(page.find('video').attributes('src')).toBe('blob:ours'))
  expect(page.text()).toContain(t('stale.video'))
  await page.find('#mark-0-4').setValue(true)
  await page.find('#reason').setValue('Un caso completo.')
  await press(page, t('save'))
  await until(() => expect(page.text()).toContain(t('waiting')))
  const list = await show(JuradoView)
  await until(() => expect(list.text()).toContain(t('state.waiting')))
  expect(list.text()).toContain(t('line.kept'))
  expect(list.text()).toContain(t('stale'))
})

test('a video that the member judges no more, or that all have marked, leaves the device with the next list', async () => {
  ;(await keep()).unmount()
  open.length = 0
  rpc.mockImplementation(async () => ({ now: '', items: [{ ...line, judged: true }] }))
  await show(JuradoView)
  await until(async () => expect(await readKeptVideo(ME, SEAT)).toBeNull())
  expect(await readFile(ME, SEAT, 'video/mp4')).toBeNull()
})

test('one tap gives the space back, and signing out erases all of it', async () => {
  const page = await keep()
  await press(page, t('keep.free'))
  await until(() => expect(page.text()).toContain(KEEP))
  expect(await readFile(ME, SEAT, 'video/mp4')).toBeNull()
  await press(page, KEEP)
  await until(() => expect(page.text()).toContain(t('keep.kept')))
  await eraseStaff()
  expect(await db.meta.where('key').startsWith('kept:').count()).toBe(0)
})
