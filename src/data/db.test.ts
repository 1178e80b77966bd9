import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { expect, test } from 'vitest'
import { ConvocaDb, db, onDbTrouble, type DbTrouble } from './db'
import { createDraft } from './drafts'

test('an old tab gives the database up to a newer schema, reports it, and refuses further writes', async () => {
  const reports: (DbTrouble | null)[] = []
  onDbTrouble((trouble) => reports.push(trouble))
  await createDraft({ id: 'c1', kind: 'propuestas', title: 'Consulta' }, 'a')
  const newer = new ConvocaDb()
  newer.version(5).stores({ later: 'id' })
  await newer.open()
  expect(reports).toEqual(['reload'])
  expect(await newer.drafts.get('a'), 'the new schema has the saved draft').toMatchObject({ id: 'a' })
  await expect(createDraft({ id: 'c1', kind: 'propuestas', title: 'Consulta' })).rejects.toMatchObject({
    code: 'storage_closed',
  })
  const late: (DbTrouble | null)[] = []
  onDbTrouble((trouble) => late.push(trouble))
  expect(late, 'a later listener gets it too').toEqual(['reload'])
  newer.close()
  expect(db.isOpen()).toBe(false)
})

/** The schema of version 1. */
const FIRST = {
  meta: 'key',
  cursors: 'scope',
  base: '[scope+entity+id], [scope+entity]',
  overlay: 'op_id, entity_id',
  outbox: '++seq, &op_id, entity_id, state',
  drafts: 'id',
  items: 'id',
  leases: 'name',
  auth: 'key',
}

test('a database of version 1 is migrated with its outbox and stores videos', async () => {
  const op = {
    op_id: 'o1',
    entity_id: 's1',
    kind: 'propuesta.submit',
    state: 'queued',
    payload: { body: 'x' },
  }
  const old = new Dexie('old')
  old.version(1).stores(FIRST)
  await old.table('outbox').add({ ...op })
  await old.table('outbox').add({ ...op, op_id: 'o2', actor: null })
  await old.table('outbox').add({ ...op, op_id: 'o3', actor: 'member' })
  await old.table('items').add({ id: 's1', secret: 'k' })
  old.close()
  const now = new ConvocaDb('old')
  expect(await now.outbox.get(1)).toEqual({ ...op, seq: 1 })
  const staffs = await now.outbox.where('actor').above('').toArray()
  expect(
    staffs.map(({ op_id }) => op_id),
    'the index `actor` finds the staff op',
  ).toEqual(['o3'])
  expect(await now.items.get('s1')).toMatchObject({ secret: 'k' })
  await now.mediaChunks.add({ media_id: 'm1', seq: 0, data: new ArrayBuffer(3) })
  expect((await now.mediaChunks.get(['m1', 0]))?.data.byteLength).toBe(3)
  now.close()
})
