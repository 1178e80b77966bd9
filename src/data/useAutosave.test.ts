import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createAutosave, SAVE_DELAY_MS } from './useAutosave'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A field over a list of what was stored of it. */
function recorder(save?: (text: string) => Promise<void>) {
  const saved: string[] = []
  let text = ''
  const autosave = createAutosave(async () => {
    await save?.(text)
    saved.push(text)
  })
  const type = (next: string) => {
    text = next
    autosave.touch()
  }
  return { saved, autosave, type }
}
const full = () => new Error('full')

test('typing without pause is stored every quarter of a second all the same', async () => {
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

test('a flush stores at once what is on the screen, and only once', async () => {
  const { saved, autosave, type } = recorder()
  type('hola')
  expect(autosave.state.value).toBe('saving')
  expect(await autosave.flush()).toBe(true)
  await autosave.flush()
  await vi.advanceTimersByTimeAsync(1000)
  expect(saved).toEqual(['hola'])
})

test('a write that fails is told until one succeeds, and what it held goes with the next', async () => {
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

test('what is typed during a write is not called saved before it is', async () => {
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

test('what went on its way is not written again, nor is its failed write told', async () => {
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

test('what is typed after settling is written', async () => {
  const { saved, autosave, type } = recorder()
  type('uno')
  autosave.settle()
  type('dos')
  await vi.advanceTimersByTimeAsync(SAVE_DELAY_MS)
  expect(saved).toEqual(['dos'])
})
