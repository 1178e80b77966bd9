// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { db } from '@/data/db'
import type { StaffItem } from '@/domain/staffRows'
import { island } from '@/features/propuestas/staff/island'
import words from '@/i18n/es-MX/staffKinds.json'
import messages from '@/i18n/es-MX/staff.json'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import { registerStaffKinds } from '../kinds'
import DecisionPane from './DecisionPane.vue'

registerStaffKinds([island])
vi.mock('@/data/staff/client', () => ({ supabase: { rpc: () => Promise.reject(new Error('offline')) } }))

const save = vi.fn<(payload: object, version: number) => Promise<string>>()
const itemOf = (change: object = {}) =>
  ({
    id: 'a',
    folio: 'PR-2026-000001-1',
    kind: 'propuestas',
    version: 3,
    state: 'received',
    decisions: ['request_correction', 'accept', 'reject'],
    may_publish: true,
    consents: [],
    events: [],
    part_label: null,
    display_name: null,
    content: { body: 'x', helps: null },
    ...change,
  }) as unknown as StaffItem

beforeEach(async () => {
  vi.resetAllMocks()
  save.mockResolvedValue('op-1')
  await Promise.all(db.tables.map((table) => table.clear()))
  setActivePinia(createPinia())
  useStaffSessionStore().open({ user_id: 'ana', email: '' })
})
const panes: { unmount(): void }[] = []
afterEach(() => {
  for (const pane of panes.splice(0)) pane.unmount()
  useStaffSessionStore().close()
})

/** The pane within a routed page, because its form guards the leaving of its route. */
async function open(item: StaffItem) {
  const decided = vi.fn()
  const Page = {
    components: { DecisionPane },
    setup: () => ({ item, save, decided }),
    template: '<DecisionPane :item="item" :save="save" next="/" :wanted="null" @decided="decided" />',
  }
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: Page }] })
  await router.push('/')
  const pane = mount(
    { template: '<RouterView />' },
    { attachTo: document.body, global: { plugins: [router] } },
  )
  panes.push(pane)
  await flushPromises()
  return { pane, decided }
}
const press = async (key: string, more: KeyboardEventInit = {}) => {
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))
  await flushPromises()
}
const chosen = (pane: { element: Element }) =>
  pane.element.parentElement!.querySelector<HTMLInputElement>('input[name=pane-choice]:checked')!.value

test('«A» accepts and publishes at once, on the version that was seen', async () => {
  const { decided } = await open(itemOf())
  await press('a')
  await vi.waitFor(() => expect(decided).toHaveBeenCalledWith('accept_publish', 'op-1'))
  expect(save.mock.calls[0]!.slice(0, 2)).toEqual([{ decision: 'accept_publish' }, 3])
})

test('«R», a number and «Ctrl+Enter» reject with the reason and its ready-made reply', async () => {
  const { pane, decided } = await open(itemOf())
  await press('r')
  expect(chosen(pane)).toBe('reject')
  expect(save).not.toHaveBeenCalled()
  await press('Enter', { ctrlKey: true })
  expect(save).not.toHaveBeenCalled() // a rejection needs a reason
  expect(pane.text()).toContain(messages['field.reason'])
  await press('6')
  await press('Enter', { ctrlKey: true })
  await vi.waitFor(() => expect(decided).toHaveBeenCalledWith('reject', 'op-1'))
  expect(save.mock.calls[0]![0]).toMatchObject({
    decision: 'reject',
    reason_code: 'off_topic',
    message: expect.stringMatching(/\S/u) as string,
  })
})

test('keys pressed before the device has found the kept reply are done once it has, in their order', async () => {
  const { decided } = await open(itemOf())
  const key = (name: string, more: KeyboardEventInit = {}) =>
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, ...more }))
  key('r')
  await nextTick() // the form of a rejection is on the screen, and the device still looks
  key('6')
  key('Enter', { ctrlKey: true })
  await vi.waitFor(() => expect(decided).toHaveBeenCalledWith('reject', 'op-1'))
  expect(save.mock.calls[0]![0]).toMatchObject({
    reason_code: 'off_topic',
    message: expect.stringMatching(/\S/u) as string,
  })
})

test('what the author does not allow to be public is not published by «A», and the pane says why', async () => {
  const { pane } = await open(itemOf({ may_publish: false }))
  expect(chosen(pane)).toBe('request_correction')
  await press('a')
  expect(save).not.toHaveBeenCalled()
  expect(pane.text()).toContain(words['publish.not_authorised'])
})

test('an amendment is saved with its reason only, and no letter of the keyboard takes it', async () => {
  const published = itemOf({ state: 'published', decisions: [], amendments: ['take_back'] })
  const { pane, decided } = await open(published)
  expect(chosen(pane)).toBe('take_back')
  for (const key of ['a', 'p', 'r']) await press(key)
  await press('Enter', { ctrlKey: true })
  expect(save).not.toHaveBeenCalled()
  expect(pane.find('.error-summary').exists()).toBe(true)
  await pane.find('textarea').setValue('Nombra a otra persona.')
  await press('Enter', { ctrlKey: true })
  await vi.waitFor(() => expect(decided).toHaveBeenCalledWith('take_back', 'op-1'))
  expect(save.mock.calls[0]!.slice(0, 2)).toEqual([
    { decision: 'take_back', message: 'Nombra a otra persona.' },
    3,
  ])
})

test('what was accepted can be reopened beside its publication', async () => {
  const { pane } = await open(
    itemOf({ state: 'accepted', decisions: ['publish', 'not_select'], amendments: ['reopen'] }),
  )
  const inputs = (pane.element as Element).parentElement!.querySelectorAll<HTMLInputElement>(
    'input[name=pane-choice]',
  )
  expect([...inputs].map(({ value }) => value)).toEqual(['publish', 'not_select', 'reopen'])
})

test('a decision that could not be saved says so, and stays to be tried again', async () => {
  save.mockRejectedValueOnce(new Error('full'))
  const { pane, decided } = await open(itemOf())
  await press('a')
  await vi.waitFor(() => expect(pane.find('[role=alert], .error-summary').exists()).toBe(true))
  expect(decided).not.toHaveBeenCalled()
  await press('a')
  await vi.waitFor(() => expect(decided).toHaveBeenCalledOnce())
})
