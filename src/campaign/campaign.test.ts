import { expect, test } from 'vitest'
import type { Change } from '@/domain/pull'
import { campaignAmong } from './campaign'

const put = (entity: string, id: string, row: object): Change => ({
  entity,
  id,
  op: 'put',
  row: { id, ...row },
})
const CHANGES: readonly Change[] = [
  put('convocatoria', 'b', { slug: 'otra', notice_id: 'm' }),
  put('convocatoria', 'c', { slug: 'consulta', notice_id: 'n' }),
  put('insumo', 'i2', { convocatoria_id: 'c', position: 2 }),
  put('insumo', 'i3', { convocatoria_id: 'b', position: 1 }),
  put('insumo', 'i1', { convocatoria_id: 'c', position: 1 }),
  put('notice', 'm', {}),
  put('notice', 'n', {}),
  put('catalog', 'municipalities', { items: [] }),
  { entity: 'convocatoria', id: 'd', op: 'remove' },
]

test('a campaign among public rows has its own inputs by position, its notice and the municipalities', () => {
  const found = campaignAmong(CHANGES, 'consulta')
  expect(found?.convocatoria.id).toBe('c')
  expect(found?.insumos.map(({ id }) => id)).toEqual(['i1', 'i2'])
  expect([found?.notice?.id, found?.municipalities?.items]).toEqual(['n', []])
})

test('an unknown campaign is not found among public rows', () => {
  expect(campaignAmong(CHANGES, 'd')).toBeNull()
})
