// @vitest-environment happy-dom
import { createHash } from 'node:crypto'
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { computed, ref, shallowRef } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { DoorLine } from '@/features/jornadas/registration'
import DoorDay from './DoorDay.vue'
import type { Person } from './people'
import type { Door, Marked } from './useDoor'
import { t } from './words'

const DAY = '00000000-0000-4000-8000-0000000b3101'
const FOLIO = 'JO-2026-000042-7'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const line = { submission_id: 's1', folio: FOLIO, name: 'Ana Prueba', pass_hash: sha256('a1b2') } as DoorLine
const person: Person = { line, state: 'confirmed', at: null, op: null }

const mark = vi.fn()
beforeEach(() => mark.mockReset())

function open(canMark = true) {
  const marked = shallowRef<Marked | null>(null)
  mark.mockImplementation(() => {
    marked.value = { id: 's1', at: '2026-11-26T16:00:00Z' }
    return Promise.resolve(marked.value)
  })
  const door = {
    jornadaId: DAY,
    kept: ref({ at: '2026-11-26T15:40:00Z', list: { jornada: { title: 'Primera' } } }),
    people: computed(() => [marked.value ? { ...person, state: 'unsent', at: marked.value.at } : person]),
    marked,
    mark,
    personOf: () => ({ ...person, state: 'unsent', at: marked.value!.at }),
    read: { state: ref('ready'), isDenied: ref(false), refresh: () => Promise.resolve() },
    canMark: ref(canMark),
    cancelled: ref(null),
  } as unknown as Door
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', name: 'staff-door', component: {} }],
  })
  const stubs = ['DoorStuck', 'DamagedOps', 'DayFacts', 'DayWays', 'DoorList', 'StaffLoad']
  return mount(DoorDay, {
    props: { door, search: '', 'onUpdate:search': (search: string) => page.setProps({ search }) },
    global: { plugins: [createPinia(), router], stubs },
  })
}
let page: ReturnType<typeof open>

/** Types as a scanner for the United States does on a Spanish keyboard with capitals locked. */
async function scan(code: string) {
  const field = page.get('#door-search')
  const typed = `CONVOCA:${FOLIO}:${DAY}:${code}`.toUpperCase().replaceAll(':', 'ñ').replaceAll('-', `'`)
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
