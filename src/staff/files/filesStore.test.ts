/** The store of the files of insumos: which upload a chosen file goes on with. */
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { useInsumoFilesStore } from './filesStore'

interface Known {
  id: string
  convocatoria_id: string
}
const { known } = vi.hoisted(() => ({ known: [] as Known[] }))
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
    rpc: (_: string, { p_convocatoria }: { p_convocatoria: string }) =>
      Promise.resolve({ items: known.filter((file) => file.convocatoria_id === p_convocatoria) }),
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
})

test('a file that was cut off goes on under its id for its campaign, and gets a new one for another campaign', async () => {
  const store = useInsumoFilesStore()
  const { id } = await store.add('one', new Blob(['1,2']))
  expect((await store.add('one', new Blob(['1,2']))).id).toBe(id)
  expect((await store.add('two', new Blob(['1,2']))).id).not.toBe(id)
})
