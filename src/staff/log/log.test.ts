// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { Fault } from '@/domain/fault'
import { dammDigit } from '@/domain/folio'
import type { LogLine } from '@/domain/log'
import staff from '@/i18n/es-MX/staff.json'
import words from '@/i18n/es-MX/staffLog.json'
import { offerCsv } from '../csv'
import BitacoraView from './BitacoraView.vue'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args: object) => Promise<unknown>>() }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))
vi.mock('../csv', async (original) => ({
  ...(await original<typeof import('../csv')>()),
  offerCsv: vi.fn<typeof offerCsv>(),
}))

const FOLIO = `PR-2026-000001-${dammDigit('2026000001')}`
const line = (change: Partial<LogLine> = {}): LogLine => ({
  at: '2026-12-02T16:41:07Z',
  area: 'submission',
  seq: 7,
  kind: 'take_back',
  source: 'staff',
  actor: 'Rosa Miranda',
  about: FOLIO,
  submission_id: 'a',
  campaign: 'Estrategia',
  from: 'published',
  to: 'accepted',
  ...change,
})
const pageOf = (items: LogLine[], next: string | null = null) => ({
  items,
  next,
  people: [{ id: 'p1', name: 'Rosa Miranda' }],
})

beforeEach(() => {
  vi.resetAllMocks()
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener() {}, removeEventListener() {} }))
})

async function show() {
  const stub = { template: '<p />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: stub },
      { path: '/revision/:id', name: 'staff-review', component: stub },
    ],
  })
  const screen = mount(BitacoraView, { global: { plugins: [router] } })
  await flushPromises()
  return screen
}
const button = (screen: Awaited<ReturnType<typeof show>>, label: string) =>
  screen.findAll('button').find((one) => one.text() === label)!

test('a line says when, who, what, on which folio and with what outcome, and leads to the submission', async () => {
  rpc.mockResolvedValue(pageOf([line()]))
  const screen = await show()
  const text = screen.find('tbody tr').text()
  for (const part of [
    '2 dic 2026, 10:41',
    'Rosa Miranda',
    'Quitó de lo público',
    FOLIO,
    'De «Publicada» a «Aceptada»',
  ])
    expect(text).toContain(part)
  expect(screen.find('tbody a').attributes('href')).toBe('/revision/a')
})

test('authors and the system are named as such, and an act of a newer server has words', async () => {
  rpc.mockResolvedValue(
    pageOf([
      line({ source: 'author', actor: null, kind: 'withdrawn' }),
      line({ seq: 6, source: 'system', actor: null, kind: 'correction_lapsed' }),
      line({ seq: 5, kind: 'something_new' }),
    ]),
  )
  const [author, system, unknown] = (await show()).findAll('tbody tr').map((row) => row.text())
  expect(author).toContain(words['who.author'])
  expect(system).toContain(words['who.system'])
  expect(unknown).toContain(words.other)
})

test('the filters are sent once the member asks, and a folio that is none is said at its field', async () => {
  rpc.mockResolvedValue(pageOf([line()]))
  const screen = await show()
  await screen.find('#log-person').setValue('p1')
  await screen.find('#log-area').setValue('submission')
  await screen.find('#log-act').setValue('reject')
  await screen.find('#log-from').setValue('2026-12-01')
  await screen.find('#log-folio').setValue('PR-2026-000001-x')
  await screen.find('form').trigger('submit')
  expect(screen.text()).toContain(words['folio.wrong'])
  expect(rpc).toHaveBeenCalledOnce()
  await screen.find('#log-folio').setValue(FOLIO.toLowerCase())
  await screen.find('form').trigger('submit')
  await flushPromises()
  expect(rpc).toHaveBeenLastCalledWith('list_log', {
    p_person: 'p1',
    p_area: 'submission',
    p_kind: 'reject',
    p_folio: FOLIO,
    p_from: '2026-12-01',
    p_limit: 50,
  })
})

test('another page is added below, and the file holds all pages that the filters leave', async () => {
  rpc.mockResolvedValueOnce(pageOf([line()], 'x~submission~7'))
  rpc.mockResolvedValueOnce(pageOf([line({ seq: 6 })]))
  const screen = await show()
  await button(screen, words.more).trigger('click')
  await flushPromises()
  expect(screen.findAll('tbody tr')).toHaveLength(2)
  rpc.mockResolvedValueOnce(pageOf([line()], 'x~submission~7'))
  rpc.mockResolvedValueOnce(pageOf([line({ seq: 6, about: '=1+1' })]))
  await button(screen, words.export).trigger('click')
  await flushPromises()
  const [name, csv] = vi.mocked(offerCsv).mock.calls[0]!
  expect(name).toBe('bitacora')
  expect(csv.trim().split('\r\n')).toHaveLength(3)
  expect(csv).toContain(FOLIO)
})

test('a member without the right reads that it may not, and an empty log says so', async () => {
  rpc.mockRejectedValue(new Fault('not_allowed', false))
  expect((await show()).text()).toContain(staff['state.denied_title'])
  rpc.mockResolvedValue(pageOf([]))
  expect((await show()).text()).toContain(words['empty.title'])
})
