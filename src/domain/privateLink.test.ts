import { expect, test } from 'vitest'
import { dammDigit } from './folio'
import { formatLink, parseLink, parseSecret, readTyped } from './privateLink'

const folio = `PR-2026-000042-${dammDigit('2026000042')}`
const wrong = `PR-2026-000042-${(dammDigit('2026000042') + 1) % 10}`
const secret = 'AbCdEfGhIjKlMnOpQrSt-_'
const link = { folio, secret }

test('a link is read back as it was written', () => {
  expect(parseLink(formatLink('https://participa.example', link))).toEqual(link)
})

test.each([
  ['the fragment with its sign', `#${folio}.${secret}`],
  ['the fragment alone', `${folio}.${secret}`],
  ['a folio in lower case', `#${folio.toLowerCase()}.${secret}`],
  ['inside the message it was shared in', `Mi propuesta:\nhttps://x.mx/folio#${folio}.${secret}\n`],
])('%s opens', (_, text) => expect(parseLink(text)).toEqual(link))

test.each([
  ['a wrong check digit', `#${wrong}.${secret}`],
  ['a link cut short', `#${folio}.${secret.slice(0, 15)}`],
  ['a folio without its key', `#${folio}`],
  ['nothing', ''],
])('%s does not open', (_, text) => expect(parseLink(text)).toBeNull())

test('the secret of a recovered link, in hexadecimal, is one too', () => {
  expect(parseSecret(' 0123456789abcdef0123456789abcdef ')).toBe('0123456789abcdef0123456789abcdef')
})

test('a whole link in any of the two fields is enough', () => {
  expect(readTyped('', formatLink('https://x.mx', link)).link).toEqual(link)
  expect(readTyped(formatLink('https://x.mx', link), '').link).toEqual(link)
  expect(readTyped(folio, secret)).toEqual({ link, problems: [] })
})

test('each field says what is missing or wrong', () => {
  expect(readTyped('', '').problems.map((p) => p.code)).toEqual(['folio_required', 'key_required'])
  expect(readTyped(wrong, 'corta').problems.map((p) => p.code)).toEqual(['folio_wrong', 'key_wrong'])
})

test('a link of a kind of campaign that only a newer version knows opens too', () => {
  const newer = { folio: `EN-2026-000042-${dammDigit('2026000042')}`, secret }
  expect(parseLink(formatLink('https://participa.example', newer))).toEqual(newer)
  expect(readTyped(newer.folio, secret)).toEqual({ link: newer, problems: [] })
})
