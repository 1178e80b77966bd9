import { expect, test } from 'vitest'
import { refuseTemplate, TEMPLATE_CODES } from '@/domain/replyTemplates'
import { REASON_CODES } from '@/domain/states'
import messages from '@/i18n/es-MX/staff.json'
import { APP_TEMPLATES, replyOf, templateCode, withTemplate } from './reasons'

const words: Record<string, string> = messages
const SAID = { noun: 'tu propuesta', folio: 'PR-2026-000042-7' }

test.each(REASON_CODES)('the reason %s has a label', (code) => expect(words[`reason.${code}`]).toBeTruthy())

test.each(REASON_CODES.filter((code) => code !== 'other'))('the reason %s has a ready-made reply', (code) =>
  expect(APP_TEMPLATES[code].length).toBeGreaterThan(20),
)

test('«otra razón» has no ready-made reply', () => expect(APP_TEMPLATES.other).toBe(''))

test('no ready-made reply has exclamation marks', () => {
  for (const code of TEMPLATE_CODES) expect(APP_TEMPLATES[code]).not.toMatch(/[¡!]/u)
})

test.each(TEMPLATE_CODES)('the app’s reply %s keeps the rules of those that the institution writes', (code) =>
  expect(refuseTemplate(code, APP_TEMPLATES[code])).toBeNull(),
)

test.each([
  ['reject', '', null, null],
  ['reject', 'off_topic', null, 'off_topic'],
  ['reject', 'duplicate', null, 'duplicate_unnamed'],
  ['reject', 'duplicate', SAID.folio, 'duplicate'],
  ['accept_publish', '', null, 'publish'],
  ['request_correction', '', null, 'request_correction'],
] as const)(
  'the decision %s with the reason «%s» and the folio %s takes the reply %s',
  (decision, reason, folio, code) => expect(templateCode(decision, reason, folio)).toBe(code),
)

test('the institution’s reply comes before the app’s, with the words of its variables', () => {
  expect(replyOf('duplicate', {}, SAID)).toContain('No publicaremos tu propuesta')
  expect(replyOf('duplicate', { duplicate: 'Es igual a {folio}: {envio}.' }, SAID)).toBe(
    'Es igual a PR-2026-000042-7: tu propuesta.',
  )
  expect(replyOf('off_topic', { off_topic: 'Kept from before: {noun}.' }, SAID)).toBe(
    'Kept from before: tu propuesta.',
  )
  expect(replyOf('off_topic', { off_topic: '' }, SAID)).toBe('')
})

test('a template replaces an empty field or the previous template, never written text', () => {
  expect(withTemplate('', '', 'b')).toBe('b')
  expect(withTemplate('a', 'a', 'b')).toBe('b')
  expect(withTemplate('a, y además…', 'a', 'b')).toBe('a, y además…')
})
