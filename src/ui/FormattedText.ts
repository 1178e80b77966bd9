/**
 * A long text of a campaign, plain or formatted, as citizens read it. It makes elements and text nodes only, so nothing in
 * a text is HTML. `heading` is the level of the text's first headings in the page, 2 to 5.
 */
import { type FunctionalComponent, h, type VNode } from 'vue'
import type { Run } from '@/domain/formattedRuns'
import { blocksOfText, type Line, type TextBlock, type TextList } from '@/domain/formattedText'
import './formattedText.css'

function runNode({ text, bold, italic, href }: Run): VNode | string {
  const slanted = italic ? h('em', text) : text
  const words = bold ? h('strong', slanted) : slanted
  return href === null ? words : h('a', { href, rel: 'noopener noreferrer' }, [words])
}

const lineNodes = (lines: readonly Line[]) =>
  lines.flatMap((line, at) => [...(at > 0 ? ['\n'] : []), ...line.map(runNode)])

function listNode({ ordered, start, items }: TextList): VNode {
  const children = items.map(({ lines, list }) =>
    h('li', { dir: 'auto' }, [
      h('span', { class: 'verbatim' }, lineNodes(lines)),
      ...(list ? [listNode(list)] : []),
    ]),
  )
  return ordered ? h('ol', { start: start === 1 ? undefined : start }, children) : h('ul', children)
}

function blockNode(block: TextBlock, heading: number): VNode {
  if (block.type === 'list') return listNode(block)
  if (block.type === 'heading')
    return h(`h${heading + block.level - 1}`, { dir: 'auto' }, block.line.map(runNode))
  return h('p', { class: 'verbatim', dir: 'auto' }, lineNodes(block.lines))
}

const FormattedText: FunctionalComponent<{ text: string; heading: number }> = ({ text, heading }) =>
  h(
    'div',
    { class: 'formatted' },
    blocksOfText(text).map((block) => blockNode(block, heading)),
  )
FormattedText.props = ['text', 'heading']

export default FormattedText
