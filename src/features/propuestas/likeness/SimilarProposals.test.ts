// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeDigest } from '../../../../tests/support/likeness/makeDigest'
import { material } from '@/campaign/testing/material'
import { Fault } from '@/domain/fault'
import SimilarProposals from './SimilarProposals.vue'

const { rpcGet, kept } = vi.hoisted(() => ({
  rpcGet: vi.fn<(...args: unknown[]) => Promise<unknown>>(),
  kept: vi.fn<() => Promise<unknown[]>>(),
}))
vi.mock('@/data/rpc', () => ({ rpc: vi.fn<() => Promise<unknown>>(), rpcGet }))
vi.mock('@/data/keptAnswers', () => ({ keptAnswers: kept }))

const FIRST = 'Que el ayuntamiento publique el calendario para componer las luminarias de cada colonia.'
const ALIKE = 'Las lámparas de mi barrio no prenden, digan qué día vienen a arreglar los focos.'
const FOLIO = 'PR-2026-000001-5'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  rpcGet.mockReset().mockResolvedValue(makeDigest([FIRST, 'Un registro público de pipas y cuánto cuestan.']))
  kept.mockReset().mockResolvedValue([])
})
afterEach(() => vi.useRealTimers())

async function show(text: string) {
  const hints = mount(SimilarProposals, {
    props: { text, material },
    global: {
      stubs: { RouterLink: { props: ['to'], template: '<a :href="to"><slot /></a>' }, SupportControl: true },
    },
  })
  await settle()
  return hints
}
async function settle() {
  for (let turn = 0; turn < 40; turn++) await vi.advanceTimersByTimeAsync(50)
  await flushPromises()
}

test('a published proposal that says the same is shown by its folio, with the words they share and a link', async () => {
  const hints = await show(ALIKE)
  expect(hints.find('h2').text()).toBe('¿Dice lo mismo que la tuya?')
  expect(hints.find('[role=status]').text()).toBe('Hay una propuesta publicada parecida a la tuya.')
  expect(hints.find('h3').text()).toBe(FOLIO)
  expect(hints.text()).toContain('Se parecen en: arreglar, focos, lamparas')
  expect(hints.find('a').attributes('href')).toBe(`/c/consulta/publicadas/${FOLIO}`)
})

test('where this phone has read it, its text is shown', async () => {
  kept.mockResolvedValue([{ items: [{ folio: FOLIO, body: FIRST }], next: null }])
  expect((await show(ALIKE)).text()).toContain(FIRST)
})

test('nothing changes at a key, only after a pause', async () => {
  const hints = await show('Todavía no digo nada')
  expect(hints.find('h2').exists()).toBe(false)
  await hints.setProps({ text: ALIKE })
  await vi.advanceTimersByTimeAsync(300)
  expect(hints.find('h2').exists()).toBe(false)
  await settle()
  expect(hints.find('h3').text()).toBe(FOLIO)
})

test('without a digest there are no hints, and no error', async () => {
  rpcGet.mockRejectedValue(new Fault('offline', true))
  const hints = await show(ALIKE)
  expect([hints.find('h2').exists(), hints.text()]).toEqual([false, ''])
})
