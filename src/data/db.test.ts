import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { ConvocaDb, db, onDbTrouble, type DbTrouble } from './db'
import { createDraft } from './drafts'

test('an old tab steps aside for a newer schema, says so, and writes nothing more', async () => {
  const told: DbTrouble[] = []
  onDbTrouble((trouble) => told.push(trouble))
  await createDraft({ id: 'c1', kind: 'propuestas', title: 'Consulta' }, 'a')
  const newer = new ConvocaDb()
  newer.version(2).stores({ media: 'id' })
  await newer.open()
  expect(told).toEqual(['reload'])
  expect(await newer.drafts.get('a'), 'what was saved is in the new one').toMatchObject({ id: 'a' })
  await expect(createDraft({ id: 'c1', kind: 'propuestas', title: 'Consulta' })).rejects.toMatchObject({
    code: 'storage_closed',
  })
  const late: DbTrouble[] = []
  onDbTrouble((trouble) => late.push(trouble))
  expect(late, 'who asks later hears it too').toEqual(['reload'])
  newer.close()
  expect(db.isOpen()).toBe(false)
})
