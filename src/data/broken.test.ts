import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { enqueue } from '@/sync/enqueue'
import { submit } from '@/sync/testing/phone'
import { discardBroken, listBroken } from './broken'
import { db, type Draft } from './db'
import { createDraft, listDrafts } from './drafts'
import { collectPortable } from './exportDrafts'
import { saveItem } from './items'
import { breakReading } from './testing/breakReading'
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

test('a draft without its fields is reported as broken, and the other drafts are listed', async () => {
  await createDraft(campaign, 'good')
  await db.drafts.put({ id: 'bad' } as Draft)
  expect(ids(await listDrafts())).toEqual(['good'])
  expect(await listBroken()).toEqual([{ table: 'drafts', id: 'bad' }])
})

test('an unreadable draft is reported, can be discarded, and does not hide the others', async () => {
  await createDraft(campaign, 'good')
  await createDraft(campaign, 'bad')
  const mend = breakReading(db.drafts, ({ id }) => id === 'bad')
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

test('a submission without its secret is reported as broken, and the others are listed', async () => {
  await item('good')
  await db.items.put({ id: 'bad' } as never)
  expect(ids(await listSubmissions())).toEqual(['good'])
  expect(await listBroken()).toEqual([{ table: 'items', id: 'bad' }])
})

test('a submission with an unreadable op is reported as broken, does not stop the export, and can be discarded', async () => {
  await submit('good', { text: 'good' })
  await submit('bad', { text: 'bad' })
  await enqueue(
    { kind: 'review.decide', entity_id: 'bad', payload: {}, actor: 'member' },
    undefined,
    () => undefined,
  )
  const mend = breakReading(db.outbox, ({ payload }) => (payload as { text?: string }).text === 'bad')
  try {
    expect(ids(await listSubmissions())).toEqual(['good'])
    expect(await listBroken()).toEqual([{ table: 'items', id: 'bad' }])
    await expect(collectPortable(false, new Date())).resolves.toBeDefined()
    await discardBroken({ table: 'items', id: 'bad' })
    expect(await listBroken()).toEqual([])
    expect(
      (await db.outbox.toArray()).map(({ kind }) => kind),
      'the staff op on the submission stays',
    ).toEqual(['propuesta.submit', 'review.decide'])
  } finally {
    mend()
  }
})

test('an unreadable row of the base does not make its submission broken', async () => {
  await item('s1')
  await db.base.put({ scope: 'mine:s1', entity: 'submission', id: 's1', row: {} })
  const mend = breakReading(db.base, () => true)
  try {
    expect(await listSubmissions()).toMatchObject([{ id: 's1', row: null }])
    expect(await listBroken()).toEqual([])
  } finally {
    mend()
  }
})

test('discarding a broken submission deletes its rows and videos, and none of another submission', async () => {
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
