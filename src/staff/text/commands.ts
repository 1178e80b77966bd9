/** What the toolbar and the keyboard of the editor do, and whether it is already done or can be. */
import { setBlockType, toggleMark } from 'prosemirror-commands'
import { redo, redoDepth, undo, undoDepth } from 'prosemirror-history'
import type { Mark, Node, NodeType } from 'prosemirror-model'
import { liftListItem, sinkListItem } from 'prosemirror-schema-list'
import type { Command, EditorState } from 'prosemirror-state'
import { schema } from './schema'

const { nodes, marks } = schema

interface FoundList {
  node: Node
  at: number
}

/** The lists around the cursor, the innermost first. */
function listsAround({ selection: { $from } }: EditorState): FoundList[] {
  const found: FoundList[] = []
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth)
    if (node.type === nodes.bullet_list || node.type === nodes.ordered_list)
      found.push({ node, at: $from.before(depth) })
  }
  return found
}

const inList = (type: NodeType) => (state: EditorState) => listsAround(state)[0]?.node.type === type

/** Makes each chosen paragraph or heading an item, and lists of one kind that meet one list. An item holds one paragraph. */
const makeItems =
  (type: NodeType): Command =>
  ({ selection, tr }, dispatch) => {
    const range = selection.$from.blockRange(selection.$to)
    if (!range || range.depth > 0) return false
    const places: number[] = []
    range.parent.forEach((block, at, index) => {
      if (block.isTextblock && index >= range.startIndex && index < range.endIndex) places.push(at)
    })
    for (const at of places.toReversed()) {
      tr.setBlockType(at + 1, at + 1, nodes.paragraph)
      tr.wrap(tr.doc.resolve(at + 1).blockRange()!, [{ type }, { type: nodes.list_item }])
    }
    const meetings: number[] = []
    tr.doc.forEach((block, at, index) => {
      if (block.type === type && tr.doc.maybeChild(index - 1)?.type === type) meetings.push(at)
    })
    for (const at of meetings.toReversed()) tr.join(at)
    dispatch?.(tr.scrollIntoView())
    return places.length > 0
  }

/** Makes a list of what is chosen, another kind of list of a list, and paragraphs of a list of this kind. */
const toggleList =
  (type: NodeType): Command =>
  (state, dispatch) => {
    const list = listsAround(state)[0]
    if (!list) return makeItems(type)(state, dispatch)
    if (list.node.type === type) return liftListItem(nodes.list_item)(state, dispatch)
    dispatch?.(state.tr.setNodeMarkup(list.at, type))
    return true
  }

const DEEPEST = 2

/** Makes an item part of the one before it. Lists have two levels, and an item has one list. */
const indent: Command = (state, dispatch) => {
  const lists = listsAround(state)
  const list = lists[0]
  if (!list || lists.length >= DEEPEST) return false
  const place = state.selection.$from.index(state.doc.resolve(list.at).depth + 1)
  const before = list.node.maybeChild(place - 1)?.lastChild?.type
  const isOther = before !== nodes.paragraph && before !== list.node.type
  const hasOwn = (list.node.maybeChild(place)?.childCount ?? 1) > 1
  if (isOther || hasOwn) return false
  return sinkListItem(nodes.list_item)(state, dispatch)
}
const outdent: Command = liftListItem(nodes.list_item)

const isHeading =
  (level: number) =>
  ({ selection: { $from } }: EditorState) =>
    $from.parent.type === nodes.heading && $from.parent.attrs['level'] === level

const toggleHeading =
  (level: number): Command =>
  (state, dispatch) =>
    (isHeading(level)(state) ? setBlockType(nodes.paragraph) : setBlockType(nodes.heading, { level }))(
      state,
      dispatch,
    )

const hasMark =
  (name: 'bold' | 'italic') =>
  ({ selection, storedMarks, doc }: EditorState) =>
    selection.empty
      ? !!marks[name].isInSet(storedMarks ?? selection.$from.marks())
      : doc.rangeHasMark(selection.from, selection.to, marks[name])

/** The link at the cursor or at the beginning of what is chosen. */
export const linkAt = ({ selection, doc }: EditorState): Mark | undefined => {
  const { $from, from, to, empty } = selection
  let found = marks.link.isInSet($from.marks())
  if (!empty) doc.nodesBetween(from, to, (node) => void (found ??= marks.link.isInSet(node.marks)))
  return found
}

/** The whole of a link around the cursor; what is chosen where something is. */
function linkRange({ selection: { $from, from, to, empty } }: EditorState, link: Mark | undefined) {
  if (!empty || !link) return { from, to }
  let [first, last] = [$from.index(), $from.index()]
  const has = (at: number) => link.isInSet($from.parent.maybeChild(at)?.marks ?? [])
  if (!has(first)) [first, last] = [first - 1, last - 1] // at the end of the link
  while (has(first - 1)) first -= 1
  while (has(last + 1)) last += 1
  const at = (index: number) => $from.posAtIndex(index)
  return { from: at(first), to: at(last + 1) }
}

/** Links what is chosen, the link at the cursor anew, or the address itself where nothing is chosen. */
export const putLink =
  (href: string): Command =>
  (state, dispatch) => {
    const { from, to } = linkRange(state, linkAt(state))
    const mark = marks.link.create({ href })
    const { tr } = state
    if (from === to) tr.insert(from, schema.text(href.replace(/^(?:mailto|tel):/u, ''), [mark]))
    else tr.removeMark(from, to, marks.link).addMark(from, to, mark)
    dispatch?.(tr.scrollIntoView())
    return true
  }

export const removeLink: Command = (state, dispatch) => {
  const link = linkAt(state)
  if (!link) return false
  const { from, to } = linkRange(state, link)
  dispatch?.(state.tr.removeMark(from, to, marks.link))
  return true
}

export type ToolName =
  | 'heading'
  | 'subheading'
  | 'bold'
  | 'italic'
  | 'bullets'
  | 'numbers'
  | 'indent'
  | 'outdent'
  | 'undo'
  | 'redo'

export interface Tool {
  name: ToolName
  run: Command
  /** As the keymap names it; `Mod` is Ctrl, or Cmd on a Mac. */
  key: string
  isOn?: (state: EditorState) => boolean
  canRun?: (state: EditorState) => boolean
}

export const TOOLS: readonly Tool[] = [
  { name: 'heading', key: 'Mod-Alt-1', run: toggleHeading(1), isOn: isHeading(1) },
  { name: 'subheading', key: 'Mod-Alt-2', run: toggleHeading(2), isOn: isHeading(2) },
  { name: 'bold', key: 'Mod-b', run: toggleMark(marks.bold), isOn: hasMark('bold') },
  { name: 'italic', key: 'Mod-i', run: toggleMark(marks.italic), isOn: hasMark('italic') },
  {
    name: 'bullets',
    key: 'Mod-Shift-8',
    run: toggleList(nodes.bullet_list),
    isOn: inList(nodes.bullet_list),
  },
  {
    name: 'numbers',
    key: 'Mod-Shift-7',
    run: toggleList(nodes.ordered_list),
    isOn: inList(nodes.ordered_list),
  },
  { name: 'indent', key: 'Mod-]', run: indent, canRun: (state) => indent(state) },
  { name: 'outdent', key: 'Mod-[', run: outdent, canRun: (state) => outdent(state) },
  { name: 'undo', key: 'Mod-z', run: undo, canRun: (state) => undoDepth(state) > 0 },
  { name: 'redo', key: 'Mod-y', run: redo, canRun: (state) => redoDepth(state) > 0 },
]
