import { expect, test } from 'vitest'
import { FORMATTED, plainOf } from '@/domain/formattedText'
import { joinTexts, splitText } from './partText'

const formatted = (text: string) => FORMATTED + text

test('a plain text is cut and joined as typed, whatever signs it has', () => {
  expect(splitText('Uno *dos* tres', 10)).toEqual(['Uno *dos*', 'tres'])
  expect(joinTexts('Uno *dos* ', ' tres')).toBe('Uno *dos* tres')
})

test('a formatted text is cut at its words, and each side keeps its emphasis; a side without any is plain', () => {
  expect(splitText(formatted('Uno **dos tres** cuatro'), 7)).toEqual([
    formatted('Uno **dos**'),
    formatted('**tres** cuatro'),
  ])
  expect(splitText(formatted('**Uno** dos'), 4)).toEqual([formatted('**Uno**'), 'dos'])
})

test('within a list the item at hand begins the second text, and the numbers go on', () =>
  expect(splitText(formatted('Pasos:\n\n1. uno\n2. dos\n3. tres'), 6 + 3 + 1)).toEqual([
    formatted('Pasos:\n\n1. uno'),
    formatted('2. dos\n3. tres'),
  ]))

test('a cut at the end leaves the second text empty', () =>
  expect(splitText(formatted('**Uno** dos'), Infinity)).toEqual([formatted('**Uno** dos'), '']))

test('a plain text that joins a formatted one keeps its signs as words', () => {
  const joined = joinTexts('Uno *dos*', formatted('**tres**'))
  expect(joined).toBe(formatted('Uno \\*dos\\* **tres**'))
  expect(plainOf(joined)).toBe('Uno *dos* tres')
  expect(joinTexts(formatted('- a'), 'b')).toBe(formatted('- a\n\nb'))
})
