import { expect, test } from 'vitest'
import { meaningOf } from './concepts'
import { stemOf } from './stems'
import WORDNET from './synonyms/wordnet.json'

test('every concept that a word of WordNet is put beside is a line of the table', () => {
  const lost = Object.entries(WORDNET).filter(([, words]) =>
    words
      .split(' ')
      .some((word) => meaningOf(stemOf(word))?.concepts.some((concept) => concept === undefined)),
  )
  expect(lost.map(([name]) => name)).toEqual([])
})

test('a word of WordNet says less than those of a line, and nothing of a field', () => {
  expect(meaningOf(stemOf('diseminar'))).toMatchObject({ fields: [], share: 0.7 })
  expect(meaningOf(stemOf('difundir'))!.share).toBe(1)
})
