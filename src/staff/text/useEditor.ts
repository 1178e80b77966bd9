/** One ProseMirror editor of a formatted text: its state for the toolbar, its keys, and what is pasted into it. */
import { baseKeymap, chainCommands, exitCode } from 'prosemirror-commands'
import { history, redo } from 'prosemirror-history'
import { keymap } from 'prosemirror-keymap'
import { Fragment, Slice } from 'prosemirror-model'
import { splitListItem } from 'prosemirror-schema-list'
import { type Command, EditorState, type Plugin, Selection } from 'prosemirror-state'
import { type EditorProps, EditorView } from 'prosemirror-view'
import { onBeforeUnmount, onMounted, type ShallowRef, shallowRef } from 'vue'
import { blocksOfText, type TextBlock } from '@/domain/formattedText'
import { TOOLS } from './commands'
import { normalBlocks } from './normalBlocks'
import { pastedText } from './paste/pastedText'
import { blocksOfNode, documentOf, inlineOf, nodesOf, schema } from './schema'
import { writeText } from './writeText'

export interface EditorSource {
  host: Readonly<ShallowRef<HTMLElement | null>>
  /** The text as it is now. */
  text(): string
  /** Of the element that is edited. */
  attributes(): Record<string, string>
  write(text: string): void
  /** Keys that act outside of the text. */
  keys: Record<string, Command>
}

const breakLine: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(schema.nodes.hard_break.create()).scrollIntoView())
  return true
}

const pluginsOf = (keys: Record<string, Command>): Plugin[] => [
  history(),
  keymap({
    ...Object.fromEntries(TOOLS.map(({ key, run }) => [key, run])),
    'Mod-Shift-z': redo,
    Enter: splitListItem(schema.nodes.list_item),
    'Shift-Enter': chainCommands(exitCode, breakLine),
    ...keys,
  }),
  keymap(baseKeymap),
]

/** One paragraph goes into the line at the cursor; more are blocks of their own. */
function sliceOf(blocks: readonly TextBlock[]): Slice {
  const [first, ...others] = blocks
  if (first?.type === 'paragraph' && others.length === 0)
    return new Slice(Fragment.from(inlineOf(first.lines)), 0, 0)
  return Slice.maxOpen(Fragment.from(nodesOf(blocks)))
}

/** Takes a copied document only through the studio's reader, which knows Word and keeps nothing but the grammar. */
async function takeCopied(view: EditorView, data: DataTransfer | null): Promise<void> {
  const copied = { html: data?.getData('text/html') ?? '', text: data?.getData('text/plain') ?? '' }
  const blocks = await pastedText(copied).catch(() => blocksOfText(copied.text))
  if (view.isDestroyed || blocks.length === 0) return
  const { tr } = view.state
  view.dispatch(tr.replaceSelection(sliceOf(normalBlocks(blocks))).scrollIntoView())
}

/** What comes in by pasting or dragging. The editor's own reader of HTML never sees it. */
const COPYING: NonNullable<EditorProps['handleDOMEvents']> = {
  paste(view, event) {
    event.preventDefault()
    void takeCopied(view, event.clipboardData)
    return true
  },
  drop(view, event) {
    event.preventDefault()
    const place = view.posAtCoords({ left: event.clientX, top: event.clientY })
    if (!place) return true
    const { tr, doc } = view.state
    view.dispatch(tr.setSelection(Selection.near(doc.resolve(place.pos))))
    void takeCopied(view, event.dataTransfer)
    return true
  },
}

export function useEditor({ host, text, attributes, write, keys }: EditorSource) {
  const plugins = pluginsOf(keys)
  const begin = (source: string) =>
    EditorState.create({ doc: documentOf(normalBlocks(blocksOfText(source))), plugins })
  let written = text()
  const state = shallowRef(begin(written))
  let view: EditorView | undefined

  onMounted(() => {
    view = new EditorView(host.value, {
      state: state.value,
      attributes,
      dispatchTransaction(tr) {
        state.value = view!.state.apply(tr)
        view!.updateState(state.value)
        if (!tr.docChanged) return
        written = writeText(blocksOfNode(state.value.doc))
        write(written)
      },
      handleDOMEvents: COPYING,
    })
  })
  onBeforeUnmount(() => view?.destroy())

  return {
    state,
    /** Shows a text that somebody else wrote. What was written here is not shown anew. */
    show(next: string): void {
      if (next === written) return
      written = next
      state.value = begin(next)
      view?.updateState(state.value)
    },
    run(command: Command): void {
      if (view) command(view.state, view.dispatch, view)
      view?.focus()
    },
    focus: () => view?.focus(),
    /** Reads `attributes` anew. */
    refresh: () => view?.setProps({}),
  }
}
