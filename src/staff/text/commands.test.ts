import fc from 'fast-check'
import { EditorState, TextSelection, type Command } from 'prosemirror-state'
import { expect, test } from 'vitest'
import { blocksOfText, FORMATTED } from '@/domain/formattedText'
import { linkAt, putLink, removeLink, type ToolName, TOOLS } from './commands'
import { normalBlocks } from './normalBlocks'
import { blocksOfNode, documentOf, schema } from './schema'
import { documents } from './testing/documents'
import { writeText } from './writeText'

/** A state with the words between two bars chosen; of one bar, with the cursor there. */
function stateOf(source: string): EditorState {
  const doc = documentOf(normalBlocks(blocksOfText(source)))
  const bars: number[] = []
  doc.descendants((node, at) => {
    for (const [place, sign] of [...(node.text ?? '')].entries()) if (sign === '|') bars.push(at + place)
  })
  const [from, to = from] = bars
  const tr = EditorState.create({ doc }).tr
  for (const bar of bars.toReversed()) tr.delete(bar, bar + 1)
  const end = to === from ? from! : to! - 1
  return EditorState.create({ doc: tr.doc, selection: TextSelection.create(tr.doc, from!, end) })
}
function run(command: Command, source: string): string {
  let state = stateOf(source)
  command(state, (tr) => (state = state.apply(tr)))
  return writeText(blocksOfNode(state.doc)).replace(FORMATTED, '~')
}
const tool = (name: ToolName) => TOOLS.find((one) => one.name === name)!
const formatted = (source: string) => FORMATTED + source

test('any document in its normal shape is the same in the editor', () =>
  fc.assert(
    fc.property(documents, (blocks) => {
      const normal = normalBlocks(blocks)
      const document = documentOf(normal)
      document.check()
      if (normal.length > 0) expect(normalBlocks(blocksOfNode(document))).toEqual(normal)
    }),
    { numRuns: 300 },
  ))

test.each<[ToolName, string, string]>([
  ['bold', 'uno |dos| tres', '~uno **dos** tres'],
  ['bold', formatted('uno **|dos|** tres'), 'uno dos tres'],
  ['italic', '|1. uno|', '~*1. uno*'],
  ['heading', '|uno', '~# uno'],
  ['subheading', formatted('# |uno'), '~## uno'],
  ['heading', formatted('# |uno'), 'uno'],
  ['bullets', '|uno\n\ndos|', '~- uno\n- dos'],
  ['numbers', formatted('# |uno\n\ndos|\n\n3. tres'), '~1. uno\n2. dos\n3. tres'],
  ['numbers', formatted('- |uno\n- dos'), '~1. uno\n2. dos'],
  ['bullets', formatted('- |uno'), 'uno'],
  ['indent', formatted('- uno\n- |dos'), '~- uno\n  - dos'],
  ['indent', formatted('- |uno\n- dos'), '~- uno\n- dos'],
  ['indent', formatted('- uno\n  - dos\n  - |tres'), '~- uno\n  - dos\n  - tres'],
  ['indent', formatted('- uno\n  1. dos\n- |tres'), '~- uno\n  1. dos\n- tres'],
  ['outdent', formatted('- uno\n  - |dos'), '~- uno\n- dos'],
])('the tool «%s» makes of %j the text %j', (name, source, expected) =>
  expect(run(tool(name).run, source)).toBe(expected),
)

test.each<[ToolName, string]>([
  ['bold', formatted('**u|no**')],
  ['italic', formatted('*|uno|*')],
  ['heading', formatted('# |uno')],
  ['numbers', formatted('- uno\n  1. |dos')],
])('the tool «%s» says that it is on in %j', (name, source) => {
  const state = stateOf(source)
  expect(TOOLS.filter(({ isOn }) => isOn?.(state)).map((one) => one.name)).toEqual([name])
})

const LINK = 'https://ejemplo.mx'
test.each([
  ['the chosen words', 'ver |aquí|', `~ver [aquí](${LINK})`],
  ['the address itself where nothing is chosen', 'ver |', `~ver [${LINK}](${LINK})`],
  ['the whole link at the cursor', formatted('ver [a**qu|í**](http://x.mx)'), `~ver [a**quí**](${LINK})`],
])('a link is put on %s', (_, source, expected) => expect(run(putLink(LINK), source)).toBe(expected))

test('a link is found and taken away at the cursor', () => {
  const source = formatted(`ver [aq|uí](${LINK}) y más`)
  expect(linkAt(stateOf(source))?.attrs['href']).toBe(LINK)
  expect(run(removeLink, source)).toBe('ver aquí y más')
})

test('the editor knows the elements of the grammar and no others', () =>
  expect([...Object.keys(schema.nodes), ...Object.keys(schema.marks)].join(' ')).toBe(
    'doc paragraph heading bullet_list ordered_list list_item hard_break text link bold italic',
  ))
