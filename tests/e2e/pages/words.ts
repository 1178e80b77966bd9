/** Finds words that a page breaks or sticks together, and words that are no Spanish. */
import type { Page } from '@playwright/test'

/** Runs in the page: every word that its place breaks in two lines. */
function findBroken(): string[] {
  const WORD = /[\p{L}\u00AD]{2,}/gu
  const NOT_TEXT = 'script, style, svg, textarea, option, [contenteditable], .visually-hidden, thead'
  const found = new Set<string>()
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode as Text
    const parent = text.parentElement
    if (!parent || parent.closest(NOT_TEXT) || !parent.checkVisibility({ visibilityProperty: true })) continue
    if (/\S{25}|\/\/|@|#/u.test(text.data)) continue // addresses, keys and folios break where they must
    for (const { 0: word, index } of text.data.matchAll(WORD)) {
      if (word.includes('\u00AD')) continue // it may break there
      const range = document.createRange()
      range.setStart(text, index)
      range.setEnd(text, index + word.length)
      const boxes = [...range.getClientRects()].filter(({ width }) => width > 0)
      const lines = new Set(boxes.map(({ top }) => Math.round(top)))
      if (lines.size > 1) found.add(`a word in ${lines.size} lines: ${word}`)
    }
  }
  return [...found]
}

/** Runs in the page: every two texts that touch on one line, as pieces of a template do without the space between them. */
function findStuck(): string[] {
  const found = new Set<string>()
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  let before: { text: string; box: DOMRect; block: Element | null } | null = null
  const edgeOf = (text: Text, at: number) => {
    const range = document.createRange()
    range.setStart(text, at)
    range.setEnd(text, at + 1)
    return range.getBoundingClientRect()
  }
  while (texts.nextNode()) {
    const text = texts.currentNode as Text
    const parent = text.parentElement
    const isSeen = parent?.checkVisibility({ visibilityProperty: true }) === true
    if (
      !isSeen ||
      text.data === '' ||
      parent.closest('script, style, svg, .visually-hidden, [contenteditable]')
    )
      continue
    const first = edgeOf(text, 0)
    const block = parent.closest('p, li, h1, h2, h3, dd, dt, td, th, button, label, summary, legend, a')
    if (before && block === before.block && first.width > 0 && Math.abs(first.top - before.box.top) < 6) {
      const isTouching = Math.abs(first.left - before.box.right) < 1
      if (isTouching && /[\p{L}\d.:;,!?»)]$/u.test(before.text) && /^[\p{L}\d«(¿·]/u.test(text.data))
        found.add(`stuck together: ${before.text.slice(-20)}|${text.data.slice(0, 20)}`)
    }
    before = { text: text.data, box: edgeOf(text, text.data.length - 1), block }
  }
  return [...found]
}

/** Words that a screen shows only by mistake: of English, or of a program. */
const STRANGE =
  /(?<!\p{L})(the|and|with|your|this|from|save|cancel|noun|undefined|null|NaN|Invalid Date|object Object)(?!\p{L})/gu

/** Every word of this page that its width breaks. */
export const findBrokenWords = async (page: Page, screen: string): Promise<string[]> =>
  (await page.evaluate(findBroken)).map((line) => `${screen}: ${line}`)

/** Every two texts of this page that stand together without a space. */
export const findStuckWords = async (page: Page, screen: string): Promise<string[]> =>
  (await page.evaluate(findStuck)).map((line) => `${screen}: ${line}`)

/** Every word of this page that is no Spanish. */
export async function findStrangeWords(page: Page, screen: string): Promise<string[]> {
  const words = await page.locator('body').innerText()
  return [...new Set(words.match(STRANGE))].map((word) => `${screen}: a strange word: ${word}`)
}
