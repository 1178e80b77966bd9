import fc from 'fast-check'
import { marked, type Tokens } from 'marked'
import { expect, test } from 'vitest'
import { joinRuns, type Run } from '@/domain/formattedRuns'
import {
  blocksOfText,
  FORMATTED,
  isFormatted,
  type Line,
  type TextBlock,
  type TextList,
} from '@/domain/formattedText'
import { normalBlocks } from './normalBlocks'
import { documents } from './testing/documents'
import { writeText } from './writeText'

test('any document reads, after writing it, as the same document in its normal shape', () =>
  fc.assert(
    fc.property(documents, (blocks) => {
      const text = writeText(blocks)
      expect(blocksOfText(text)).toEqual(normalBlocks(blocks))
      expect(writeText(blocksOfText(text))).toBe(text)
    }),
    { numRuns: 500 },
  ))

const PLAIN_TEXTS = [
  ['nothing', ''],
  ['one line', 'Un jurado de tres personas.'],
  ['lines that look like a numbered list', '1. Primero\n2. Segundo\n10) Tercero'],
  ['lines that look like bullets', '* Uno\n- Dos\n+ Tres\n• Cuatro'],
  ['a line that looks like a heading', '# Bases\nUn párrafo'],
  ['paragraphs', 'Uno.\n\nDos,\nen dos líneas.'],
  ['stars and underscores', 'Las *mejores* propuestas de **2026**, archivo_final_2.pdf'],
  ['brackets and addresses', '[1] Ver (https://ejemplo.mx/a_b) y [aquí](https://ejemplo.mx)'],
  ['HTML', '<b>No</b> &amp; <script>alert(1)</script>'],
  ['backslashes', 'C:\\carpeta \\* no \\'],
  ['a quote and a rule', '> cita\n---\n==='],
  ['emoji, accents and marks of direction', 'Niñez 👩‍👩‍👧 \u202eabc\u202c'],
] as const

test.each(PLAIN_TEXTS)('a plain text of %s reads as the same lines and is written as it was', (_, text) => {
  const blocks = blocksOfText(text)
  const shown = blocks.map((one) =>
    one.type === 'paragraph' ? one.lines.map(([only]) => only!.text).join('\n') : '',
  )
  expect(shown.join('\n\n')).toBe(text)
  expect(writeText(blocks)).toBe(text)
})

test.each(PLAIN_TEXTS)('a text of %s reads the same beside a formatted paragraph', (_, text) => {
  const bold: TextBlock = {
    type: 'paragraph',
    lines: [[{ text: 'Nuevo', bold: true, italic: false, href: null }]],
  }
  const written = writeText([bold, ...blocksOfText(text)])
  expect(isFormatted(written)).toBe(true)
  expect(blocksOfText(written)).toEqual([bold, ...blocksOfText(text)])
})

/** What `marked` reads in the inline tokens of a line, as runs. */
const runsOfTokens = (tokens: Tokens.Generic[] = [], around: Omit<Run, 'text'> = NONE): Run[] =>
  tokens.flatMap((token) => {
    if (token.type === 'strong') return runsOfTokens(token.tokens, { ...around, bold: true })
    if (token.type === 'em') return runsOfTokens(token.tokens, { ...around, italic: true })
    if (token.type === 'link') return runsOfTokens(token.tokens, { ...around, href: String(token['href']) })
    if (token.tokens) return runsOfTokens(token.tokens, around)
    return [{ ...around, text: String(token['text']) }]
  })
const NONE = { bold: false, italic: false, href: null }

const blocksOfTokens = (tokens: Tokens.Generic[]): TextBlock[] =>
  tokens.flatMap((token): TextBlock[] => {
    if (token.type === 'space') return []
    if (token.type === 'list') return [{ type: 'list', ...listOfToken(token as Tokens.List) }]
    const line = joinRuns(runsOfTokens(token.tokens))
    if (token.type !== 'heading') return [{ type: 'paragraph', lines: [line] }]
    return [{ type: 'heading', level: token['depth'] as 1 | 2, line }]
  })
function listOfToken({ ordered, start: first, items }: Tokens.List): TextList {
  return {
    ordered,
    start: Number(first || 1),
    items: items.map(({ tokens }) => {
      const deeper = tokens.find((token) => token.type === 'list') as Tokens.List | undefined
      const own = tokens.filter((token) => token !== deeper)
      return { lines: [joinRuns(runsOfTokens(own))], list: deeper ? listOfToken(deeper) : null }
    }),
  }
}

const simpleRun = fc
  .record({
    text: fc.stringMatching(/^[a-zñ1-9*_#()[\]\\<>`.-]{0,6}[a-zñ]$/u),
    mark: fc.constantFrom({}, { bold: true }, { italic: true }, { bold: true, italic: true }),
    href: fc.constantFrom('https://ejemplo.mx/a', null, null),
  })
  .map(({ text, mark, href }): Run => ({ ...NONE, ...mark, text, href }))
const simpleLine = fc
  .array(simpleRun, { minLength: 1, maxLength: 4 })
  .map((runs) => runs.flatMap((one, at) => (at ? [{ ...NONE, text: ' y ' }, one] : [one])))
const simpleItem = simpleLine.map((one) => ({ lines: [one], list: null }))
const simpleList = fc.record({
  ordered: fc.boolean(),
  start: fc.integer({ min: 1, max: 12 }),
  items: fc.array(simpleItem, { minLength: 1, maxLength: 3 }),
})
const nestedList = fc
  .tuple(simpleList, fc.option(simpleList.map((one) => ({ ...one, start: 1 }))))
  .map(([outer, inner]) => ({
    ...outer,
    items: outer.items.map((item, at) => (at ? item : { ...item, list: inner })),
  }))
const simpleBlock = fc.oneof(
  simpleLine.map((one): TextBlock => ({ type: 'paragraph', lines: [one] })),
  fc.tuple(fc.constantFrom(1, 2), simpleLine).map(([level, one]) => ({ type: 'heading', level, line: one })),
  nestedList.map((one) => ({ type: 'list', ...one })),
) as fc.Arbitrary<TextBlock>

/** A reader of Markdown took the escaped brackets for a link of their own. */
const BRACKETS_IN_A_LINK: Line = [
  { ...NONE, href: 'https://ejemplo.mx/a', text: '[]()ñ' },
  { ...NONE, bold: true, text: ' y ' },
]

test('a formatted text is Markdown: another reader of it finds the same blocks, emphasis and links', () =>
  fc.assert(
    fc.property(fc.array(simpleBlock, { maxLength: 4 }), (blocks) => {
      const text = writeText(blocks)
      if (!isFormatted(text)) return
      const tokens = marked.lexer(text.slice(FORMATTED.length), {
        gfm: true,
        breaks: true,
      }) as Tokens.Generic[]
      expect(blocksOfTokens(tokens)).toEqual(normalBlocks(blocks))
    }),
    { numRuns: 300, examples: [[[{ type: 'paragraph', lines: [BRACKETS_IN_A_LINK] }]]] },
  ))
