// @vitest-environment happy-dom
import { createHash } from 'node:crypto'
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { computed, ref, shallowRef } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useInstitutionStore } from '@/data/institutionStore'
import type { Bootstrap } from '@/domain/rows'
import type { DoorLine } from '@/features/jornadas/registration'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import DoorDay from './DoorDay.vue'
import type { Person } from './people'
import type { Door } from './useDoor'
import type { Marked } from './useNotes'
import { t } from './words'
import { passHead, passSigned } from '../../../../../supabase/functions/_shared/signed/pass'
import { passText } from '../../../../../supabase/functions/_shared/signed/passText'
import { signerOf } from '../../../../../supabase/functions/sign/keys'

const DAY = '00000000-0000-4000-8000-0000000b3101'
const FOLIO = 'JO-2026-000042-7'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const line = { submission_id: 's1', folio: FOLIO, name: 'Ana Prueba', pass_hash: sha256('a1b2') } as DoorLine
const GUEST: Person = { line, state: 'confirmed', at: null, op: null }

const OTHER = '00000000-0000-4000-8000-0000000b3102'
const mark = vi.fn()
const undo = vi.fn()
const leave = vi.fn()
const takeOverNotes = vi.fn()
let pinia: ReturnType<typeof createPinia>
beforeEach(() => {
  pinia = createPinia()
  setActivePinia(pinia)
  mark.mockReset()
  undo.mockReset()
  leave.mockReset()
})

function open(canMark = true, opensAt: string | null = null, isExit = false, person = GUEST) {
  const marked = shallowRef<Marked | null>(null)
  mark.mockImplementation(() => {
    marked.value = { id: 's1', at: new Date().toISOString(), way: 'in' }
    return Promise.resolve(marked.value)
  })
  const door = {
    jornadaId: DAY,
    kept: ref({ at: '2026-11-26T15:40:00Z', list: { jornada: { title: 'Primera', seats_left: 3 } } }),
    people: computed(() => [marked.value ? { ...person, state: 'unsent', at: marked.value.at } : person]),
    marked,
    mark,
    personOf: () => ({ ...person, state: 'unsent', at: marked.value!.at }),
    read: { state: ref('ready'), isDenied: ref(false), refresh: () => Promise.resolve() },
    canMark: ref(canMark),
    cancelled: ref(null),
    opensAt: ref(opensAt),
    undo,
    leave,
    takeOverNotes,
    isExit: ref(isExit),
    leftBehind: ref([]),
    canUndo: ref(true),
  } as unknown as Door
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/inscripciones', name: 'staff-registrations', component: {} },
      { path: '/:rest(.*)*', name: 'staff-door', component: {} },
    ],
  })
  const stubs = ['DoorStuck', 'DamagedOps', 'DayFacts', 'DayWays', 'DoorList', 'StaffLoad']
  return mount(DoorDay, {
    props: { door, search: '', 'onUpdate:search': (search: string) => page.setProps({ search }) },
    global: { plugins: [pinia, router], stubs },
  })
}
let page: ReturnType<typeof open>

/** Types as a scanner for the United States does on a Spanish keyboard with capitals locked. */
async function scan(code: string, folio = FOLIO, day = DAY) {
  const field = page.get('#door-search')
  const typed = `CONVOCA:${folio}:${day}:${code}`.toUpperCase().replaceAll(':', 'ñ').replaceAll('-', `'`)
  await field.setValue(typed)
  expect(page.text()).not.toContain(t('search.none_title')) // while the scanner types
  await page.get('form').trigger('submit')
  await flushPromises()
  return (field.element as HTMLInputElement).value
}

test('a pass that a scanner types marks its owner, and the field is empty for the next one', async () => {
  page = open()
  await flushPromises()
  expect(await scan('a1b2')).toBe('')
  await vi.waitFor(() => expect(page.text()).toContain(t('outcome.marked')))
  expect(mark).toHaveBeenCalledExactlyOnceWith(line, 'a1b2')
})

test('a pass of a seat online notes nobody until the volunteer says that the person is here', async () => {
  const online = { ...line, online: true as const }
  page = open(true, null, false, { ...GUEST, line: online })
  await flushPromises()
  await scan('a1b2')
  await vi.waitFor(() => expect(page.text()).toContain(t('outcome.online')))
  expect(mark).not.toHaveBeenCalled()
  const here = page.findAll('button').find((one) => one.text() === t('ask.online'))!
  await here.trigger('click')
  await vi.waitFor(() => expect(mark).toHaveBeenCalledExactlyOnceWith(online, null))
  await vi.waitFor(() => expect(page.text()).toContain(t('outcome.marked')))
})

