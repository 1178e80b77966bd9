// @vitest-environment happy-dom
/** Copies of videos on other sites, at the desk: noted in the review, and the tasks that they become. */
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { RpcFault } from '@/data/rpc'
import { Fault } from '@/domain/fault'
import type { StaffItem } from '@/domain/staffRows'
import { problemText } from '@/i18n/problems'
import words from '@/i18n/es-MX/videosExternal.json'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import type { ExternalCopy } from '../../externalCopies'
import ExternalSection from './ExternalSection.vue'
import ExternasView from './ExternasView.vue'

const { rpc } = vi.hoisted(() => ({
  rpc: vi.fn<(name: string, args: Record<string, unknown>) => Promise<unknown>>(),
}))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

const NOW = '2026-11-30T18:00:00Z'
const copy = (change: Partial<ExternalCopy> = {}): ExternalCopy => ({
  id: 'c1',
  submission_id: 'v1',
  folio: 'VI-2026-000001-7',
  title: 'El pozo',
  place: 'Canal del instituto',
  url: 'https://video.ejemplo.mx/pozo',
  noted_at: '2026-11-20T18:00:00Z',
  noted_by: 'Moderadora',
  removed_at: null,
  removed_by: null,
  reason: 'withdrawn',
  due: '2026-12-05T05:59:59Z',
  can_write: true,
  ...change,
})
const router = createRouter({
  history: createMemoryHistory(),
  routes: [
    { path: '/:rest(.*)*', component: {} },
    { path: '/revision/:id', name: 'staff-review', component: {} },
  ],
})
beforeEach(() => {
  setActivePinia(createPinia())
  rpc.mockReset()
})
const list = async (...items: ExternalCopy[]) => {
  rpc.mockResolvedValue({ now: NOW, items })
  const page = mount(ExternasView, { global: { plugins: [router] } })
  await flushPromises()
  return page
}

test('each task says where the copy is, why it has to go and until when; a late one is told apart', async () => {
  const page = await list(
    copy(),
    copy({ id: 'c2', folio: 'VI-2', reason: 'licence', due: '2026-11-28T05:59:59Z' }),
  )
  const [first, late] = page.findAll('li').map((line) => line.text())
  expect(first).toContain('Canal del instituto')
  expect(first).toContain(
    `${words['reason.withdrawn']} Retírala a más tardar el viernes 4 de diciembre de 2026.`,
  )
  expect(late).toContain(
    `${words['reason.licence']} Se debía retirar a más tardar el viernes 27 de noviembre de 2026.`,
  )
  expect(page.find('a[target=_blank]').attributes('rel')).toContain('noopener')
})

test('«Ya se retiró» notes it with who did, stays in sight, and a mistake is mended there', async () => {
  const page = await list(copy())
  const gone = copy({ removed_at: NOW, removed_by: 'Coordinación' })
  rpc.mockResolvedValueOnce({ now: NOW, items: [gone] })
  await page.find('li button').trigger('click')
  await flushPromises()
  expect(rpc).toHaveBeenLastCalledWith('remove_external_copy', { p_id: 'c1', p_removed: true })
  expect(page.find('li').text()).toContain('Ya no está ahí: lunes 30 de noviembre de 2026, Coordinación.')
  expect(page.findAll('[role=status]').at(-1)!.text()).toBe(words['removed.said'])
  expect(page.find('li button').text()).toContain(words.undo)
  rpc.mockResolvedValueOnce({ now: NOW, items: [copy()] })
  await page.find('li button').trigger('click')
  await flushPromises()
  expect(rpc).toHaveBeenLastCalledWith('remove_external_copy', { p_id: 'c1', p_removed: false })
})

test('an act that fails is said and changes nothing, and who only reads has no button', async () => {
  const page = await list(copy())
  rpc.mockRejectedValueOnce(new Fault('offline', true))
  await page.find('li button').trigger('click')
  await flushPromises()
  expect(page.find('[role=alert]').text()).toBe(problemText('offline'))
  expect(page.find('li button').text()).toContain(words.remove)
  expect((await list(copy({ can_write: false }))).find('li button').exists()).toBe(false)
})

test('without tasks the list says so, and without signal it says what it needs', async () => {
  expect((await list()).text()).toContain(words['list.empty.title'])
  rpc.mockRejectedValue(new Fault('offline', true))
  const page = mount(ExternasView, { global: { plugins: [router] } })
  await flushPromises()
  expect(page.text()).toContain(words['list.offline'])
})

async function section(state: string, items: ExternalCopy[] = []) {
  vi.spyOn(useStaffSessionStore(), 'can').mockReturnValue(true)
  rpc.mockResolvedValue({ now: NOW, items })
  const item = { id: 'v1', state } as unknown as StaffItem<'videos'>
  const shown = mount(ExternalSection, { props: { item }, attachTo: document.body })
  await flushPromises()
  return shown
}

test('a place of a published video is noted; what is missing or refused is said at its field', async () => {
  const shown = await section('published')
  expect(shown.text()).toContain(words['section.none'])
  await shown.find('button').trigger('click')
  await shown.find('form').trigger('submit')
  await flushPromises()
  expect(shown.text()).toContain(problemText('text_required'))
  expect(shown.text()).toContain(problemText('evidence_required'))
  expect(document.activeElement?.id).toBe('external-place')
  await shown.find('#external-place').setValue('Canal')
  await shown.find('#external-url').setValue('https://video.ejemplo.mx/a')
  rpc.mockRejectedValueOnce(new RpcFault('evidence_invalid', false, { field: 'links' }))
  await shown.find('form').trigger('submit')
  await flushPromises()
  expect(shown.find('form').exists()).toBe(true) // nothing typed is lost
  rpc.mockResolvedValueOnce({ now: NOW, items: [copy({ reason: null, due: null })] })
  await shown.find('form').trigger('submit')
  await flushPromises()
  expect(rpc).toHaveBeenLastCalledWith('note_external_copy', {
    p_submission: 'v1',
    p_copy: { id: expect.any(String), place: 'Canal', url: 'https://video.ejemplo.mx/a' },
  })
  expect([shown.find('form').exists(), shown.find('[role=status]').text()]).toEqual([false, words.saved])
  shown.unmount()
})

test('a video that was never spread has no such part once it is not published', async () => {
  expect((await section('accepted')).text()).toBe('')
  expect((await section('withdrawn', [copy()])).text()).toContain(words['reason.withdrawn'])
})
