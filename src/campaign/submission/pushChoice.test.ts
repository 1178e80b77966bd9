// @vitest-environment happy-dom
/** Notices on this phone: offered only where the browser can, chosen by the person, and never claimed. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Fault } from '@/domain/fault'
import words from '@/i18n/es-MX/push.json'
import PushChoice from './PushChoice.vue'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args: object) => Promise<unknown>>() }))
vi.mock('@/data/rpc', () => ({ rpc }))
vi.mock('@/data/items', () => ({ getItem: async () => ({ secret: 's3' }) }))

const KEY = 'BAECAw'
const bytes = (...all: number[]) => new Uint8Array(all).buffer
const subscription = {
  endpoint: 'https://fcm.googleapis.com/x',
  getKey: (name: string) => (name === 'auth' ? bytes(1, 2) : bytes(251, 255)),
  options: { applicationServerKey: bytes(4, 1, 2, 3) },
  unsubscribe: vi.fn<() => Promise<boolean>>().mockResolvedValue(true),
}
let has = false
let permission: NotificationPermission = 'granted'
const manager = {
  getSubscription: async () => (has ? subscription : null),
  subscribe: vi.fn<(options: object) => Promise<typeof subscription>>(),
}

beforeEach(() => {
  has = false
  permission = 'granted'
  rpc.mockReset()
  rpc.mockImplementation((_, args) => {
    const { p_wanted, p_endpoint } = args as { p_wanted?: boolean; p_endpoint?: string }
    return Promise.resolve({ key: KEY, on: p_wanted ?? !!p_endpoint })
  })
  manager.subscribe.mockReset()
  manager.subscribe.mockImplementation(() => {
    has = true
    return Promise.resolve(subscription)
  })
  vi.stubGlobal('PushManager', {})
  vi.stubGlobal('Notification', { requestPermission: async () => permission })
  const serviceWorker = { getRegistration: async () => ({ active: {}, pushManager: manager }) }
  Object.defineProperty(navigator, 'serviceWorker', { value: serviceWorker, configurable: true })
})
afterEach(() => vi.unstubAllGlobals())

async function open(usted = false) {
  const page = mount(PushChoice, { props: { id: 'a', folio: 'PR-2026-000001-2', usted } })
  await flushPromises()
  const press = async (text: string) => {
    await page
      .findAll('button')
      .find((one) => one.text() === text)!
      .trigger('click')
    await flushPromises()
  }
  return { page, press }
}
const PROOF = { p_folio: 'PR-2026-000001-2', p_secret: 's3' }
const ENDPOINT = { p_endpoint: subscription.endpoint }

test('a browser without a push service is offered nothing', async () => {
  vi.unstubAllGlobals()
  expect((await open()).page.text()).toBe('')
})

test('whoever asks is subscribed with the key of the server, and can end it for this folio alone', async () => {
  const { page, press } = await open()
  expect(rpc).not.toHaveBeenCalled()
  await press(words.start)
  expect(manager.subscribe).toHaveBeenCalledWith({ userVisibleOnly: true, applicationServerKey: KEY })
  expect(rpc.mock.calls.map(([, args]) => args)).toEqual([
    PROOF,
    { ...PROOF, ...ENDPOINT, p_p256dh: '-_8', p_auth: 'AQI', p_wanted: true },
  ])
  expect(page.text()).toContain(words.on)
  await press(words.stop)
  expect(rpc.mock.lastCall![1]).toEqual({ ...PROOF, ...ENDPOINT, p_wanted: false })
  expect(page.text()).toContain(words.off)
  expect(subscription.unsubscribe).not.toHaveBeenCalled()
})

test('a phone that is told already says so', async () => {
  has = true
  const { page } = await open(true)
  expect(page.text()).toContain(words.on)
})

test('a subscription with a former key of the server is ended first', async () => {
  has = true
  rpc.mockImplementation((_, args) =>
    Promise.resolve({ key: 'BAECBA', on: !!(args as { p_wanted?: boolean }).p_wanted }),
  )
  const { press } = await open()
  await press(words.start)
  expect(subscription.unsubscribe).toHaveBeenCalledOnce()
})

test.each([
  ['denied', (): void => void (permission = 'denied')],
  ['unready', (): void => void rpc.mockResolvedValue({ key: null, on: false })],
  ['unusable', (): void => void manager.subscribe.mockRejectedValue(new Error('AbortError'))],
  ['offline', (): void => void rpc.mockRejectedValue(new Fault('offline', true))],
] as const)('when it is %s, the page says why and claims nothing', async (word, prepare) => {
  prepare()
  const { page, press } = await open()
  await press(words.start)
  expect(page.get('[role=alert]').text()).toBe(words[word])
  expect(page.text()).not.toContain(words.on)
})
