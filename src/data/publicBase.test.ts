import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { db } from './db'
import {
  getConvocatoria,
  getConvocatoriaById,
  getInsumos,
  getMunicipalities,
  getNotice,
  listNotices,
} from './publicBase'

const put = (entity: string, id: string, row: object, scope = 'public') =>
  db.base.put({ scope, entity, id, row: { id, ...row } })

beforeEach(() => db.base.clear())

test('a campaign is found by slug and by id', async () => {
  await put('convocatoria', 'c1', { slug: 'uno' })
  await put('convocatoria', 'c2', { slug: 'dos' })
  expect(await getConvocatoria('dos')).toMatchObject({ id: 'c2' })
  expect(await getConvocatoriaById('c1')).toMatchObject({ slug: 'uno' })
  expect(await getConvocatoria('tres')).toBeUndefined()
})

test('a campaign’s inputs are listed by position, without those of other campaigns', async () => {
  await put('insumo', 'a', { convocatoria_id: 'c1', position: 2 })
  await put('insumo', 'b', { convocatoria_id: 'c1', position: 1 })
  await put('insumo', 'c', { convocatoria_id: 'c2', position: 0 })
  expect((await getInsumos('c1')).map((row) => row.id)).toEqual(['b', 'a'])
})

test('notices and municipalities are read from the public scope only', async () => {
  await put('notice', 'n1', { published_on: '2026-01-01' })
  await put('notice', 'n2', { published_on: '2026-02-01' })
  await put('notice', 'n3', { published_on: '2026-03-01' }, 'mine:n3')
  await put('catalog', 'municipalities', { items: [], attribution: 'INEGI' })
  expect((await listNotices()).map((row) => row.id)).toEqual(['n2', 'n1'])
  expect(await getNotice('n1')).toMatchObject({ id: 'n1' })
  expect(await getMunicipalities()).toMatchObject({ attribution: 'INEGI' })
})
