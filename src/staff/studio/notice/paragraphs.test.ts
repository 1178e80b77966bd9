import { expect, test } from 'vitest'
import { FORMATTED } from '@/domain/formattedText'
import { paragraphsFrom, textOf } from './paragraphs'

test('the plain paragraphs of a section are one text and come back the same', () => {
  const paragraphs = ['Uno.', 'Dos\ncon dos líneas.']
  expect(textOf(paragraphs)).toBe('Uno.\n\nDos\ncon dos líneas.')
  expect(paragraphsFrom(textOf(paragraphs))).toEqual(paragraphs)
})

test('a formatted section is one paragraph, whole, so that its lists and empty lines stay together', () => {
  const text = `${FORMATTED}# Fines\n\n- uno\n- dos\n\nY *algo* más.`
  expect(paragraphsFrom(text)).toEqual([text])
  expect(textOf([text])).toBe(text)
})
