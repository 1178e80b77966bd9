import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createAutosave, SAVE_DELAY_MS } from './useAutosave'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function recorder() {
  const saved: string[] = []
  const save = async (answers: { body: string }) => void saved.push(answers.body)
  return { saved, autosave: createAutosave({ body: '' }, save) }
}

test('typing without pause is stored every quarter of a second all the same', async () => {
  const { saved, autosave } = recorder()
  for (let ms = 0; ms <= 1000; ms += 50) {
    autosave.change({ body: `${ms}` })
    await vi.advanceTimersByTimeAsync(50)
  }
  await vi.advanceTimersByTimeAsync(SAVE_DELAY_MS)
  expect(saved.length).toBeGreaterThanOrEqual(4)
  expect(saved.at(-1)).toBe('1000')
  expect(autosave.state.value).toBe('saved')
})

test('a flush stores at once what is on the screen, and only once', async () => {
  const { saved, autosave } = recorder()
  autosave.change({ body: 'hola' })
  await autosave.flush()
  await autosave.flush()
  await vi.advanceTimersByTimeAsync(1000)
  expect(saved).toEqual(['hola'])
})

test('a write that fails is told, keeps the answers, and goes with the next', async () => {
  const save = vi.fn<(answers: { body: string }) => Promise<void>>().mockRejectedValueOnce(new Error('full'))
  const autosave = createAutosave({ body: '' }, save)
  autosave.change({ body: 'hola' })
  await autosave.flush()
  expect(autosave.state.value).toBe('failed')
  expect(autosave.answers.value.body).toBe('hola')
  await autosave.flush()
  expect(save).toHaveBeenLastCalledWith(expect.objectContaining({ body: 'hola' }))
  expect(autosave.state.value).toBe('saved')
})

test('once closed, nothing is written any more', async () => {
  const { saved, autosave } = recorder()
  autosave.change({ body: 'hola' })
  autosave.close()
  await autosave.flush()
  await vi.advanceTimersByTimeAsync(1000)
  expect(saved).toEqual([])
})
