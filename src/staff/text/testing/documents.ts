/** Any documents, also those that the grammar cannot write as they are. */
import fc from 'fast-check'
import type { Run } from '@/domain/formattedRuns'
import type { TextBlock } from '@/domain/formattedText'

const HREFS = [
  'https://ejemplo.mx/a?b=1_2',
  'http://x.mx',
  'mailto:a_b@c.mx',
  'tel:+52-722',
  'javascript:x',
  null,
]
const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.string({ unit: fc.constantFrom(...'*_[]()\\#->+.1 \n\tañ\u200b\u2063\u202e`<&'), maxLength: 12 }),
)
const run: fc.Arbitrary<Run> = fc.record({
  text: words,
  bold: fc.boolean(),
  italic: fc.boolean(),
  href: fc.constantFrom(...HREFS),
})
const line = fc.array(run, { maxLength: 5 })
const lines = fc.array(line, { maxLength: 3 })
const start = fc.integer({ min: -1, max: 20 })
const list = fc.letrec((tie) => ({
  list: fc.record({
    ordered: fc.boolean(),
    start,
    items: fc.array(tie('item'), { maxLength: 4 }),
  }),
  item: fc.record({ lines, list: fc.option(tie('list'), { maxDepth: 3 }) }),
})).list
const block = fc.oneof(
  fc.record({ type: fc.constant('paragraph' as const), lines }),
  fc.record({ type: fc.constant('heading' as const), level: fc.constantFrom(1, 2), line }),
  list.map((one) => ({ type: 'list' as const, ...(one as object) })),
) as fc.Arbitrary<TextBlock>
export const documents = fc.array(block, { maxLength: 5 })
