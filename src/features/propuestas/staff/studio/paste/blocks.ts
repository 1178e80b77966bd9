/**
 * Pasted HTML as plain blocks of text: headings, paragraphs and items of lists, without formatting. The document is parsed
 * by DOMParser, which runs no script and fetches nothing.
 */

export interface Block {
  /** 1 to 6 for a heading. */
  level: number | null
  text: string
  /** The number that Word wrote before an item of a list; '' for a bullet or none. */
  mark: string
  /** How many UTF-16 units at the beginning of the text are bold; the whole length where all of it is. */
  bold: number
}

interface Run {
  text: string
  isBold: boolean
}

/** What says nothing of the document: code, drawings, footnotes, comments, deleted and hidden words, marks of lists. */
const SKIPPED = [
  'script, style, head, title, meta, link, template, noscript, object, iframe, svg, img, del, input, button',
  '.sdfootnoteanc',
  ...['hide:all', 'footnote-id', 'endnote-id', 'comment', 'element:footnote', 'element:endnote'].map(
    (name) => `[data-style*="mso-${name}" i]`,
  ),
].join(', ')

const BLOCKS =
  'h1, h2, h3, h4, h5, h6, p, div, ul, ol, li, dl, dt, dd, table, tbody, thead, tr, td, th, blockquote, pre, section, ' +
  'article, header, footer, main, figure, figcaption, hr, address'

const LIST_MARK = '[data-style*="mso-list:Ignore" i]'

/** Controls, invisible characters and the place of an object: of no use to readers, and refused by the database. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\ufffc]/gu

/** Composed letters, no invisible characters, single spaces. */
export const clean = (text: string): string =>
  text.normalize('NFC').replace(/\s/gu, ' ').replace(UNSEEN, '').replace(/ +/gu, ' ')

/** Google Docs wraps everything in a `b` of normal weight, so a weight that is written counts before the element. */
function isBold(element: Element, around: boolean): boolean {
  const weight = /font-weight\s*:\s*([a-z0-9]+)/iu.exec(element.getAttribute('data-style') ?? '')?.[1]
  if (weight) return /^(?:bold|bolder|[6-9]00)$/iu.test(weight)
  return around || element.matches('b, strong, th')
}

function levelOf(element: Element): number | null {
  const named = /^H([1-6])$/iu.exec(element.tagName)?.[1]
  if (named) return Number(named)
  if (element.matches('.MsoTitle')) return 1
  if (element.getAttribute('role') === 'heading') return Number(element.getAttribute('aria-level')) || 1
  return null
}

/** Word copies the marks of its lists as words. `o` is a bullet in its symbol font. */
const markOf = (element: Element): string => {
  const mark = clean(element.textContent ?? '').trim()
  return /[\p{L}\p{N}]/u.test(mark) && mark !== 'o' ? mark : ''
}

function blockOf(runs: readonly Run[], level: number | null, mark: string): Block | null {
  let text = ''
  let bold = 0
  let isStart = true
  for (const run of runs) {
    const joined = clean(text + run.text).trimStart()
    isStart &&= run.isBold || !run.text.trim()
    if (isStart && run.isBold) bold = joined.trimEnd().length
    text = joined
  }
  text = text.trimEnd()
  return text ? { level, text, mark, bold: Math.min(bold, text.length) } : null
}

/** Collects the words between two limits of blocks. Two breaks in a row part a block as people see it parted. */
class Collector {
  readonly blocks: Block[] = []
  private runs: Run[] = []
  private breaks = 0
  private mark = ''

  write(text: string, isBold: boolean): void {
    if (text.trim()) this.breaks = 0
    this.runs.push({ text, isBold })
  }
  breakLine(level: number | null, isBold: boolean): void {
    this.runs.push({ text: ' ', isBold })
    if ((this.breaks += 1) === 2) this.end(level)
  }
  number(mark: string): void {
    this.mark = mark
  }
  end(level: number | null): void {
    const block = blockOf(this.runs, level, this.mark)
    if (block) this.blocks.push(block)
    this.runs = []
    this.breaks = 0
    this.mark = ''
  }
}

function visit(node: Node, to: Collector, level: number | null, isAroundBold: boolean): void {
  if (node.nodeType === Node.TEXT_NODE) return to.write(node.textContent ?? '', isAroundBold)
  if (node.nodeType !== Node.ELEMENT_NODE) return
  const element = node as Element
  if (element.matches(SKIPPED)) return
  if (element.matches(LIST_MARK)) return to.number(markOf(element))
  if (element.matches('br')) return to.breakLine(level, isAroundBold)
  const own = levelOf(element)
  const isBlock = element.matches(BLOCKS) || own !== null
  if (isBlock) to.end(level)
  for (const child of element.childNodes) visit(child, to, own ?? level, isBold(element, isAroundBold))
  if (isBlock) to.end(own ?? level)
}

/**
 * Styles are only read here, so they are kept as data. The content security policy would report each of them, although
 * this document is never shown.
 */
const withoutStyles = (html: string): string =>
  html
    .replace(/<style\b[^>]*>.*?<\/style\s*>/gisu, '')
    .replace(/<[a-z][^>]*>/giu, (tag) => tag.replace(/\sstyle(?=\s*=)/giu, ' data-style'))

/** The text of a document in its order. */
export function blocksOf(html: string): Block[] {
  const collector = new Collector()
  visit(new DOMParser().parseFromString(withoutStyles(html), 'text/html').body, collector, null, false)
  collector.end(null)
  return collector.blocks
}
