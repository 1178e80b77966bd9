/**
 * Shortcuts of one letter on a desktop. They act only while no field is typed into and no dialog is open, and the member
 * can switch them off on this device (WCAG 2.1.4).
 */
import { onScopeDispose, readonly, ref } from 'vue'

const STORAGE_KEY = 'convoca:desk-keys'

function readSwitch(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== 'off'
  } catch {
    return true
  }
}
const isOn = ref(readSwitch())

/** Whether this device has the shortcuts. */
export const areKeysOn = readonly(isOn)

/** Switches them on or off. Where the browser keeps nothing, it holds until the page closes. */
export function switchKeys(on: boolean): void {
  isOn.value = on
  try {
    localStorage.setItem(STORAGE_KEY, on ? 'on' : 'off')
  } catch {
    // the switch still holds in this page
  }
}

const FIELDS = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true], dialog'

const isTyped = ({ target }: Event): boolean => target instanceof Element && target.closest(FIELDS) !== null
const hasDialog = (): boolean => document.querySelector('dialog[open]') !== null

/**
 * What each key does while the calling component exists; `key` as in `KeyboardEvent.key`, letters in lower case. A letter
 * is ignored with Ctrl, Alt or Meta. `Ctrl+Enter` also works within fields, and while the letters are switched off.
 */
export function useKeys(actions: Readonly<Record<string, () => void>>): void {
  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.repeat || event.isComposing || hasDialog()) return
    const isSend = event.key === 'Enter' && (event.ctrlKey || event.metaKey)
    if (!isSend && (!isOn.value || event.ctrlKey || event.metaKey || event.altKey || isTyped(event))) return
    const act = actions[isSend ? 'Ctrl+Enter' : event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  addEventListener('keydown', onKey)
  onScopeDispose(() => removeEventListener('keydown', onKey))
}
