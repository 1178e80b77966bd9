import { expect, test } from 'vitest'
import { REASON_CODES } from '@/domain/states'
import messages from '@/i18n/es-MX/staff.json'
import { templateOf, withTemplate } from './reasons'

const words: Record<string, string> = messages

test.each(REASON_CODES)('the reason %s has a label', (code) => expect(words[`reason.${code}`]).toBeTruthy())

test.each(REASON_CODES.filter((code) => code !== 'other'))('the reason %s has a ready-made reply', (code) =>
  expect(words[templateOf(code) ?? '']?.length).toBeGreaterThan(20),
)

test('«otra razón» has no ready-made reply', () => expect(templateOf('other')).toBeNull())

test('no ready-made reply has exclamation marks', () => {
  for (const code of REASON_CODES) expect(words[templateOf(code) ?? ''] ?? '').not.toMatch(/[¡!]/u)
})

test('a template replaces an empty field or the previous template, never written text', () => {
  expect(withTemplate('', '', 'b')).toBe('b')
  expect(withTemplate('a', 'a', 'b')).toBe('b')
  expect(withTemplate('a, y además…', 'a', 'b')).toBe('a, y además…')
})
