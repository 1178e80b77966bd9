import { expect, test } from 'vitest'
import type { StaffItem } from '@/domain/staffRows'
import { registerStaffKinds } from '../kinds'
import { countKept, filterKept, keptSince } from './keptQueue'

const TODO = { show: 'todo', kind: null, convocatoria: null } as const
const item = (id: string, change: Record<string, unknown> = {}) =>
  ({
    id,
    folio: `PR-2026-00000${id}-7`,
    kind: 'propuestas',
    convocatoria_id: 'c1',
    state: 'received',
    excerpt: '',
    part_label: null,
    display_name: 'Íñigo',
    content: { body: 'Más árboles en la plaza' },
    ...change,
  }) as unknown as StaffItem
const items = [
  item('1'),
  item('2', { state: 'correction_requested' }),
  item('3', { state: 'accepted', kind: 'videos', convocatoria_id: 'c2', content: { title: 'Mi río' } }),
  item('4', { state: 'rejected' }),
]
const ids = (list: StaffItem[]) => list.map(({ id }) => id).join('')

test.each([
  [TODO, '', '13'],
  [{ ...TODO, show: 'all' }, '', '1234'],
  [{ ...TODO, show: 'correction_requested' }, '', '2'],
  [{ ...TODO, kind: 'videos' }, '', '3'],
  [{ ...TODO, convocatoria: 'c1' }, '', '1'],
  [TODO, 'ARBOLES en', '1'],
  [TODO, 'rio', '3'],
  [TODO, '000003-7', '3'],
  [TODO, 'iñigo', ''], // neither this search nor the server's looks at names
  [TODO, '  ', '13'],
  [TODO, 'PR–2026–000003–7', '3'],
] as const)('the filter %j with the search «%s» finds «%s»', (filter, search, expected) =>
  expect(ids(filterKept(items, filter, search))).toBe(expected),
)

test.each(['issstezac', 'inst. zacatecas', 'Seg y Servicios'])(
  '«%s» finds a registration by its body',
  (search) => {
    const body_name =
      'Instituto de Seguridad y Servicios Sociales de los Trabajadores del Estado de Zacatecas'
    expect(ids(filterKept([...items, item('5', { content: { body_name } })], TODO, search))).toBe('5')
  },
)

test('the counts by state respect the chosen kind and campaign, and ignore the search', () => {
  expect(countKept(items, TODO)).toEqual({ received: 1, correction_requested: 1, accepted: 1, rejected: 1 })
  expect(countKept(items, { ...TODO, convocatoria: 'c2' })).toEqual({ accepted: 1 })
})

test('what an older version kept of a kind on which nobody decides is neither listed nor counted', () => {
  registerStaffKinds([{ kind: 'jornadas', isModerated: false }] as unknown as Parameters<
    typeof registerStaffKinds
  >[0])
  const held = [item('1'), item('2', { kind: 'jornadas' })]
  expect(ids(filterKept(held, { ...TODO, show: 'all' }, ''))).toBe('1')
  expect(countKept(held, TODO)).toEqual({ received: 1 })
})

test('a copy is as old as its oldest campaign, and has no age while one of them is incomplete', () => {
  const [early, late] = ['2026-11-26T09:40:00Z', '2026-11-26T10:00:00.5Z']
  const scopes = { c1: { at: late, partial: false }, c2: { at: early, partial: false } }
  expect(keptSince({ scopes })).toBe(early)
  expect(keptSince({ scopes: { ...scopes, c3: { at: null, partial: false } } })).toBeNull()
  expect(keptSince({ scopes: {} })).toBeNull()
})
