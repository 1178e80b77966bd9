import { expect, test } from 'vitest'
import { dammDigit } from './folio'
import { formatLink, parseLink, parseSecret, readTyped } from './privateLink'

const folio = `PR-2026-000042-${dammDigit('2026000042')}`
const wrong = `PR-2026-000042-${(dammDigit('2026000042') + 1) % 10}`
const secret = 'AbCdEfGhIjKlMnOpQrSt-_'
const link = { folio, secret }

test('a formatted link is parsed back', () => {
  expect(parseLink(formatLink('https://participa.example', link))).toEqual(link)
})

test.each([
  ['a fragment with `#`', `#${folio}.${secret}`],
  ['a fragment without `#`', `${folio}.${secret}`],
  ['a folio in lower case', `#${folio.toLowerCase()}.${secret}`],
  ['a message with a link', `Mi propuesta:\nhttps://x.mx/folio#${folio}.${secret}\n`],
])('%s is parsed as the link', (_, text) => expect(parseLink(text)).toEqual(link))

test.each([
  ['a link with a wrong check digit', `#${wrong}.${secret}`],
  ['a truncated link', `#${folio}.${secret.slice(0, 15)}`],
  ['a folio without its key', `#${folio}`],
  ['an empty text', ''],
])('%s is not a link', (_, text) => expect(parseLink(text)).toBeNull())

test('the hexadecimal secret of a recovered link is parsed', () => {
  expect(parseSecret(' 0123456789abcdef0123456789abcdef ')).toBe('0123456789abcdef0123456789abcdef')
})

test('a complete link in either of the two fields is enough', () => {
  expect(readTyped('', formatLink('https://x.mx', link)).link).toEqual(link)
  expect(readTyped(formatLink('https://x.mx', link), '').link).toEqual(link)
  expect(readTyped(folio, secret)).toEqual({ link, problems: [] })
})

test('a missing or wrong field has a problem of its own', () => {
  expect(readTyped('', '').problems.map((p) => p.code)).toEqual(['folio_required', 'key_required'])
  expect(readTyped(wrong, 'corta').problems.map((p) => p.code)).toEqual(['folio_wrong', 'key_wrong'])
})

test('a link of an unknown kind of campaign is parsed', () => {
  const newer = { folio: `EN-2026-000042-${dammDigit('2026000042')}`, secret }
  expect(parseLink(formatLink('https://participa.example', newer))).toEqual(newer)
  expect(readTyped(newer.folio, secret)).toEqual({ link: newer, problems: [] })
})