test('a wrong pass that a scanner types says why it is not valid', async () => {
  page = open()
  await flushPromises()
  expect(await scan('ffff')).toBe('')
  await vi.waitFor(() => expect(page.text()).toContain(t('outcome.invalid')))
  expect(mark).not.toHaveBeenCalled()
})

test('whoever may only read the list marks nobody with a scanner', async () => {
  page = open(false)
  await flushPromises()
  await scan('a1b2')
  expect(mark).not.toHaveBeenCalled()
})

test('a mark can be undone on the spot for ten seconds', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
  page = open()
  await flushPromises()
  await scan('a1b2')
  await vi.waitFor(() => expect(page.text()).toContain(t('undo.seconds', { seconds: 10 })))
  await page
    .findAll('button')
    .find((one) => one.text().startsWith('Deshacer llegada'))!
    .trigger('click')
  expect(undo).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ line, state: 'unsent' }))
  vi.advanceTimersByTime(4_000)
  await flushPromises()
  expect(page.text()).toContain(t('undo.seconds', { seconds: 6 }))
  vi.advanceTimersByTime(7_000)
  await flushPromises()
  expect(page.text()).not.toContain('Deshacer llegada')
  vi.useRealTimers()
})

test('a pass of another day marks nobody, says how many seats are left, and only the coordination may give one', async () => {
  page = open()
  await flushPromises()
  await scan('a1b2', 'JO-2026-000043-1', OTHER)
  await vi.waitFor(() => expect(page.text()).toContain(t('outcome.wrong_day')))
  expect(page.text()).toContain(t('outcome.wrong_day_room', { count: 3 }))
  expect(page.text()).toContain(t('outcome.ask_to_move'))
  vi.spyOn(useStaffSessionStore(), 'can').mockReturnValue(true)
  page = open()
  await flushPromises()
  await scan('a1b2', 'JO-2026-000043-1', OTHER)
  await vi.waitFor(() => expect(page.text()).toContain(t('outcome.move_here')))
  expect(page.get('a[href^="/inscripciones"]').attributes('href')).toContain('folio=JO-2026-000043-1')
  expect(mark).not.toHaveBeenCalled()
})

test('a pass of another day of somebody with a seat today leads to that person, and marks nobody', async () => {
  page = open()
  await flushPromises()
  await scan('a1b2', FOLIO, OTHER)
  await vi.waitFor(() => expect(page.text()).toContain(t('outcome.wrong_day_here')))
  expect(page.get('a[href*="persona=s1"]').text()).toBe(t('outcome.open'))
  expect(mark).not.toHaveBeenCalled()
})

test('before its doors open the day says from when arrivals are noted', async () => {
  page = open(false, '2026-12-08T10:00:00.000Z')
  await flushPromises()
  expect(page.text()).toContain('martes 8 de diciembre de 2026, 04:00')
})

test('a signed pass that is newer than the list notes the arrival of somebody whom the list does not have', async () => {
  const { id, publicKey, sign } = signerOf({ '2026-01-01': '01'.repeat(32) })!
  useInstitutionStore().take({ signing_keys: [{ id, public_key: publicKey }] } as Bootstrap)
  const second = (Date.parse('2026-11-26T15:50:00Z') / 1000).toString(16)
  const content = `${'1'.repeat(32)}1a0000002a80000000000b3101${'c'.repeat(20)}${second}`
  const head = passHead(publicKey, content)
  page = open()
  await flushPromises()
  await page.get('#door-search').setValue(passText(head + sign(passSigned(head))))
  await page.get('form').trigger('submit')
  await vi.waitFor(() => expect(mark).toHaveBeenCalledOnce())
  expect(mark.mock.calls[0]).toEqual([
    expect.objectContaining({
      submission_id: '11111111-1111-1111-1111-111111111111',
      folio: 'JO-2026-000042-6',
      name: t('unlisted.name'),
      pass_hash: sha256('c'.repeat(20)),
    }),
    'c'.repeat(20),
  ])
  await vi.waitFor(() => expect(page.get('[data-outcome]').text()).toContain('más nuevo que esta lista'))
})
