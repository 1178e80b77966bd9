import { expect, test } from 'vitest'
import { countOf, filterQuery, parseFilter, statesOf } from './queueFilter'

const id = '0d9f6f0e-7b1c-4c7e-9d42-3a1f0a3f6b11'

test('a filter written to the address reads back as the same filter', () => {
  for (const filter of [
    { show: 'todo', kind: null, convocatoria: null },
    { show: 'rejected', kind: 'videos', convocatoria: id },
    { show: 'all', kind: null, convocatoria: null },
    { show: 'mine', kind: null, convocatoria: null, facets: { late: 'true', helps: 'no' }, order: 'late' },
    {
      show: 'due',
      kind: null,
      convocatoria: id,
      facets: { municipality: '15106', sector: 'empresa', part: id },
    },
  ] as const) {
    const query = Object.fromEntries(Object.entries(filterQuery(filter)).map(([k, v]) => [k, String(v)]))
    expect(parseFilter(query)).toEqual(filter)
  }
})

test('an address with unknown values gives the default filter', () => {
  expect(parseFilter({ ver: 'x', tipo: 'x', convocatoria: "'; drop" })).toEqual({
    show: 'todo',
    kind: null,
    convocatoria: null,
  })
  const wrong = { municipio: '15', sector: 'x', parte: "' or", ayuda: 'tal vez', tarde: 'no', orden: 'azar' }
  expect(parseFilter(wrong)).toEqual({ show: 'todo', kind: null, convocatoria: null })
  expect(parseFilter({ ver: ['all', 'received'] })).toEqual({ show: 'todo', kind: null, convocatoria: null })
})

test('«por decidir» covers every state in which staff can decide', () => {
  expect(statesOf('todo')).toEqual(['received', 'in_review', 'accepted'])
  expect(statesOf('all')).toBeNull()
  expect(countOf('todo', { received: 2, accepted: 1, published: 9 })).toBe(3)
  expect(countOf('all', { received: 2, published: 9 })).toBe(11)
})
