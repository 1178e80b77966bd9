// @vitest-environment happy-dom
/** The word «Guardado» on a slow disk: it stands only for the text that a completed transaction holds. */
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, watch } from 'vue'
import { db } from './db'
import type { TextPlace } from './sharedText'
import { useSharedText } from './useSharedText'

const SLOW_MS = 40
const KEY = 'form'
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const place: TextPlace<string> = {
  tables: [db.meta],
  read: async () => (await db.meta.get(KEY))?.value as string | undefined,
  async write(text) {
    await db.meta.put({ key: KEY, value: text })
    return text
  },
  move: () => undefined,
}

/** What the last completed transaction holds. */
let onDisk: string | undefined
beforeEach(async () => {
  await db.meta.clear()
  onDisk = undefined
  const commit = db.transaction.bind(db) as (...given: unknown[]) => Promise<unknown>
  vi.spyOn(db, 'transaction').mockImplementation(((...given: unknown[]) =>
    commit(...given).then(async (result) => {
      await pause(SLOW_MS) // the flush of a slow disk: only then is the transaction complete
      onDisk = result as string
      return result
    })) as never)
})
afterEach(() => vi.restoreAllMocks())

test('each letter changes «Guardado» at once, and it returns only for exactly the text on disk', async () => {
  let text = ''
  const wrong: string[] = []
  const scope = effectScope()
  const form = scope.run(() => useSharedText(place, { current: () => text, adopt: () => undefined }))!
  form.shared.open(undefined)
  const until = (state: string) => vi.waitFor(() => expect(form.state.value).toBe(state), { timeout: 20_000 })
  const look = () => form.state.value === 'saved' && onDisk !== text && wrong.push(text)
  watch(form.state, look, { flush: 'sync' })
  for (const [at, letter] of [...'Que los talleres lleguen a los pueblos.'].entries()) {
    text += letter
    form.touch()
    look()
    if (at % 3 === 0) void form.flush() // as when a field is left
    await pause((at * 7) % 25)
    if (at % 13 === 12) await until('saved') // the next letter comes under the word
    look()
  }
  await until('saved')
  expect([wrong, onDisk]).toEqual([[], text])
  scope.stop()
})
