// @vitest-environment happy-dom
/** The scanning page: what it says without camera or decoder, its verdicts, and its tools. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextTick, ref } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { ScannerState } from '@/media/codes/useScanner'
import DoorScan from './DoorScan.vue'
import type { Door } from './useDoor'
import { t } from './words'

const state = ref<ScannerState>('watching')
const [torch, canTurn, facing] = [ref<boolean | null>(null), ref(false), ref('environment')]
const { signal, onCodeOf } = vi.hoisted(() => ({
  signal: vi.fn(),
  onCodeOf: { now: (text: string): Promise<void> => Promise.reject(new Error(text)) },
}))
const [turn, switchTorch, start] = [vi.fn(), vi.fn(), vi.fn()]
vi.mock('@/media/codes/useScanner', () => ({
  useScanner: (_: unknown, onCode: (text: string) => Promise<void>) => {
    onCodeOf.now = onCode
    return { state, torch, canTurn, facing, turn, switchTorch, start }
  },
}))
vi.mock('./signals', async (original) => ({ ...(await original<object>()), signal }))

beforeEach(() => {
  setActivePinia(createPinia())
  localStorage.clear()
  signal.mockReset()
  state.value = 'watching'
})
afterEach(() => vi.useRealTimers())

const FOLIO = 'JO-2026-000042-6'
async function open() {
  const line = { submission_id: 's1', folio: FOLIO, name: 'Ana Prueba', body: 'Secretaría', pass_hash: null }
  const people = ref([{ line, state: 'waiting', at: null, op: null }])
  const read = { refresh: () => Promise.resolve() }
  const door = {
    jornadaId: 'd1',
    people,
    kept: ref(null),
    marked: ref(null),
    isExit: ref(false),
    read,
    personOf: () => people.value[0],
  }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:x(.*)*', name: 'staff-door-day', component: {} }],
  })
  const page = mount(DoorScan, { props: { door: door as unknown as Door }, global: { plugins: [router] } })
  await flushPromises()
  const button = (text: string) => page.findAll('button').find((one) => one.text() === text)
  return { page, button }
}

test.each<[ScannerState, boolean, Parameters<typeof t>[0]]>([
  ['denied', true, 'camera.denied'],
  ['missing', true, 'camera.missing'],
  ['busy', true, 'camera.busy'],
  ['no_decoder', true, 'camera.no_decoder'],
  ['no_decoder', false, 'camera.no_decoder_offline'],
])(
  'when the scanner is %s (online: %s) the page says why, offers the list and another try',
  async (now, online, word) => {
    state.value = now
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(online)
    dispatchEvent(new Event('online'))
    const { page, button } = await open()
    expect(page.get('[role=alert]').text()).toContain(t(word))
    expect(page.text()).toContain(t('camera.instead'))
    await button(t('camera.again'))!.trigger('click')
    expect(start).toHaveBeenCalled()
  },
)

test('a verdict fills the page with sound and words until the next pass is asked for', async () => {
  const { page, button } = await open()
  await onCodeOf.now('https://ejemplo.mx/menu')
  await nextTick()
  expect(page.get('[data-outcome]').classes()).toContain('verdict-bad')
  expect(page.text()).toContain(t('outcome.not_a_pass'))
  expect(signal).toHaveBeenCalledExactlyOnceWith('bad', false)
  await button(t('verdict.next'))!.trigger('click')
  expect(page.find('[data-outcome]').exists()).toBe(false)
})

test('sound can be switched off, and lamp and other camera are offered where there are', async () => {
  const { button } = await open()
  await button(t('scan.sound_off'))!.trigger('click')
  await onCodeOf.now('https://ejemplo.mx/menu')
  await nextTick()
  expect(signal).toHaveBeenCalledExactlyOnceWith('bad', true)
  expect([button(t('scan.torch_on')), button(t('scan.front'))]).toEqual([undefined, undefined])
  ;[torch.value, canTurn.value] = [false, true]
  await nextTick()
  await button(t('scan.torch_on'))!.trigger('click')
  await button(t('scan.front'))!.trigger('click')
  expect([switchTorch.mock.calls.length, turn.mock.calls.length]).toEqual([1, 1])
})
