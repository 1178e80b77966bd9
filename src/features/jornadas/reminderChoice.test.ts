// @vitest-environment happy-dom
/** The choice of reminders on the page of a folio, with a server that a test plays. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Sent } from '@/campaign/submission/sent'
import { Fault } from '@/domain/fault'
import ReminderChoice from './ReminderChoice.vue'
import type { RegistrationContent, Reminder } from './registration'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args: object) => Promise<unknown>>() }))
vi.mock('@/data/rpc', () => ({ rpc }))
vi.mock('@/sync/start', () => ({ syncMine: vi.fn() }))
vi.mock('@/data/items', () => ({ getItem: async () => ({ secret: 's3' }) }))

beforeEach(() => {
  rpc.mockReset()
  rpc.mockImplementation((_, args) =>
    Promise.resolve({ reminders: (args as { p_chosen: Reminder[] }).p_chosen }),
  )
})

function open(reminders?: Reminder[], undated = false) {
  const sent = { id: 'a', folio: 'JO-2026-000001-2', content: { reminders }, pending: [] } as unknown as Sent<
    Partial<RegistrationContent>
  >
  const page = mount(ReminderChoice, { props: { sent, undated } })
  const boxes = () =>
    page.findAll<HTMLInputElement>('input').map(({ element }) => `${element.id.slice(9)} ${element.checked}`)
  const tap = async (one: Reminder, isWanted: boolean) => {
    await page.get(`#reminder-${one}`).setValue(isWanted)
    await flushPromises()
  }
  return { page, boxes, tap }
}

test('a day before is chosen until the person says otherwise, and what they say is sent with the folio’s secret', async () => {
  const { page, boxes, tap } = open()
  expect(boxes()).toEqual(['week false', 'day true', 'hour false'])
  await tap('hour', true)
  expect(rpc.mock.calls).toEqual([
    [
      'choose_reminders',
      { p_folio: 'JO-2026-000001-2', p_secret: 's3', p_chosen: ['day', 'hour'] },
      expect.anything(),
    ],
  ])
  expect(boxes()).toEqual(['week false', 'day true', 'hour true'])
  expect(page.get('[role=status]').text()).toBe('Guardado.')
  await tap('day', false)
  expect(rpc.mock.lastCall![1]).toMatchObject({ p_chosen: ['hour'] })
})

test('without a signal the former choice stays, and the card says so', async () => {
  rpc.mockRejectedValue(new Fault('offline', true))
  const { page, boxes, tap } = open(['week'])
  await tap('day', true)
  expect(boxes()).toEqual(['week true', 'day false', 'hour false'])
  expect(page.get('[role=alert]').text()).toBe(
    'No hay señal o el sistema no respondió: con señal se puede elegir otra vez.',
  )
})

test('word of a date is offered while a day has none, and to whoever asked for it', () => {
  expect(open([], true).boxes()).toContain('dates false')
  expect(open(['dates']).boxes()).toContain('dates true')
  expect(open([]).boxes()).not.toContain('dates false')
})
