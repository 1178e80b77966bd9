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
const witness = (of: Store) => JSON.parse(of.getItem('convoca.kept') ?? 'null') as unknown

let lost: KeptCounts | null
onLost((next) => (lost = next))

let store: Store
beforeEach(async () => {
  await evict()
  store = new Store()
  forgetLost(store)
})

const item = (id: string) =>
  saveItem({ id, kind: 'videos', convocatoria_id: 'c1', title: id, secret: 's', folio: null, created_at: '' })

/** A phone with one draft, one unsent submission, and two received ones, one of them without its video. */
async function fill(): Promise<void> {
  await createDraft(campaign, 'd')
  for (const id of ['here', 'whole', 'half']) await item(id)
  await db.outbox.add({ op_id: 'o', entity_id: 'here', kind: 'video.submit', actor: null } as never)
  await db.media.add({ id: 'm', submission_id: 'half', state: 'sealed' } as never)
}

const COUNTS = { arrived: 2, partly: 1, unsent: 1, drafts: 1 }
const HELD = { here: 'unsent', whole: 'arrived', half: 'partly', 'draft:d': 'draft' }
const untilHeld = (held: object) => vi.waitFor(() => expect(witness(store)).toEqual(held), PATIENT)

test('the witness follows the database and has ids alone', async () => {
  const stop = await startEvictionCheck(store)
  await fill()
  await untilHeld(HELD)
  stop()
})

test('an eviction is reported until the person has read about it, and the witness starts again', async () => {
  const stop = await startEvictionCheck(store)
  await fill()
  await untilHeld(HELD)
  stop()
  await evict()
  const again = await startEvictionCheck(store)
  expect(lost).toEqual(COUNTS)
  await untilHeld({})
  again()
  await startEvictionCheck(store).then((end) => end())
  expect(lost, 'a closed tab does not count as read').toEqual(COUNTS)
  forgetLost(store)
  await startEvictionCheck(store).then((end) => end())
  expect(lost).toBeNull()
})

test('an open form that saves its draft again does not hide what else was evicted', async () => {
  const stop = await startEvictionCheck(store)
  await createDraft(campaign, 'd')
  await item('here')
  await db.outbox.add({ op_id: 'o', entity_id: 'here', kind: 'propuesta.submit', actor: null } as never)
  await untilHeld({ here: 'unsent', 'draft:d': 'draft' })
  await evict()
  await createDraft(campaign, 'd') // the form is still open and saves what it shows
  const unsent = { arrived: 0, partly: 0, unsent: 1, drafts: 0 }
  await vi.waitFor(() => expect(lost).toEqual(unsent), PATIENT)
  await untilHeld({ 'draft:d': 'draft' })
  stop()
  await startEvictionCheck(store).then((end) => end())
  expect(lost, 'after a reload').toEqual(unsent)
})

test('a draft that comes back after its loss was noticed is not called lost', async () => {
  const stop = await startEvictionCheck(store)
  await fill()
  await untilHeld(HELD)
  stop()
  await evict()
  const again = await startEvictionCheck(store)
  expect(lost).toEqual(COUNTS)
  await createDraft(campaign, 'd')
  await vi.waitFor(() => expect(lost).toEqual({ ...COUNTS, drafts: 0 }), PATIENT)
  again()
})

test('the counts that an earlier version kept are reported', async () => {
  store.setItem('convoca.kept', JSON.stringify(COUNTS))
  await startEvictionCheck(store).then((end) => end())
  expect(lost).toEqual(COUNTS)
})

test('a person who discards everything gets no report of an eviction', async () => {
  const stop = await startEvictionCheck(store)
  await createDraft(campaign, 'd')
  await untilHeld({ 'draft:d': 'draft' })
  stop()
  await discardDraft('d') // the witness is old, but the presence row is still in the database
  await startEvictionCheck(store).then((end) => end())
  expect(lost).toBeNull()
})

test.each([
  ['no witness', null],
  ['a witness of nothing', '{}'],
  ['counts of zero', JSON.stringify({ arrived: 0, partly: 0, unsent: 0, drafts: 0 })],
  ['another app’s JSON', '{"a":1}'],
  ['broken JSON', '{'],
])('an empty database and %s in `localStorage` report no eviction', async (_, text) => {
  if (text !== null) store.setItem('convoca.kept', text)
  await startEvictionCheck(store).then((end) => end())
  expect(lost).toBeNull()
})

test('the check works in a browser that denies access to `localStorage`', async () => {
  const broken = () => {
    throw new DOMException('denied', 'SecurityError')
  }
  const stop = await startEvictionCheck({ getItem: broken, setItem: broken, removeItem: broken })
  expect(lost).toBeNull()
  stop()
})
