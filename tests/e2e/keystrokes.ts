/**
 * What writing costs a person, after the keystroke-level model (Card, Moran and Newell, 1980): each tap 1.1 s with the
 * thought and the move before it, each typed character 0.28 s. A pasted text costs the tap on its field alone.
 */
import type { Locator } from '@playwright/test'

const TAP_S = 1.1
const CHARACTER_S = 0.28

export class Keystrokes {
  taps = 0
  characters = 0

  get seconds(): number {
    return this.taps * TAP_S + this.characters * CHARACTER_S
  }

  async tap(target: Locator): Promise<void> {
    this.taps += 1
    await target.click()
  }

  /** Types a text, or a date or an hour, whose separators nobody types. */
  async type(field: Locator, text: string): Promise<void> {
    this.taps += 1
    const kind = await field.getAttribute('type')
    this.characters += kind === 'date' || kind === 'time' ? text.replace(/\D/gu, '').length : text.length
    await field.fill(text)
  }

  async paste(field: Locator, text: string): Promise<void> {
    this.taps += 1
    await field.fill(text)
  }

  /** Opens a list and chooses from it. */
  async choose(field: Locator, value: string): Promise<void> {
    this.taps += 2
    await field.selectOption(value)
  }

  /** Replaces each mark that a template left in a field by a pasted text: a tap to select it and one to paste. */
  async fillMarks(field: Locator, texts: readonly string[]): Promise<void> {
    let at = 0
    const isEditor = (await field.getAttribute('contenteditable')) !== null
    const before = await (isEditor ? field.innerText() : field.inputValue())
    const after = before.replace(/\[completar: [^\]]*\]/gu, () => texts[at++] ?? '')
    if (at !== texts.length) throw new Error(`${at} marks for ${texts.length} texts`)
    this.taps += 2 * at
    await field.fill(after)
  }
}
