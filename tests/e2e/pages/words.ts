/** Finds words that a page breaks, and words that are no Spanish. */
import type { Page } from '@playwright/test'

/** Runs in the page: every word that its place breaks in two lines, and every column too narrow for its words. */
function findBroken(): string[] {
  const WORD = /\p{L}{2,}/gu
  const NOT_TEXT = 'script, style, svg, textarea, option, [contenteditable], .visually-hidden, .keep-address'
  const found = new Set<string>()
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode as Text
    const parent = text.parentElement
    if (!parent || parent.closest(NOT_TEXT) || !parent.checkVisibility({ visibilityProperty: true })) continue
    if (/\S{25}|\/\/|@|#/u.test(text.data)) continue // addresses, keys and folios break where they must
    for (const { 0: word, index } of text.data.matchAll(WORD)) {
      const range = document.createRange()
      range.setStart(text, index)
      range.setEnd(text, index + word.length)
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
      if (lines.size > 1) found.add(`a word in ${lines.size} lines: ${word}`)
    }
  }
  return [...found]
}

/** Words that a screen shows only by mistake: of English, or of a program. */
const STRANGE =
  /\b(the|and|with|your|this|from|save|cancel|undefined|null|NaN|Invalid Date|object Object)\b|\{\w+\}/gu

/** Every word of this page that its width breaks. */
export const findBrokenWords = async (page: Page, screen: string): Promise<string[]> =>
  (await page.evaluate(findBroken)).map((line) => `${screen}: ${line}`)

/** Every word of this page that is no Spanish. */
export async function findStrangeWords(page: Page, screen: string): Promise<string[]> {
  const words = await page.locator('body').innerText()
  return [...new Set(words.match(STRANGE))].map((word) => `${screen}: a strange word: ${word}`)
}
