/** The documents that the editor can hold: those of formatted texts, whose lists may be deeper while they are edited. */
import { type Mark, type Node, Schema } from 'prosemirror-model'
import { joinRuns, type Run } from '@/domain/formattedRuns'
import type { Line, TextBlock, TextItem, TextList } from '@/domain/formattedText'

export const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { group: 'block', content: 'inline*', parseDOM: [{ tag: 'p' }], toDOM: () => ['p', 0] },
    heading: {
      group: 'block',
      content: 'inline*',
      attrs: { level: { default: 1 } },
      defining: true,
      parseDOM: [
        { tag: 'h3', attrs: { level: 1 } },
        { tag: 'h4', attrs: { level: 2 } },
      ],
      toDOM: (node) => [node.attrs['level'] === 1 ? 'h3' : 'h4', 0],
    },
    bullet_list: {
      group: 'block list',
      content: 'list_item+',
      parseDOM: [{ tag: 'ul' }],
      toDOM: () => ['ul', 0],
    },
    ordered_list: {
      group: 'block list',
      content: 'list_item+',
      attrs: { start: { default: 1 } },
      parseDOM: [{ tag: 'ol', getAttrs: (dom) => ({ start: (dom as HTMLOListElement).start }) }],
      toDOM: (node) => ['ol', { start: String(node.attrs['start']) }, 0],
    },
    list_item: {
      content: 'paragraph list?',
      defining: true,
      parseDOM: [{ tag: 'li' }],
      toDOM: () => ['li', 0],
    },
    hard_break: {
      group: 'inline',
      inline: true,
      selectable: false,
      parseDOM: [{ tag: 'br' }],
      toDOM: () => ['br'],
    },
    text: { group: 'inline' },
  },
  marks: {
    link: {
      attrs: { href: {} },
      inclusive: false,
      parseDOM: [{ tag: 'a[href]', getAttrs: (dom) => ({ href: (dom as Element).getAttribute('href') }) }],
      toDOM: (mark) => ['a', { href: String(mark.attrs['href']) }, 0],
    },
    bold: { parseDOM: [{ tag: 'strong' }, { tag: 'b' }], toDOM: () => ['strong', 0] },
    italic: { parseDOM: [{ tag: 'em' }, { tag: 'i' }], toDOM: () => ['em', 0] },
  },
})

const { nodes, marks } = schema

const marksOf = ({ bold, italic, href }: Run): Mark[] => [
  ...(href === null ? [] : [marks.link.create({ href })]),
  ...(bold ? [marks.bold.create()] : []),
  ...(italic ? [marks.italic.create()] : []),
]

export const inlineOf = (lines: readonly Line[]): Node[] =>
  lines.flatMap((line, at) => [
    ...(at > 0 ? [nodes.hard_break.create()] : []),
    ...line.map((run) => schema.text(run.text, marksOf(run))),
  ])

const listNode = ({ ordered, start, items }: TextList): Node =>
  (ordered ? nodes.ordered_list : nodes.bullet_list).create(
    ordered ? { start } : null,
    items.map(({ lines, list }) =>
      nodes.list_item.create(null, [
        nodes.paragraph.create(null, inlineOf(lines)),
        ...(list ? [listNode(list)] : []),
      ]),
    ),
  )

/** The nodes of blocks in their normal shape. */
export const nodesOf = (blocks: readonly TextBlock[]): Node[] =>
  blocks.map((block) => {
    if (block.type === 'list') return listNode(block)
    if (block.type === 'paragraph') return nodes.paragraph.create(null, inlineOf(block.lines))
    return nodes.heading.create({ level: block.level }, inlineOf([block.line]))
  })

export const documentOf = (blocks: readonly TextBlock[]): Node =>
  nodes.doc.create(null, blocks.length > 0 ? nodesOf(blocks) : nodes.paragraph.create())

function linesOf(node: Node): Line[] {
  const lines: Run[][] = [[]]
  node.forEach((child) => {
    if (child.type === nodes.hard_break) return void lines.push([])
    const has = (mark: 'bold' | 'italic') => !!marks[mark].isInSet(child.marks)
    const href = marks.link.isInSet(child.marks)?.attrs['href'] as string | undefined
    lines
      .at(-1)!
      .push({ text: child.text ?? '', bold: has('bold'), italic: has('italic'), href: href ?? null })
  })
  return lines.map(joinRuns)
}

const listOf = (node: Node): TextList => ({
  ordered: node.type === nodes.ordered_list,
  start: Number(node.attrs['start'] ?? 1),
  items: node.children.map(({ firstChild, childCount, lastChild }): TextItem => ({
    lines: linesOf(firstChild!),
    list: childCount > 1 ? listOf(lastChild!) : null,
  })),
})

/** The blocks of a document, not yet in their normal shape. */
export const blocksOfNode = (document: Node): TextBlock[] =>
  document.children.map((node): TextBlock => {
    if (node.type === nodes.paragraph) return { type: 'paragraph', lines: linesOf(node) }
    if (node.type !== nodes.heading) return { type: 'list', ...listOf(node) }
    return { type: 'heading', level: node.attrs['level'] === 1 ? 1 : 2, line: linesOf(node).flat() }
  })
