/** Finds content that a narrow screen or large text would cut off. */
import type { Page } from '@playwright/test'

/** Runs in the page: every visible element that scrolls sideways, hides its own text or leaves the screen. */
function findCut(): string[] {
  const found: string[] = []
  const width = document.documentElement.clientWidth
  const name = (element: Element) => {
    const text = (element.textContent ?? '').replace(/\s+/gu, ' ').trim().slice(0, 40)
    return `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}">${text}`
  }
  /** Hidden on purpose: invisible, or for screen readers only. */
  const isUnseen = (element: Element) =>
    !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) ||
    element.closest('.visually-hidden, option, svg, [data-cut-on-purpose]') !== null ||
    element.getClientRects().length === 0
  if (document.documentElement.scrollWidth > width) {
    found.push(`the page is ${document.documentElement.scrollWidth} px wide on ${width} px`)
  }
  const told = new Set<Element>() // children of a reported element are not reported again
  for (const element of document.querySelectorAll('body *')) {
    if (!(element instanceof HTMLElement) || isUnseen(element)) continue
    if (element.parentElement && told.has(element.parentElement)) {
      told.add(element)
      continue
    }
    const before = found.length
    const style = getComputedStyle(element)
    const box = element.getBoundingClientRect()
    if (style.clipPath !== 'none' || (box.width <= 1 && box.height <= 1)) continue
    const isControl = element.matches('input, textarea, select')
    if (!isControl && style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1) {
      found.push(`cut sideways: ${name(element)}`)
    }
    const isExcerpt = style.webkitLineClamp !== 'none'
    const isHiding = style.overflowY === 'hidden' || style.overflowY === 'clip'
    if (isHiding && !isExcerpt && element.scrollHeight > element.clientHeight + 1) {
      found.push(`cut below: ${name(element)}`)
    }
    if (element.textContent?.trim() && (box.right > width + 1 || box.left < -1)) {
      found.push(`outside the screen: ${name(element)}`)
    }
    if (found.length > before) told.add(element)
  }
  return found
}

/** Runs in the page: every folio that stands alone or marked, and is broken into lines. */
function findBroken(): string[] {
  const FOLIO = /[A-Z]{2}-\d{4}-\d{6}-\d/u
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found: string[] = []
  while (texts.nextNode()) {
    const text = texts.currentNode
    const match = FOLIO.exec(text.nodeValue ?? '')
    const isMarked = text.parentElement?.closest('.folio, .tabular, .chip-folio') !== null
    if (!match || (!isMarked && text.nodeValue?.trim() !== match[0])) continue
    const range = document.createRange()
    range.setStart(text, match.index)
    range.setEnd(text, match.index + match[0].length)
    const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
    if (lines.size > 1) found.push(`a folio in ${lines.size} lines: ${match[0]}`)
  }
  return found
}

/** Every folio of this page that its width breaks. */
export const findBrokenFolios = async (page: Page, screen: string): Promise<string[]> =>
  (await page.evaluate(findBroken)).map((line) => `${screen}: ${line}`)

/** Everything on this page that a person cannot read or reach at its current width. */
export const findCutOff = async (page: Page, screen: string): Promise<string[]> =>
  (await page.evaluate(findCut)).map((line) => `${screen}: ${line}`)
