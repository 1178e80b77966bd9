import { expect, test } from 'vitest'
import { material } from '@/campaign/testing/material'
import { MISSING } from './answers'
import { correction } from './correction'

const { convocatoria } = material
const action = convocatoria.parts.find(({ kind }) => kind === 'action')!.id
const paragraph = convocatoria.parts.find(({ kind }) => kind === 'paragraph')!.id
const body = 'Que cada oficina publique su calendario.'

test('reading sent content and sending it again gives the same payload', () => {
  for (const sent of [
    { part_id: null, helps: null, body },
    { part_id: action, helps: 'partly', body },
  ]) {
    expect(correction.toPayload(correction.read(sent)!, convocatoria)).toEqual(sent)
    expect(correction.toPayload(correction.read(sent)!, undefined)).toEqual(sent)
  }
})

test('a correction from an action to a paragraph clears «helps»', () => {
  const answers = { about: paragraph, helps: 'yes' as const, body }
  expect(correction.toPayload(answers, convocatoria)).toMatchObject({ helps: null })
})

test('a refused correction and a draft of a correction can be read', () => {
  expect(correction.read({ part_id: null, helps: null, body })).toEqual({ about: MISSING, helps: null, body })
  expect(correction.read({ about: null, helps: 'no', body })).toEqual({ about: null, helps: 'no', body })
  expect(correction.read({})).toBeUndefined()
})

test.each([
  ['no part', { about: null, helps: null, body }, ['about_required']],
  ['an action without an answer', { about: action, helps: null, body }, ['helps_required']],
  ['an unknown part', { about: 'gone', helps: null, body }, ['part_unknown']],
  ['a short text about «lo que falta»', { about: MISSING, helps: null, body: 'corto' }, ['body_too_short']],
  ['a paragraph', { about: paragraph, helps: null, body }, []],
])('a correction with %s has the right problems', (_, answers, codes) => {
  expect(correction.findProblems(answers, convocatoria).map(({ code }) => code)).toEqual(codes)
})

test('without the strategy on this phone only the server checks a correction’s part', () => {
  expect(correction.findProblems({ about: 'gone', helps: null, body }, undefined)).toEqual([])
})
