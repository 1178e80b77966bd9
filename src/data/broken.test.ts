import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { discardBroken, listBroken } from './broken'
import { db, type Draft } from './db'
import { createDraft, listDrafts } from './drafts'
import { saveItem } from './items'
import { listSubmissions } from './submissions'

beforeEach(() => Promise.all(db.tables.map((table) => table.clear())))

const campaign = { id: 'c1', kind: 'propuestas', title: 'Consulta' } as const
const item = (id: string) =>
  saveItem({
    id,
    kind: 'propuestas',
    convocatoria_id: 'c1',
    title: id,
    secret: 's',
    folio: null,
    created_at: '2026-11-01T00:00:00Z',
  })
const ids = (rows: { id: string }[]) => rows.map(({ id }) => id)

/** As a browser answers for a value it cannot read: `getAll` fails whole, and `get` of that row. */
function breakReading(id: string): () => void {
  const hook = (row: Draft): Draft => {
    if (row?.id === id) throw new DOMException('Failed to read large IndexedDB value', 'DataError')
    return row
  }
  db.drafts.hook('reading', hook)
  return () => db.drafts.hook('reading').unsubscribe(hook)
}

test('a draft without its fields is told as broken, and the others are listed', async () => {
  await createDraft(campaign, 'good')
  await db.drafts.put({ id: 'bad' } as Draft)
  expect(ids(await listDrafts())).toEqual(['good'])
  expect(await listBroken()).toEqual([{ table: 'drafts', id: 'bad' }])
})

test('a row that the browser cannot hand out costs itself only', async () => {
  await createDraft(campaign, 'good')
  await createDraft(campaign, 'bad')
  const mend = breakReading('bad')
  try {
    expect(ids(await listDrafts())).toEqual(['good'])
    expect(await listBroken()).toEqual([{ table: 'drafts', id: 'bad' }])
    await discardBroken({ table: 'drafts', id: 'bad' })
  } finally {
    mend()
  }
  expect(await listBroken()).toEqual([])
  expect(await db.drafts.toCollection().primaryKeys()).toEqual(['good'])
})

test('a submission without its secret, or that cannot be put together, does not stop the list', async () => {
  await item('good')
  await item('unshown')
  await db.items.update('unshown', { convocatoria_id: undefined as never }) // no key of the base
  await db.items.put({ id: 'bad' } as never)
  expect(ids(await listSubmissions())).toEqual(['good'])
  expect(await listBroken()).toEqual([
    { table: 'items', id: 'bad' },
    { table: 'items', id: 'unshown' },
  ])
})

test('discarding a broken submission takes what hangs on it, and nothing of another', async () => {
  await item('other')
  await db.items.put({ id: 'bad' } as never)
  for (const id of ['bad', 'other']) {
    await db.base.put({ scope: `mine:${id}`, entity: 'submission', id, row: {} })
    await db.overlay.put({ op_id: id, entity_id: id, actor: null, row: null, xid: null, at: 0 })
    await db.media.put({ id: `m-${id}`, submission_id: id, state: 'sealed' } as never)
  }
  await discardBroken({ table: 'items', id: 'bad' })
  expect(await listBroken()).toEqual([])
  const left = [
    await db.items.count(),
    await db.base.count(),
    await db.overlay.count(),
    await db.media.count(),
  ]
  expect(left).toEqual([1, 1, 1, 1])
})
