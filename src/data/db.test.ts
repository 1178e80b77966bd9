import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { expect, test } from 'vitest'
import { ConvocaDb, db, onDbTrouble, type DbTrouble } from './db'
import { createDraft } from './drafts'

test('an old tab steps aside for a newer schema, says so, and writes nothing more', async () => {
  const told: (DbTrouble | null)[] = []
  onDbTrouble((trouble) => told.push(trouble))
  await createDraft({ id: 'c1', kind: 'propuestas', title: 'Consulta' }, 'a')
  const newer = new ConvocaDb()
  newer.version(5).stores({ later: 'id' })
  await newer.open()
  expect(told).toEqual(['reload'])
  expect(await newer.drafts.get('a'), 'what was saved is in the new one').toMatchObject({ id: 'a' })
  await expect(createDraft({ id: 'c1', kind: 'propuestas', title: 'Consulta' })).rejects.toMatchObject({
    code: 'storage_closed',
  })
  const late: (DbTrouble | null)[] = []
  onDbTrouble((trouble) => late.push(trouble))
  expect(late, 'who asks later hears it too').toEqual(['reload'])
  newer.close()
  expect(db.isOpen()).toBe(false)
})

/** The tables as version 1 of the app made them. */
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

test('the database of the first version is taken over with its outbox, and takes videos', async () => {
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
    'and the staff’s ops are told apart',
  ).toEqual(['o3'])
  expect(await now.items.get('s1')).toMatchObject({ secret: 'k' })
  await now.mediaChunks.add({ media_id: 'm1', seq: 0, data: new ArrayBuffer(3) })
  expect((await now.mediaChunks.get(['m1', 0]))?.data.byteLength).toBe(3)
  now.close()
})
