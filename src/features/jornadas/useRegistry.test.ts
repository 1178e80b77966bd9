// @vitest-environment happy-dom
/** The registry of bodies as the form gets it: whole, by parts, or as an older version of the app kept it. */
import { effectScope } from 'vue'
import { beforeEach, expect, test, vi } from 'vitest'
import { rpcGet } from '@/data/rpc'
import { Fault } from '@/domain/fault'
import type { Registry } from './registration'
import { useRegistry } from './useRegistry'

vi.mock('@/data/rpc', () => ({ rpcGet: vi.fn() }))

const CLASSES = [{ key: 'ayuntamiento', name: 'Ayuntamientos' }]
const body = (name: string) => ({
  id: name,
  name,
  acronym: null,
  class_key: 'ayuntamiento',
  municipality: null,
})
const answers = new Map<string | undefined, Registry | Fault>()

beforeEach(() => {
  answers.clear()
  vi.mocked(rpcGet).mockImplementation(((_fn: string, { p_within }: { p_within?: string }) => {
    const answer = answers.get(p_within) ?? new Fault('offline', true)
    return answer instanceof Fault ? Promise.reject(answer) : Promise.resolve(answer)
  }) as never)
})

const read = async () => {
  const registry = effectScope().run(() => useRegistry())!
  await vi.waitFor(() => expect(registry.state.value).not.toBe('waiting'))
  return { state: registry.state.value, names: registry.value.value?.items.map(({ name }) => name) }
}

test('a registry of one answer is read by one call', async () => {
  answers.set('', { classes: CLASSES, items: [body('Toluca'), body('Zumpango')] })
  expect(await read()).toEqual({ state: 'ready', names: ['Toluca', 'Zumpango'] })
  expect(rpcGet).toHaveBeenCalledTimes(1)
})

test('a large registry is read by its parts, and stands in the order of names', async () => {
  answers.set('', { classes: CLASSES, items: [], parts: ['0', '1'] })
  answers.set('0', { classes: CLASSES, items: [body('Toluca')] })
  answers.set('1', { classes: CLASSES, items: [body('Ácambay'), body('Zumpango')] })
  expect(await read()).toEqual({ state: 'ready', names: ['Ácambay', 'Toluca', 'Zumpango'] })
})

test('a part that cannot be read leaves the registry unread', async () => {
  answers.set('', { classes: CLASSES, items: [], parts: ['0', '1'] })
  answers.set('0', { classes: CLASSES, items: [body('Toluca')] })
  expect(await read()).toEqual({ state: 'offline', names: undefined })
})

test('without signal the registry that version 0.1 kept serves', async () => {
  answers.set(undefined, { classes: CLASSES, items: [body('Toluca')] })
  expect(await read()).toEqual({ state: 'ready', names: ['Toluca'] })
  answers.set('', new Fault('server', true))
  expect(await read()).toEqual({ state: 'failed', names: undefined })
})
