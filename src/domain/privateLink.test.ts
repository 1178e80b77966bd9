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
  ['a link in angle brackets with a full stop', `Mi enlace es <https://x.mx/folio#${folio}.${secret}>.`],
  ['a link before a comma', `https://x.mx/folio#${folio}.${secret}, gracias`],
  ['a link in bold of a chat', `*https://x.mx/folio#${folio}.${secret}*`],
  ['a link in a quotation', `«https://x.mx/folio#${folio}.${secret}»`],
  [
    'a link with a parameter at its end',
    `https://x.mx/folio#${folio}.${secret}?utm_source=correo&utm_medium=x`,
  ],
  [
    'a link with another parameter at its end',
    `https://x.mx/folio#${folio}.${secret}&fbclid=IwAR0abcdefghijklmnopqrstuv`,
  ],
  [
    'a link with a parameter before its fragment',
    `https://x.mx/folio?fbclid=IwAR0abcdefghijklmnopqrs#${folio}.${secret}`,
  ],
  ['a link with an encoded sign of number', `https://x.mx/folio%23${folio}.${secret}`],
  ['a link whose sign of number is encoded twice', `https://x.mx/folio%2523${folio}.${secret}`],
  [
    'a link inside of another',
    `https://l.ejemplo.mx/l.php?u=https%3A%2F%2Fx.mx%2Ffolio%23${folio}.${secret}&h=AT0`,
  ],
  [
    'a link with encoded hyphens',
    `https://x.mx/folio#${folio.replaceAll('-', '%2D')}%2E${secret.replaceAll('-', '%2D').replaceAll('_', '%5F')}`,
  ],
  ['a link in HTML', `<a href="https://x.mx/folio&#35;${folio}.${secret}">aquí</a>`],
  [
    'a link in the source of a mail',
    `<a href=3D"https://x.mx/folio#PR-2026-0000=\r\n${folio.slice(12)}.${secret.slice(0, 9)}=\r\n${secret.slice(9)}">`,
  ],
  [
    'a link over two lines of a mail',
    `https://x.mx/folio#${folio}.${secret.slice(0, 9)}\r\n${secret.slice(9)}\r\nGracias`,
  ],
  [
    'a link over two quoted lines',
    `> https://x.mx/folio#${folio}.${secret.slice(0, 9)}\n> ${secret.slice(9)}\n> Gracias`,
  ],
  [
    'a link broken inside of its folio',
    `https://x.mx/folio#${folio.slice(0, 8)}\n${folio.slice(8)}.${secret}`,
  ],
  ['a link between isolates', `\u2068https://x.mx/folio#${folio}.${secret}\u2069`],
  [
    'a link with zero-width spaces',
    `https://x.mx/folio#${folio.replaceAll('-', '-\u200b')}.\u200b${secret}\u200e`,
  ],
  ...[...'‐‑‒–—―−﹣－'].map((dash): [string, string] => [
    `hyphens as ${dash}`,
    `#${folio.replaceAll('-', dash)}.${secret.replaceAll('-', dash)}`,
  ]),
  ['a folio and its key in words', `Folio: ${folio}\nClave: ${secret}.`],
  [
    'a folio in full width',
    `#${[...folio].map((c) => (c === '-' ? '－' : String.fromCharCode(c.charCodeAt(0) + 0xfee0))).join('')}.${secret}`,
  ],
  ['a folio with O for 0', `#${folio.replaceAll('0', 'O')}.${secret}`],
])('%s is parsed as the link', (_, text) => expect(parseLink(text)).toEqual(link))

test('a key whose two hyphens a keyboard made one dash is parsed', () => {
  const dashed = { folio, secret: 'AbCdEf--IjKlMnOpQrStUv' }
  expect(parseLink(`https://x.mx/folio#${folio}.${dashed.secret.replace('--', '—')}`)).toEqual(dashed)
  expect(parseSecret(dashed.secret.replace('--', '—'))).toBe(dashed.secret)
})

test.each([
  ['a link with a wrong check digit', `#${wrong}.${secret}`],
  ['a truncated link', `#${folio}.${secret.slice(0, 15)}`],
  ['a folio without its key', `#${folio}`],
  ['an empty text', ''],
  ['a key with more letters', `#${folio}.${secret}abc`],
  ['a folio before a long word', `${folio} electroencefalográfica constitucionalizaciones`],
  ['a truncated link and the next line', `#${folio}.${secret.slice(0, 15)}\nMuchas gracias`],
])('%s is not a link', (_, text) => expect(parseLink(text)).toBeNull())

test('the hexadecimal secret of a recovered link is parsed', () => {
  expect(parseSecret(' 0123456789abcdef0123456789abcdef ')).toBe('0123456789abcdef0123456789abcdef')
})

test.each([
  ['between spaces', ` ${secret}\n`],
  ['with a full stop', `${secret}.`],
  ['after its name', `Clave: ${secret}`],
  ['with another dash', secret.replace('-', '‑')],
  ['between marks of direction', `\u200e${secret}\u200f`],
])('a key %s is parsed', (_, typed) => expect(parseSecret(typed)).toBe(secret))

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
