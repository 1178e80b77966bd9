import { expect, test } from 'vitest'
import type { StaffItem } from '@/domain/staffRows'
import { registerStaffKinds } from '../kinds'
import { countKept, countTabs, filterKept, keptProgress, keptSince } from './keptQueue'

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
  expect(ids(filterKept(items, filter, search, 'ana'))).toBe(expected),
)

test.each(['issstezac', 'inst. zacatecas', 'Seg y Servicios'])(
  '«%s» finds a registration by its body',
  (search) => {
    const body_name =
      'Instituto de Seguridad y Servicios Sociales de los Trabajadores del Estado de Zacatecas'
    expect(ids(filterKept([...items, item('5', { content: { body_name } })], TODO, search, 'ana'))).toBe('5')
  },
)

test('without signal the same filters, tabs and orders hold', () => {
  const soon = '2020-01-01T00:00:00Z'
  const later = '2999-01-01T00:00:00Z'
  const said = { municipality: '15106', sector: 'academia', part_id: 'p1', helps: 'yes' }
  const held = [
    item('1', { content: said, late: false, answer_by: later, assigned: { id: 'ana', name: 'Ana' } }),
    item('2', { content: { ...said, part_id: null, helps: null }, late: true, answer_by: soon }),
    item('3', {
      content: { pillar: 'agua', sector: 'otro' },
      late: false,
      answer_by: soon,
      state: 'rejected',
    }),
  ]
  const found = (change: object) => ids(filterKept(held, { ...TODO, show: 'all', ...change }, '', 'ana'))
  expect(found({ facets: { municipality: '15106' } })).toBe('12')
  expect(found({ facets: { municipality: '15106', helps: 'yes' } })).toBe('1')
  expect(found({ facets: { part: 'none' } })).toBe('2')
  expect(found({ facets: { part: 'agua' } })).toBe('3')
  expect(found({ facets: { late: 'true' } })).toBe('2')
  expect([found({ order: 'newest' }), found({ order: 'due' }), found({ order: 'late' })]).toEqual([
    '321',
    '231',
    '213',
  ])
  expect([found({ show: 'mine' }), found({ show: 'due' }), found({ show: 'unassigned' })]).toEqual([
    '1',
    '2',
    '2',
  ])
  expect(countTabs(held, TODO, 'ana')).toEqual({ due: 1, mine: 1, unassigned: 1 })
})

test('the counts by state respect the chosen kind and campaign, and ignore the search', () => {
  expect(countKept(items, TODO)).toEqual({ received: 1, correction_requested: 1, accepted: 1, rejected: 1 })
  expect(countKept(items, { ...TODO, convocatoria: 'c2' })).toEqual({ accepted: 1 })
})

test('what an older version kept of a kind on which nobody decides is neither listed nor counted', () => {
  registerStaffKinds([{ kind: 'jornadas', isModerated: false }] as unknown as Parameters<
    typeof registerStaffKinds
  >[0])
  const held = [item('1'), item('2', { kind: 'jornadas' })]
  expect(ids(filterKept(held, { ...TODO, show: 'all' }, '', 'ana'))).toBe('1')
  expect(countKept(held, TODO)).toEqual({ received: 1 })
})

test('a copy is as old as its oldest campaign, and has no age while one of them is incomplete', () => {
  const [early, late] = ['2026-11-26T09:40:00Z', '2026-11-26T10:00:00.5Z']
  const scopes = { c1: { at: late, partial: false }, c2: { at: early, partial: false } }
  expect(keptSince({ scopes })).toBe(early)
  expect(keptSince({ scopes: { ...scopes, c3: { at: null, partial: false } } })).toBeNull()
  expect(keptSince({ scopes: {} })).toBeNull()
})

test('the progress of the first read counts what the open queues still lack, and is unknown before an answer and over after the last', () => {
  const reading = { at: null, partial: false, left: 3 }
  const read = { at: '2026-11-26T10:00:00Z', partial: false }
  expect(keptProgress({ items, scopes: { c1: reading, c2: read } })).toEqual({ done: 4, total: 7 })
  expect(keptProgress({ items, scopes: { c1: { at: null, partial: false } } })).toBeNull()
  expect(keptProgress({ items, scopes: { c1: read } })).toBeNull()
})
