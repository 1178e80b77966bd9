// @vitest-environment happy-dom
/** The address of the person's calendar on the page of a folio, with a server that a test plays. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Sent } from '@/campaign/submission/sent'
import { calendarKey } from '@/data/calendarAddress'
import { Fault } from '@/domain/fault'
import words from '@/i18n/es-MX/jornadasCalendar.json'
import CalendarAddress from './CalendarAddress.vue'
import type { RegistrationContent } from './registration'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args: object) => Promise<unknown>>() }))
vi.mock('@/data/rpc', () => ({ rpc }))
vi.mock('@/sync/start', () => ({ syncMine: vi.fn() }))
vi.mock('@/data/items', () => ({ getItem: async () => ({ secret: 's3' }) }))

const NONCE = 'a'.repeat(32)

beforeEach(() => {
  rpc.mockReset()
  rpc.mockImplementation((_, args) =>
    Promise.resolve({ calendar: (args as { p_nonce?: string }).p_nonce ?? null }),
  )
})

async function open(calendar?: string) {
  const sent = { id: 'a', folio: 'JO-2026-000001-2', content: { ...(calendar && { calendar }) } }
  const page = mount(CalendarAddress, {
    props: { sent: sent as unknown as Sent<Partial<RegistrationContent>> },
  })
  await vi.waitFor(() => page.text())
  await flushPromises()
  const press = async (text: string) => {
    await page
      .findAll('button')
      .find((one) => one.text() === text)!
      .trigger('click')
    await vi.waitFor(() => {
      if (page.text().includes('Un momento')) throw new Error('busy')
    })
    await new Promise((done) => setTimeout(done, 20))
  }
  return { page, press }
}

test('an address is made of the private link’s secret, which no call but the proof has', async () => {
  const { page, press } = await open()
  expect(page.find('a').exists()).toBe(false)
  await press(words.make)
  await vi.waitFor(() => page.get('a'))
  const [name, args] = rpc.mock.calls[0]!
  const { p_nonce, p_key } = args as { p_nonce: string; p_key: string }
  expect([name, args]).toEqual([
    'choose_calendar',
    { p_folio: 'JO-2026-000001-2', p_secret: 's3', p_nonce, p_key: await calendarKey('s3', p_nonce) },
  ])
  expect(page.get('a').attributes('href')).toMatch(new RegExp(`^webcal://.*/calendar\\?key=${p_key}$`, 'u'))
  expect(page.text()).toContain(words.private)
})

test('an address of before is shown again on any phone with the link, and is ended there', async () => {
  const { page, press } = await open(NONCE)
  await vi.waitFor(() => page.get('a'))
  expect(page.get('a').attributes('href')).toContain(await calendarKey('s3', NONCE))
  expect(rpc).not.toHaveBeenCalled()
  await press(words.end)
  await vi.waitFor(() => expect(page.get('[role=status]').text()).toBe(words.ended))
  expect(rpc.mock.calls[0]![1]).toEqual({ p_folio: 'JO-2026-000001-2', p_secret: 's3' })
  expect(page.find('a').exists()).toBe(false)
})

test('without a signal the address stays as it was, and the card says so', async () => {
  rpc.mockRejectedValue(new Fault('offline', true))
  const { page, press } = await open(NONCE)
  await vi.waitFor(() => page.get('a'))
  await press(words.end)
  await vi.waitFor(() => expect(page.get('[role=alert]').text()).toBe(words.offline))
  expect(page.get('a').attributes('href')).toContain('webcal:')
})
