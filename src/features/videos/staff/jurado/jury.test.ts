// @vitest-environment happy-dom
/** A juror's pages, with a server that a test plays. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { db } from '@/data/db'
import { registerKinds } from '@/domain/kinds'
import { Fault } from '@/domain/fault'
import { problemText } from '@/i18n/problems'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { kind } from '../../kind'
import type { JuryLine, JuryVideo } from '../../jury'
import CalificarView from './CalificarView.vue'
import JuradoView from './JuradoView.vue'
import { t } from './words'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args?: object) => Promise<unknown>>() }))
vi.mock('@/data/staff/client', () => ({
  supabase: { rpc, functions: { invoke: () => Promise.reject(new Fault('offline', true)) } },
  answerOf: (call: unknown) => call,
}))

const SEAT = '00000000-0000-4000-8000-00000000aaaa'
const video: JuryVideo = {
  id: SEAT,
  version: 1,
  convocatoria_id: 'c1',
  campaign: 'Videos',
  folio: 'VI-2026-000001-1',
  title: 'El acta que pedimos',
  pillar: 'Transparencia',
  summary: 'Pedimos un acta y llegó.',
  transcript: null,
  criteria: [
    { title: 'Claridad', hint: 'Se entiende' },
    { title: 'Utilidad', hint: null },
  ],
  marks: null,
  reason: null,
  saved_at: null,
  media: {
    id: 'm1',
    status: 'verified',
    bytes: 18_000_000,
    mime: 'video/mp4',
    duration_ms: 84_000,
    width: 720,
    height: 1280,
    expires_at: '2026-12-01T00:00:00Z',
    tells: [],
    sha256: '',
    found: null,
    poster: null,
  },
  others: null,
}

beforeEach(async () => {
  registerKinds([kind])
  setActivePinia(createPinia())
  rpc.mockReset()
  await Promise.all(db.tables.map((table) => table.clear()))
  useStaffSessionStore().open({ user_id: 'juror-1', email: 'jurado@ejemplo.mx' })
})

const router = () =>
  createRouter({
    history: createMemoryHistory(),
    routes: ['staff-jury', 'staff-jury-video'].map((name) => ({
      path: name === 'staff-jury' ? '/' : '/jurado/:id',
      name,
      component: { template: '' },
    })),
  })
async function open(change: Partial<JuryVideo> = {}) {
  rpc.mockResolvedValue({ ...video, ...change })
  const page = mount(CalificarView, {
    props: { id: SEAT },
    global: { plugins: [router()] },
    attachTo: document.body,
  })
  await vi.waitFor(() => expect(page.find('#jury-form, #jury-others').exists()).toBe(true))
  return page
}
type Page = Awaited<ReturnType<typeof open>>
const primary = (page: Page) => page.find('.page-bar .button-primary')
async function fill(page: Page) {
  await page.find('#mark-0-4').setValue(true)
  await page.find('#mark-1-5').setValue(true)
  await page.find('#reason').setValue('Un caso completo.')
}
const outbox = () => db.outbox.toArray()

test('what a juror marks is on disk before the page says so, and waits for its signal', async () => {
  const page = await open()
  await fill(page)
  expect(page.text()).toContain(t('total', { total: 9, max: 10 }))
  await primary(page).trigger('click')
  await vi.waitFor(async () =>
    expect(await outbox()).toMatchObject([
      {
        kind: 'jury.mark',
        entity_id: SEAT,
        actor: 'juror-1',
        payload: { marks: [4, 5], reason: 'Un caso completo.' },
      },
    ]),
  )
  await vi.waitFor(() => expect(page.text()).toContain(t('waiting')))
  expect(primary(page).exists()).toBe(false)
  page.unmount()
})

test('a criterion without a mark is named at its place, and nothing is saved', async () => {
  const page = await open()
  await page.find('#mark-0-4').setValue(true)
  await primary(page).trigger('click')
  await flushPromises()
  expect(page.find('#mark-1-error').text()).toContain(problemText('marks_incomplete'))
  expect(document.activeElement?.id).toBe('mark-1')
  expect(await outbox()).toEqual([])
  page.unmount()
})

test('digits mark the next criterion and Ctrl+Enter saves, without leaving the keyboard', async () => {
  const page = await open()
  for (const key of ['3', '5']) dispatchEvent(new KeyboardEvent('keydown', { key }))
  await page.find('#reason').setValue('Bien contado.')
  dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true }))
  await vi.waitFor(async () => expect((await outbox())[0]?.payload).toMatchObject({ marks: [3, 5] }))
  page.unmount()
})

test('marks and words that are being typed survive the page', async () => {
  const page = await open()
  await fill(page)
  await vi.waitFor(async () => expect(await db.meta.count()).toBe(1))
  page.unmount()
  const again = await open()
  expect(again.find<HTMLTextAreaElement>('#reason').element.value).toBe('Un caso completo.')
  expect(again.find<HTMLInputElement>('#mark-1-5').element.checked).toBe(true)
  again.unmount()
})

test('a juror steps aside with a reason', async () => {
  const page = await open()
  await page
    .findAll('button')
    .find((one) => one.text() === t('recuse'))!
    .trigger('click')
  const confirm = () =>
    page
      .findAll('dialog button')
      .find((one) => one.text() === t('recuse.act'))!
      .trigger('click')
  await confirm()
  expect(page.find('#recuse-reason-error').text()).toContain(problemText('reason_required'))
  await page.find('#recuse-reason').setValue('Conozco a quien aparece.')
  await confirm()
  await vi.waitFor(async () =>
    expect(await outbox()).toMatchObject([
      { kind: 'jury.recuse', payload: { reason: 'Conozco a quien aparece.' } },
    ]),
  )
  page.unmount()
})

test('what all said is shown once all have marked, and nothing can be changed then', async () => {
  const page = await open({
    marks: [4, 4],
    reason: 'La mía.',
    others: [{ juror: 'Jurado dos', is_third: false, marks: [5, 3], reason: 'La otra.' }],
  })
  expect(page.text()).toContain('La otra.')
  expect(page.text()).toContain(t('others.juror', { name: 'Jurado dos', total: 8 }))
  expect(page.find('#reason').exists()).toBe(false)
  expect(primary(page).exists()).toBe(false)
  page.unmount()
})

const line = (change: Partial<JuryLine>): JuryLine => ({
  id: SEAT,
  campaign: 'Videos',
  folio: 'VI-1',
  title: 'Uno',
  pillar: 'Transparencia',
  bytes: 18_000_000,
  duration_ms: 84_000,
  marked: false,
  judged: false,
  selection_on: null,
  ...change,
})

test.each<[string, JuryLine[], string]>([
  ['two to mark', [line({}), line({ id: 'b' })], t('left', { count: 2 })],
  ['none to mark', [line({ marked: true, judged: true })], t('left.none')],
  ['no videos', [], t('empty_title')],
])('the list of a juror with %s says so', async (_, items, words) => {
  rpc.mockResolvedValue({ now: '2026-11-30T12:00:00Z', items })
  const page = mount(JuradoView, { global: { plugins: [router()] } })
  await flushPromises()
  expect(page.text()).toContain(words)
  page.unmount()
})
