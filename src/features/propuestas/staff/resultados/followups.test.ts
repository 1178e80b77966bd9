// @vitest-environment happy-dom
/** The follow-up of actions at the desk, with a server that a test plays. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { Fault } from '@/domain/fault'
import { problemText } from '@/i18n/problems'
import type { FollowedPart } from '../../followups'
import SeguimientoView from './SeguimientoView.vue'
import { t } from './words'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args: object) => Promise<unknown>>() }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

const state = {
  id: 'f1',
  part_id: 'p1',
  number: '1.1',
  title: 'Lenguaje claro',
  state: 'under_way' as const,
  words: 'Van ocho páginas.',
  link: null,
  area: 'Difusión',
  on_day: '2026-11-20',
  at: '2026-11-21T12:00:00Z',
  by: 'Coordinación',
  yes: 2,
  not_yet: 5,
}
const part = (states: FollowedPart['states']): FollowedPart => ({
  part_id: 'p1',
  number: '1.1',
  title: 'Lenguaje claro',
  states,
})
const desk = (followups: FollowedPart[], can_edit = true) => ({
  id: 'c1',
  title: 'Consulta',
  can_edit,
  followups,
})

beforeEach(() => {
  setActivePinia(createPinia())
  rpc.mockReset()
})

async function open(answer: object) {
  rpc.mockImplementation((name) =>
    name === 'results_desk' ? Promise.resolve(answer) : Promise.reject(new Error(name)),
  )
  const router = createRouter({
    history: createMemoryHistory(),
    routes: ['/', '/resultados/:id'].map((path) => ({
      path,
      name: path === '/' ? 'home' : 'staff-results-of',
      component: { template: '' },
    })),
  })
  const page = mount(SeguimientoView, { props: { id: 'c1' }, global: { plugins: [router] } })
  await flushPromises()
  return page
}
type Page = Awaited<ReturnType<typeof open>>
const press = (page: Page, words: string) =>
  page
    .findAll('button')
    .find((one) => one.text() === words)!
    .trigger('click')

async function fill(page: Page) {
  await press(page, t('follow.add'))
  await page.find('input[value=done]').setValue()
  await page.find('#follow-words').setValue('Se reescribieron las 20.')
  await page.find('#follow-day').setValue('2026-11-28')
  await page.find('form').trigger('submit')
  await flushPromises()
}

test('an action has its states with who noted them, and how many authors say that it was done', async () => {
  const page = await open(desk([part([state])]))
  for (const words of [
    '1.1 · Lenguaje claro',
    'En curso',
    'Van ocho páginas.',
    'Coordinación',
    'sí, 2;',
    'todavía no, 5',
  ])
    expect(page.text()).toContain(words)
})

test('a new state goes with what the member saw, and what the area was before', async () => {
  const page = await open(desk([part([state])]))
  rpc.mockResolvedValueOnce(desk([part([{ ...state, id: 'f2', state: 'done' as never }, state])]))
  await fill(page)
  expect(rpc).toHaveBeenLastCalledWith('note_followup', {
    p_id: 'c1',
    p_part: 'p1',
    p_seen: 1,
    p_state: 'done',
    p_words: 'Se reescribieron las 20.',
    p_area: 'Difusión',
    p_link: null,
    p_on_day: '2026-11-28',
  })
  expect([page.find('form').exists(), page.text()]).toEqual([false, expect.stringContaining('Hecha')])
})

test('what was not accepted says why and stays in the form', async () => {
  const page = await open(desk([part([])]))
  rpc.mockRejectedValueOnce(new Fault('conflict', false))
  await fill(page)
  expect(page.find('[role=alert]').text()).toBe(problemText('conflict'))
  expect((page.find('#follow-words').element as HTMLTextAreaElement).value).toBe('Se reescribieron las 20.')
})

test('who only reads has no form, and without an approved text the page says so', async () => {
  const reader = await open(desk([part([state])], false))
  expect(reader.findAll('button').map((one) => one.text())).not.toContain(t('follow.add'))
  expect((await open(desk([]))).text()).toContain(t('follow.none'))
})
