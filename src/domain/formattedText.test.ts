import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSafeLink } from './formattedRuns'
import { blocksOfText, FORMATTED, plainOf, type TextBlock } from './formattedText'
import { LINKS } from './testing/links'

const read = (source: string) => blocksOfText(FORMATTED + source)
/** A short form: `b` bold, `i` italic, `->` link. */
const lineWords = (line: { text: string; bold: boolean; italic: boolean; href: string | null }[]): string =>
  line
    .map(({ text, bold, italic, href }) => {
      const marks = `${bold ? 'b' : ''}${italic ? 'i' : ''}`
      return `${marks && `${marks}:`}${text}${href ? `->${href}` : ''}`
    })
    .join('|')
const shape = (block: TextBlock): unknown => {
  if (block.type === 'paragraph') return block.lines.map(lineWords)
  if (block.type === 'heading') return { [`h${block.level}`]: lineWords(block.line) }
  const items = (list: typeof block | NonNullable<(typeof block)['items'][0]['list']>): unknown[] =>
    list.items.map((item) => [...item.lines.map(lineWords), ...(item.list ? [items(item.list)] : [])])
  return { [block.ordered ? `from ${block.start}` : 'bullets']: items(block) }
}
const shapes = (source: string) => read(source).map(shape)

test.each([
  ['emphasis', 'uno **dos** *tres* ***cuatro***', [['uno |b:dos| |i:tres| |bi:cuatro']]],
  ['emphasis side by side', '**a***b*', [['b:a|i:b']]],
  ['an asterisk between spaces as words', '3 * 4 * 5 ** 6', [['3 * 4 * 5 ** 6']]],
  ['an emphasis that never ends as words', 'uno **dos *tres', [['uno **dos *tres']]],
  ['four asterisks as words', '****a****', [['****a****']]],
  ['escapes', String.raw`\*a\* \[b\](c) 1\. \\`, [['*a* [b](c) 1. \\']]],
  [
    'a link with emphasis',
    '**[ver *aquí*](https://a.mx/b)**',
    [['b:ver ->https://a.mx/b|bi:aquí->https://a.mx/b']],
  ],
  ['lines and paragraphs', 'uno\ndos\n\n\n tres', [['uno', 'dos'], ['tres']]],
  ['headings of two levels', '# Uno\n### Dos\ntres', [{ h1: 'Uno' }, { h2: 'Dos' }, ['tres']]],
  ['a hash without a space as words', '#uno', [['#uno']]],
  ['lists', '- a\n- b\n\n3. c\n4) d', [{ bullets: [['a'], ['b']] }, { 'from 3': [['c'], ['d']] }]],
  ['lists of two levels', '- a\n  1. b\n      - c\n- d', [{ bullets: [['a', [['b'], ['c']]], ['d']] }]],
  ['the lines of an item', '- a\n  b\nc', [{ bullets: [['a', 'b']] }, ['c']]],
  ['an empty item as words', '-\n1.', [['-', '1.']]],
])('a formatted text reads %s', (_, source, expected) => expect(shapes(source)).toEqual(expected))

test.each([
  '[a](javascript:alert(1))',
  '[a](JAVASCRIPT:alert`1`)',
  '[a](data:text/html,x)',
  '[a](java\u200bscript:x)',
  '[a](//ejemplo.mx)',
  '[a](/c/otra)',
  '[a](https://ejemplo.mx@otro.mx)',
  '[a](https://ejemplo\u202e.mx)',
  '[a]( https://ejemplo.mx)',
  '[a](https://ejemplo.mx "título")',
  '![a](x.png)',
  '<a href="https://ejemplo.mx">a</a>',
  '<https://ejemplo.mx>',
  '<img src=x onerror=alert(1)>',
  '[a][b]',
  '`a`',
  '| a | b |',
  '> cita',
])('%s in a formatted text is words', (source) => expect(shapes(source)).toEqual([[source]]))

test.each(LINKS)('a link to %s is safe: %s', (href, expected) => expect(isSafeLink(href)).toBe(expected))

test.each([
  ['quotes 10,000 deep', '>'.repeat(10_000)],
  ['items 10,000 deep', '- '.repeat(10_000)],
  ['brackets', '['.repeat(100_000)],
  ['links that never end', '[a]('.repeat(50_000)],
  ['long labels that never end', `[${'a'.repeat(1990)}`.repeat(100)],
  ['asterisks', '*a **b '.repeat(30_000)],
  ['one long run of asterisks', '*'.repeat(200_000)],
  ['spaces', `${' '.repeat(200_000)}a`],
  ['lines', '- a\n'.repeat(50_000)],
  ['bytes of control and marks of direction', '\u0000\u0007\u202e\u2066\u200b\ud800'.repeat(10_000)],
])('a formatted text of %s reads without failing', (_, source) => {
  const blocks = read(source)
  expect(blocks.length).toBeGreaterThan(0)
  expect(plainOf(FORMATTED + source).length).toBeGreaterThan(0)
})

test('no text fails to read, and its links are safe', () =>
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'*[]()\\#-1. \nahttps:/m@'), maxLength: 60 }),
      (source) => {
        const links = JSON.stringify(read(source)).matchAll(/"href":"([^"]*)"/gu)
        for (const [, href] of links) expect(isSafeLink(href!)).toBe(true)
      },
    ),
  ))

test.each([
  ['a plain text as it is', 'Uno *dos*\n\n- tres', 'Uno *dos*\n\n- tres'],
  ['emphasis without its marks', `${FORMATTED}**Uno** *dos*`, 'Uno dos'],
  ['a link with its address', `${FORMATTED}[aquí](https://a.mx)`, 'aquí (https://a.mx)'],
  ['an address that is its own words once', `${FORMATTED}[**a**@b.mx](mailto:a@b.mx)`, 'a@b.mx'],
  [
    'blocks one after another',
    `${FORMATTED}# Uno\ndos\n\n3. a\n4. b\n   - c`,
    'Uno\n\ndos\n\n3. a\n4. b\n   • c',
  ],
])('plain words say %s', (_, text, expected) => expect(plainOf(text)).toBe(expected))
