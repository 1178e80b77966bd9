// @vitest-environment happy-dom
/** The mesa at the desk, with a server that a test plays. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { Fault } from '@/domain/fault'
import { problemText } from '@/i18n/problems'
import type { MesaDesk } from '../../mesa'
import { EMPTY, mesaDraft, mesaForm } from './mesaForm'
import MesaDeskView from './MesaDeskView.vue'
import { t } from './words'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args: object) => Promise<unknown>>() }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

const desk: MesaDesk = {
  id: 'c1',
  slug: 'consulta',
  title: 'Consulta',
  now: '2026-11-29T12:00:00Z',
  received_until: '2026-11-20T12:00:00Z',
  can_edit: true,
  version: 2,
  data: { title: 'Mesa', lead: 'Platicamos.', meeting_id: 'm1', findings: ['f1'], agenda: [] },
  saved_at: '2026-11-29T10:00:00Z',
  saved_by: 'Coordinación',
  published_at: null,
  published_by: null,
  meeting: null,
  problems: [{ field: 'agenda', code: 'text_required', level: 'missing' }],
  meetings: [{ id: 'm1', title: 'La mesa' }],
  findings: [
    { id: 'f1', title: 'Piden sábados', count: 12 },
    { id: 'f2', title: 'Piden rampas', count: 3 },
  ],
  sounds: [],
  letters: { can_send: true, letter: null, counts: {} },
}

beforeEach(() => {
  setActivePinia(createPinia())
  rpc.mockReset()
})

async function open(change: Partial<MesaDesk> = {}) {
  rpc.mockResolvedValue({ ...desk, ...change })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: ['home', 'staff-results-of', 'staff-acta', 'mesa'].map((name) => ({
      path: name === 'home' ? '/' : name === 'mesa' ? '/c/:slug/mesa' : `/${name}/:id`,
      name,
      component: { template: '' },
    })),
  })
  const page = mount(MesaDeskView, { props: { id: 'c1' }, global: { plugins: [router] } })
  await flushPromises()
  return page
}
const buttons = (page: Awaited<ReturnType<typeof open>>) =>
  page.findAll('.page-bar .button-primary').map((one) => one.text())

test('what is missing is said at its field, and nothing is published before', async () => {
  const page = await open()
  expect(page.find('#agenda .field-error').text()).toBe(problemText('text_required'))
  expect(page.text()).toContain(t('state.left', { count: 1 }))
  expect(buttons(page)).toEqual([t('save')])
})

test('a complete draft is published as it was saved; the same draft is not published twice', async () => {
  const page = await open({ problems: [] })
  expect(buttons(page)).toEqual([t('publish')])
  rpc.mockResolvedValue({
    ...desk,
    problems: [],
    version: 3,
    published_at: '2026-11-29T12:00:00Z',
    published_by: 'Coordinación',
  })
  await page.find('.page-bar .button-primary').trigger('click')
  await flushPromises()
  expect(rpc).toHaveBeenLastCalledWith('publish_mesa', { p_id: 'c1', p_version: 2 })
  expect(buttons(page)).toEqual([])
})

test('what is typed is saved, and of two people at once nothing is lost', async () => {
  const page = await open()
  await page.find('#title').setValue('Mesa del sábado')
  await page.find<HTMLInputElement>('#finding-f2').setValue(true)
  expect(page.text()).toContain(t('state.unsaved'))
  rpc
    .mockRejectedValueOnce(new Fault('conflict', false))
    .mockResolvedValueOnce({ ...desk, version: 3, data: { ...desk.data, lead: 'De otra persona.' } })
  await page.find('.page-bar .button-primary').trigger('click')
  await flushPromises()
  expect(page.find<HTMLInputElement>('#title').element.value).toBe('Mesa del sábado')
  expect(page.find<HTMLTextAreaElement>('#lead').element.value).toBe('De otra persona.')
  await page.find('.page-bar .button-primary').trigger('click')
  expect(rpc).toHaveBeenLastCalledWith('save_mesa', {
    p_id: 'c1',
    p_version: 3,
    p_data: {
      ...EMPTY,
      ...desk.data,
      title: 'Mesa del sábado',
      lead: 'De otra persona.',
      findings: ['f1', 'f2'],
    },
  })
})

test('who only reads gets no form', async () => {
  const page = await open({ can_edit: false })
  expect(page.text()).toContain(t('read_only'))
  expect(page.find('input, textarea, .button-primary').exists()).toBe(false)
})

test('a recording is in one place, and what was removed elsewhere is not sent', () => {
  const form = mesaForm({ ...desk, data: { findings: ['f1', 'gone'], recording_insumo: 'gone' } })
  expect(mesaDraft(form)).toMatchObject({ findings: ['f1'], recording_insumo: null })
  expect(mesaDraft({ ...form, recording: 'https://a.mx', recording_insumo: 'i1' })).toMatchObject({
    recording: 'https://a.mx',
    recording_insumo: null,
  })
  expect(mesaDraft({ ...form, recording: '' })).toMatchObject({ recording: null })
})
