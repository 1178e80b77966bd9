import { expect, test } from 'vitest'
import * as edit from './editRows'
import { renumber } from './numbering'
import { rowsOf, strategyOf, type Row, type Strategy, type StrategyPart } from './strategy'

const part = (id: string, topic_id: string, change: Partial<StrategyPart> = {}): StrategyPart => ({
  id,
  topic_id,
  kind: id.startsWith('a') ? 'action' : 'paragraph',
  number: '',
  title: '',
  body: `Texto de ${id}.`,
  answered_by: null,
  ...change,
})

/** Topic one: a paragraph, two actions with paragraphs. Topic two: an action. */
const strategy = (): Strategy => ({
  topics: [
    { id: 't1', title: 'Uno' },
    { id: 't2', title: 'Dos' },
  ],
  parts: [
    part('p1', 't1'),
    part('a1', 't1'),
    part('p2', 't1'),
    part('a2', 't1'),
    part('p3', 't1'),
    part('a3', 't2'),
  ],
})
const rows = () => rowsOf(strategy())
const idsOf = (some: readonly Row[] | null) => some?.map(({ id }) => id).join(' ')
const numbersOf = (some: readonly Row[]) =>
  some.flatMap((row) => ('part' in row ? [row.part.number] : [])).join(' ')

test('rows and back is the same strategy, in the order of the document', () => {
  expect(idsOf(rows())).toBe('t1 p1 a1 p2 a2 p3 t2 a3')
  expect(strategyOf(rows())).toEqual(strategy())
})

test('a draft without lists has no rows', () => expect(rowsOf({})).toEqual([]))

test.each([
  ['p1', 1, 't1 a1 p1 p2 a2 p3 t2 a3'],
  ['p2', -1, 't1 p1 p2 a1 a2 p3 t2 a3'],
  ['p3', 1, 't1 p1 a1 p2 a2 t2 p3 a3'],
  ['a1', -1, 't1 a1 p2 p1 a2 p3 t2 a3'],
  ['a2', -1, 't1 p1 a2 p3 a1 p2 t2 a3'],
  ['a1', 1, 't1 p1 a2 p3 a1 p2 t2 a3'],
  ['a2', 1, 't1 p1 a1 p2 t2 a2 p3 a3'],
  ['a3', -1, 't1 p1 a1 p2 a2 p3 a3 t2'],
  ['t2', -1, 't2 a3 t1 p1 a1 p2 a2 p3'],
  ['t1', 1, 't2 a3 t1 p1 a1 p2 a2 p3'],
] as const)('%s moved by %i takes what belongs to it along', (id, step, expected) => {
  expect(idsOf(edit.move(rows(), id, step))).toBe(expected)
})

test.each([
  ['p1', -1],
  ['t1', -1],
  ['t2', 1],
  ['a3', 1],
] as const)('%s cannot move by %i', (id, step) => expect(edit.move(rows(), id, step)).toBeNull())

test('a part that crosses a topic belongs to the other one', () => {
  const moved = strategyOf(edit.move(rows(), 'p3', 1)!)
  expect(moved.parts.find(({ id }) => id === 'p3')?.topic_id).toBe('t2')
})

test('a part can be dropped before any row, a topic only between topics', () => {
  expect(idsOf(edit.moveBefore(rows(), 'p3', 'p2'))).toBe('t1 p1 a1 p3 p2 a2 t2 a3')
  expect(idsOf(edit.moveBefore(rows(), 'p3', 't1'))).toBe('t1 p3 p1 a1 p2 a2 t2 a3')
  expect(idsOf(edit.moveBefore(rows(), 'a1', null))).toBe('t1 p1 a2 p3 t2 a3 a1 p2')
  expect(idsOf(edit.moveBefore(rows(), 't2', 'p1'))).toBeUndefined()
  expect(idsOf(edit.moveBefore(rows(), 't1', null))).toBe('t2 a3 t1 p1 a1 p2 a2 p3')
  expect(edit.moveBefore(rows(), 'a1', 'p2')).toBeNull()
})

test('a split part keeps its id and number, and the rest is a new paragraph under it', () => {
  const body = 'Una frase. Otra frase.'
  const before = rowsOf({ ...strategy(), parts: [part('p1', 't1', { number: '7', body })] })
  const { rows: after, id } = edit.split(before, 'p1', 10)!
  expect(strategyOf(after).parts.map((one) => [one.id, one.number, one.body])).toEqual([
    ['p1', '7', 'Una frase.'],
    [id, '', 'Otra frase.'],
  ])
})

test('joined paragraphs are one text with the first one’s number', () => {
  const joined = edit.join(rows(), 'a1')!
  expect(idsOf(joined.rows)).toBe('t1 p1 a1 a2 p3 t2 a3')
  expect(strategyOf(joined.rows).parts[1]).toMatchObject({ id: 'a1', body: 'Texto de a1. Texto de p2.' })
  expect(joined.offset).toBe('Texto de a1. '.length)
})

test('nothing joins an action or a topic', () => {
  expect(edit.join(rows(), 'p1')).toBeNull()
  expect(edit.join(rows(), 'p3')).toBeNull()
})

test('what was removed comes back to its place, also after other changes', () => {
  const { rows: left, restore } = edit.remove(rows(), 'p2')
  expect(idsOf(left)).toBe('t1 p1 a1 a2 p3 t2 a3')
  expect(idsOf(restore(edit.move(left, 'a1', -1)!))).toBe('t1 a1 p2 p1 a2 p3 t2 a3')
  expect(idsOf(restore(edit.remove(left, 'a1').rows))).toBe('t1 p1 a2 p3 t2 a3 p2')
})

test('a topic is removed with its parts', () => {
  const { rows: left, restore } = edit.remove(rows(), 't1')
  expect(idsOf(left)).toBe('t2 a3')
  expect(idsOf(restore(left))).toBe(idsOf(rows()))
})

test('the numbers of a draft follow the order, and a number of one’s own stays', () => {
  const own = strategy()
  own.parts[2]!.number = 'IV'
  own.parts[3]!.number = '1'
  expect(numbersOf(renumber(rowsOf(own), null))).toBe('2 A1 IV 1 3 A2')
})

test('after publication no number changes and a new part takes the one after the highest', () => {
  const publicParts = ['5', 'A2', '9', 'A1', '12', 'A7'].map((number, at) => ({
    ...strategy().parts[at]!,
    number,
  }))
  const now = rowsOf({ ...strategy(), parts: publicParts })
  const moved = edit.move(now, 'a2', -1)!
  expect(numbersOf(renumber(moved, publicParts))).toBe('5 A1 12 A2 9 A7')
  const { rows: fewer } = edit.remove(moved, 'p3')
  const { rows: added } = edit.split(fewer, 'p1', 5)!
  expect(numbersOf(renumber(added, publicParts))).toBe('5 13 A1 A2 9 A7')
})
