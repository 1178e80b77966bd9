import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { db } from './db'
import { createDraft, discardDraft } from './drafts'
import { saveItem } from './items'
import { startEvictionCheck, forgetLost, onLost, type KeptCounts } from './evictionCheck'

const PATIENT = { timeout: 20_000 }
const campaign = { id: 'c1', kind: 'propuestas', title: 'Consulta' } as const

class Store {
  readonly kept = new Map<string, string>()
  getItem = (key: string) => this.kept.get(key) ?? null
  setItem = (key: string, value: string) => void this.kept.set(key, value)
  removeItem = (key: string) => void this.kept.delete(key)
}

const evict = () => Promise.all(db.tables.map((table) => table.clear()))
const mark = (store: Store) => JSON.parse(store.getItem('convoca.kept') ?? 'null') as unknown

let lost: KeptCounts | null
onLost((counts) => (lost = counts))

let store: Store
beforeEach(async () => {
  await evict()
  store = new Store()
  forgetLost(store)
})

const item = (id: string) =>
  saveItem({ id, kind: 'videos', convocatoria_id: 'c1', title: id, secret: 's', folio: null, created_at: '' })

/** A phone with one draft, one submission that never left, and two that arrived, one without its video. */
async function fill(): Promise<void> {
  await createDraft(campaign, 'd')
  for (const id of ['here', 'whole', 'half']) await item(id)
  await db.outbox.add({ op_id: 'o', entity_id: 'here', kind: 'video.submit', actor: null } as never)
  await db.media.add({ id: 'm', submission_id: 'half', state: 'sealed' } as never)
}

const COUNTS = { arrived: 2, partly: 1, unsent: 1, drafts: 1 }

test('the mark follows what is here, and says nothing of what was written', async () => {
  const stop = await startEvictionCheck(store)
  await fill()
  await vi.waitFor(() => expect(mark(store)).toEqual(COUNTS), PATIENT)
  stop()
})

test('a database that comes back empty is noticed, told until it was read, and then watched anew', async () => {
  const stop = await startEvictionCheck(store)
  await fill()
  await vi.waitFor(() => expect(mark(store)).toEqual(COUNTS), PATIENT)
  stop()
  await evict()
  const again = await startEvictionCheck(store)
  expect(lost).toEqual(COUNTS)
  await vi.waitFor(() => expect(mark(store)).toMatchObject({ arrived: 0 }), PATIENT)
  again()
  await startEvictionCheck(store).then((end) => end())
  expect(lost, 'a closed tab does not count as read').toEqual(COUNTS)
  forgetLost(store)
  await startEvictionCheck(store).then((end) => end())
  expect(lost).toBeNull()
})

test('who throws everything away is not told that the browser did', async () => {
  const stop = await startEvictionCheck(store)
  await createDraft(campaign, 'd')
  await vi.waitFor(() => expect(mark(store)).toMatchObject({ drafts: 1 }), PATIENT)
  stop()
  await discardDraft('d') // with nobody watching: the witness is still here
  await startEvictionCheck(store).then((end) => end())
  expect(lost).toBeNull()
})

test.each([
  ['no mark', null],
  ['a mark of nothing', JSON.stringify({ arrived: 0, partly: 0, unsent: 0, drafts: 0 })],
  ['somebody else’s text', '{"a":1}'],
  ['a broken text', '{'],
])('%s tells of no loss', async (_, text) => {
  if (text !== null) store.setItem('convoca.kept', text)
  await startEvictionCheck(store).then((end) => end())
  expect(lost).toBeNull()
})

test('where the browser keeps no marks nothing breaks', async () => {
  const broken = () => {
    throw new DOMException('denied', 'SecurityError')
  }
  const stop = await startEvictionCheck({ getItem: broken, setItem: broken, removeItem: broken })
  expect(lost).toBeNull()
  stop()
})
