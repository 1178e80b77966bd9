/** The store of the files of insumos: which upload a chosen file goes on with. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useInsumoFilesStore } from './filesStore'

interface Known {
  id: string
  convocatoria_id: string
}
const { known, asked } = vi.hoisted(() => ({ known: [] as Known[], asked: [] as string[] }))
const waiting = {
  kind: 'figures',
  mime: 'text/csv',
  bytes: 3,
  sha256: 'a'.repeat(64),
  refusal: null,
  facts: {},
}

vi.mock('@/data/staff/client', () => ({
  answerOf: (call: Promise<unknown>) => call,
  supabase: {
    rpc: (_: string, { p_convocatoria }: { p_convocatoria: string }) => {
      asked.push(p_convocatoria)
      return Promise.resolve({ items: known.filter((file) => file.convocatoria_id === p_convocatoria) })
    },
  },
}))
vi.mock('./prepare', () => ({ prepareFile: () => Promise.resolve({ ...waiting, bytes: new Uint8Array(3) }) }))
vi.mock('./upload', () => ({
  announceFile: (convocatoria_id: string, id: string) => {
    const file = { ...waiting, id, convocatoria_id, status: 'waiting', arrived: false }
    known.push(file)
    return Promise.resolve(file)
  },
  uploadFile: () => Promise.resolve(),
}))

beforeEach(() => {
  setActivePinia(createPinia())
  known.length = 0
  asked.length = 0
})
afterEach(() => vi.useRealTimers())

const checked = (convocatoria_id: string) => ({
  ...waiting,
  id: convocatoria_id,
  convocatoria_id,
  status: 'waiting',
  arrived: true,
})

test('a file that was cut off goes on under its id for its campaign, and gets a new one for another campaign', async () => {
  const store = useInsumoFilesStore()
  const { id } = await store.add('one', new Blob(['1,2']))
  expect((await store.add('one', new Blob(['1,2']))).id).toBe(id)
  expect((await store.add('two', new Blob(['1,2']))).id).not.toBe(id)
})

test('a file whose check never ends is asked about ever more rarely, and after an hour no more', async () => {
  vi.useFakeTimers()
  known.push(checked('one'))
  const store = useInsumoFilesStore()
  await store.refresh('one')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked.length).toBeGreaterThan(5)
  expect(asked.length).toBeLessThan(12)
  await vi.advanceTimersByTimeAsync(3_600_000)
  const { length } = asked
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(asked).toHaveLength(length)
  await store.refresh('one')
  await vi.advanceTimersByTimeAsync(4_000)
  expect(asked).toHaveLength(length + 2)
})

test('a file of another campaign that is being checked starts no questions about this one', async () => {
  vi.useFakeTimers()
  known.push(checked('one'))
  const store = useInsumoFilesStore()
  await store.refresh('one')
  await store.refresh('two')
  await vi.advanceTimersByTimeAsync(600_000)
  expect(asked).toEqual(['one', 'two'])
})
