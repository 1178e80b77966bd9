import { expect, test } from 'vitest'
import { ACTION, material, PARAGRAPH } from '@/campaign/testing/material'
import { groupParts } from './searchParts'

const found = (search: string) =>
  groupParts(material.convocatoria, search).flatMap(({ options }) => options.map(({ value }) => value))

test.each([
  ['no words', '', [ACTION, PARAGRAPH]],
  ['a number', '1.1', [ACTION]],
  ['a word of the title without its accent', 'capacitacion', [ACTION]],
  ['a word of the text', 'lejos', [PARAGRAPH]],
  ['the topic', 'difusión', [PARAGRAPH]],
  ['words in any order', 'talleres acción', [ACTION]],
  ['words of no part', 'dragones', []],
])('a search for %s finds the right parts', (_, search, ids) => expect(found(search)).toEqual(ids))
