import { expect, test } from 'vitest'
import { keepIds } from './paste/keepIds'
import { estrategia, insumos } from './sections'
import type { Strategy, StrategyPart } from './strategy'

const part = (id: string, change: Partial<StrategyPart> = {}): StrategyPart => ({
  id,
  topic_id: 't',
  kind: 'paragraph',
  number: '1',
  title: '',
  body: 'Texto.',
  answered_by: null,
  ...change,
})
const strategy: Strategy = {
  topics: [{ id: 't', title: 'Difusión' }],
  parts: [part('a', { kind: 'action', number: 'A1', title: 'Lenguas', answered_by: 'Difusión' }), part('b')],
}

test('each field of a strategy is a line of its own, under a label that its words do not change', () => {
  expect(estrategia.linesOf({ ...strategy })).toEqual([
    { label: 'Tema 1 · título', value: 'Difusión' },
    { label: 'Tema 1 · orden de sus partes', value: 'A1, 1' },
    { label: 'Acción A1 · título', value: 'Lenguas' },
    { label: 'Acción A1 · texto', value: 'Texto.', source: 'Texto.' },
    { label: 'Acción A1 · quién responde', value: 'Difusión' },
    { label: 'Párrafo 1 · texto', value: 'Texto.', source: 'Texto.' },
  ])
})

test('a section says how much it holds, also before anything was written', () => {
  expect(estrategia.summaryOf!({ ...strategy })).toBe('1 acción · 1 párrafo')
  expect(estrategia.summaryOf!({})).toBe('0 acciones · 0 párrafos')
  expect(insumos.summaryOf!({ items: [{}, {}] })).toBe('2 documentos')
  expect(insumos.linesOf({})).toEqual([])
})

test('the fields of a document are lines by its place', () => {
  const items = [{ id: 'a', title: 'Ley', summary: 'Qué dice.', body: 'Artículo 1.', source: null }]
  expect(insumos.linesOf({ items }).map(({ label, value }) => `${label}: ${value}`)).toEqual([
    'Documento 1 · título: Ley',
    'Documento 1 · de qué trata: Qué dice.',
    'Documento 1 · texto: Artículo 1.',
    'Documento 1 · de dónde viene: Nada',
  ])
})

test('what is missing is called by the part that lacks it', () => {
  const label = (field: string) => estrategia.labelOf(field, { ...strategy })
  expect(label('part-a-answered_by')).toBe('Acción A1')
  expect(label('part-a-title')).toBe('Acción A1 · título')
  expect(label('part-b')).toBe('Párrafo 1')
  expect(label('topic-t')).toBe('Tema 1 · título')
  expect(label('parts')).toBeUndefined()
  const insumo = (field: string) => insumos.labelOf(field, { items: [{ id: 'x' }, { id: 'y' }] })
  expect(insumo('insumo-y')).toBe('Documento 2 · texto')
  expect(insumo('insumo-x-summary')).toBe('Documento 1 · de qué trata')
  expect(insumo('items')).toBeUndefined()
})

test('a pasted part that says the same keeps its id, number and area; each known part is taken once', () => {
  const pasted: Strategy = {
    topics: [{ id: 'new', title: 'Difusión' }],
    parts: [
      part('x', { kind: 'action', number: '', title: 'lenguas', body: 'Otro texto.', topic_id: 'new' }),
      part('y', { number: '', topic_id: 'new' }),
      part('z', { number: '', topic_id: 'new' }),
    ],
  }
  expect(keepIds(pasted, strategy)).toEqual({
    topics: strategy.topics,
    parts: [
      { ...strategy.parts[0], title: 'lenguas', body: 'Otro texto.' },
      strategy.parts[1],
      part('z', { number: '' }),
    ],
  })
})
