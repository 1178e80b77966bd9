/** Moves the focus to the element with this id once it is on the screen; in a text to `cursor`, or to its end. */
import { nextTick } from 'vue'

type TextField = HTMLTextAreaElement | HTMLInputElement

/** Whether the field has a cursor; a date has none. */
const isText = (field: Element | null): field is TextField =>
  (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) && field.selectionStart !== null

export async function focusField(id: string, cursor?: number): Promise<void> {
  await nextTick()
  const field = document.getElementById(id)
  field?.focus()
  field?.closest('li')?.scrollIntoView({ block: 'nearest' }) // the whole row, and not only its first field
  if (!isText(field)) return
  const place = cursor ?? field.value.length
  field.setSelectionRange(place, place)
}

/** How many characters of what is edited stand before the cursor; undefined without a cursor in it. */
function cursorInEditor(editor: HTMLElement): number | undefined {
  const selection = getSelection()
  if (!selection?.focusNode || !editor.contains(selection.focusNode)) return undefined
  const before = document.createRange()
  before.setStart(editor, 0)
  before.setEnd(selection.focusNode, selection.focusOffset)
  return before.toString().length
}

/** Where the cursor stands in the text with this id; its end when that field is not on the screen. */
export function cursorIn(id: string): number | undefined {
  const field = document.getElementById(id)
  if (isText(field)) return field.selectionStart ?? undefined
  return field?.isContentEditable ? cursorInEditor(field) : undefined
}

/** Runs a change that moves rows. An element that moves in the page loses the focus, so it is given back. */
export async function keepFocus(change: () => void): Promise<void> {
  const field = document.activeElement
  const selection = isText(field) ? ([field.selectionStart, field.selectionEnd] as const) : null
  change()
  await nextTick()
  if (!(field instanceof HTMLElement) || !field.isConnected) return
  field.focus({ preventScroll: true })
  if (selection && isText(field)) field.setSelectionRange(...selection)
  field.closest('li')?.scrollIntoView({ block: 'nearest' })
}
