import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createAutosave, SAVE_DELAY_MS } from './useAutosave'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A field with autosave. `saved` has the written values. */
function recorder(save?: (text: string) => Promise<void>) {
  const saved: string[] = []
  let text = ''
  const autosave = createAutosave(async () => {
    await save?.(text)
    saved.push(text)
    return true
  })
  const type = (next: string) => {
    text = next
    autosave.touch()
  }
  return { saved, autosave, type }
}
const full = () => new Error('full')

test('typing without a pause is saved every quarter of a second', async () => {
  const { saved, autosave, type } = recorder()
  for (let ms = 0; ms <= 1000; ms += 50) {
    type(`${ms}`)
    await vi.advanceTimersByTimeAsync(50)
  }
  await vi.advanceTimersByTimeAsync(SAVE_DELAY_MS)
  expect(saved.length).toBeGreaterThanOrEqual(4)
  expect(saved.at(-1)).toBe('1000')
  expect(autosave.state.value).toBe('saved')
})

test('a flush saves the field at once, and only once', async () => {
  const { saved, autosave, type } = recorder()
  type('hola')
  expect(autosave.state.value).toBe('saving')
  expect(await autosave.flush()).toBe(true)
  await autosave.flush()
  await vi.advanceTimersByTimeAsync(1000)
  expect(saved).toEqual(['hola'])
})

test('after a failed write the state is `failed` until a write succeeds, which saves everything', async () => {
  const save = vi.fn<(text: string) => Promise<void>>().mockRejectedValueOnce(full())
  const { saved, autosave, type } = recorder(save)
  type('hola')
  expect([await autosave.flush(), autosave.state.value]).toEqual([false, 'failed'])
  type('hola a')
  expect(autosave.state.value).toBe('failed')
  expect([await autosave.flush(), autosave.state.value]).toEqual([true, 'saved'])
  expect(saved).toEqual(['hola a'])
  autosave.touch()
  expect(autosave.state.value).toBe('saving')
})

test('the state is not `saved` while text typed during a write is unwritten', async () => {
  let end = () => {}
  const save = () => new Promise<void>((resolve) => (end = resolve))
  const { saved, autosave, type } = recorder(save)
  type('a')
  const first = autosave.flush()
  await vi.advanceTimersByTimeAsync(0)
  type('ab')
  end()
  await first
  expect([saved, autosave.state.value]).toEqual([['ab'], 'saving'])
})

test('after settling, a running write that fails is neither reported nor repeated', async () => {
  let fail = () => {}
  const save = () => new Promise<void>((_, reject) => (fail = () => reject(full())))
  const { saved, autosave, type } = recorder(save)
  type('hola')
  const flushed = autosave.flush()
  await vi.advanceTimersByTimeAsync(0)
  autosave.settle()
  fail()
  expect([await flushed, autosave.state.value, saved]).toEqual([true, 'idle', []])
})

test('text typed after settling is saved', async () => {
  const { saved, autosave, type } = recorder()
  type('uno')
  autosave.settle()
  type('dos')
  await vi.advanceTimersByTimeAsync(SAVE_DELAY_MS)
  expect(saved).toEqual(['dos'])
})

test('a save that writes nothing is not `saved`', async () => {
  const autosave = createAutosave(async () => false)
  autosave.touch()
  expect([await autosave.flush(), autosave.state.value]).toEqual([false, 'failed'])
})
