/**
 * Pasted HTML as blocks of text: headings, paragraphs and items of lists, with emphasis and links and without any other
 * formatting. The document is parsed by DOMParser, which runs no script and fetches nothing.
 */
import { parseInert } from './inert'
import { joinRuns, type Run } from '@/domain/formattedRuns'
import { safeLink } from './safeLink'

/** The list of an item. `depth` is 1 in a list that is in no other. `start`: the number of its first item. */
export interface ListPlace {
  ordered: boolean
  depth: number
  start: number
}

export interface Block {
  /** 1 to 6 for a heading. */
  level: number | null
  text: string
  /** The same words with their emphasis and links. */
  runs: Run[]
  /** The number that Word wrote before an item of a list; '' for a bullet or none. */
  mark: string
  /** How many UTF-16 units at the beginning of the text are bold; the whole length where all of it is. */
  bold: number
  list: ListPlace | null
}

/** What surrounds a node. */
interface Around {
  level: number | null
  list: ListPlace | null
  bold: boolean
  italic: boolean
  href: string | null
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

const styleOf = (element: Element) => element.getAttribute('data-style') ?? ''

/** Google Docs wraps everything in a `b` of normal weight, so a weight that is written counts before the element. */
function isBold(element: Element, around: boolean): boolean {
  const weight = /font-weight\s*:\s*([a-z0-9]+)/iu.exec(styleOf(element))?.[1]
  if (weight) return /^(?:bold|bolder|[6-9]00)$/iu.test(weight)
  return around || element.matches('b, strong, th')
}

function isItalic(element: Element, around: boolean): boolean {
  const style = /font-style\s*:\s*([a-z]+)/iu.exec(styleOf(element))?.[1]
  if (style) return /^(?:italic|oblique)$/iu.test(style)
  return around || element.matches('i, em')
}

const hrefOf = (element: Element, around: string | null): string | null =>
  (element.matches('a') ? safeLink(element.getAttribute('href') ?? '') : null) ?? around

/** Word writes the items of its lists as paragraphs that name the list and the level in their style. */
function listOf(element: Element, around: ListPlace | null): ListPlace | null {
  const level = /mso-list\s*:[^;]*level(\d)/iu.exec(styleOf(element))?.[1]
  if (level) return { ordered: false, depth: Number(level), start: 1 }
  if (!element.matches('ul, ol')) return around
  const start = Number(element.getAttribute('start') ?? 1)
  return { ordered: element.matches('ol'), depth: (around?.depth ?? 0) + 1, start: start || 1 }
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

/** The number that Word wrote before an item says that its list is ordered. */
const withMark = (list: ListPlace | null, mark: string): ListPlace | null =>
  list && mark ? { ...list, ordered: true, start: Number.parseInt(mark, 10) || list.start } : list

function blockOf(parts: readonly Run[], { level, list }: Around, mark: string): Block | null {
  let text = ''
  let bold = 0
  let isStart = true
  const runs: Run[] = []
  for (const part of parts) {
    const joined = clean(text + part.text).trimStart()
    isStart &&= part.bold || !part.text.trim()
    if (isStart && part.bold) bold = joined.trimEnd().length
    runs.push({ ...part, text: joined.slice(text.length) })
    text = joined
  }
  text = text.trimEnd()
  if (!text) return null
  return {
    level,
    text,
    runs: joinRuns(runs),
    mark,
    bold: Math.min(bold, text.length),
    list: withMark(list, mark),
  }
}

/** Collects the words between two limits of blocks. Two breaks in a row part a block as people see it parted. */
class Collector {
  readonly blocks: Block[] = []
  private runs: Run[] = []
  private breaks = 0
  private mark = ''

  write(text: string, { bold, italic, href }: Around): void {
    if (text.trim()) this.breaks = 0
    this.runs.push({ text, bold, italic, href })
  }
  breakLine(around: Around): void {
    const { bold, italic, href } = around
    this.runs.push({ text: ' ', bold, italic, href })
    if ((this.breaks += 1) === 2) this.end(around)
  }
  number(mark: string): void {
    this.mark = mark
  }
  end(around: Around): void {
    const block = blockOf(this.runs, around, this.mark)
    if (block) this.blocks.push(block)
    this.runs = []
    this.breaks = 0
    this.mark = ''
  }
}

function visit(node: Node, to: Collector, around: Around): void {
  if (node.nodeType === Node.TEXT_NODE) return to.write(node.textContent ?? '', around)
  if (node.nodeType !== Node.ELEMENT_NODE) return
  const element = node as Element
  if (element.matches(SKIPPED)) return
  if (element.matches(LIST_MARK)) return to.number(markOf(element))
  if (element.matches('br')) return to.breakLine(around)
  const own = levelOf(element)
  const isBlock = element.matches(BLOCKS) || own !== null
  const within: Around = {
    level: own ?? around.level,
    list: listOf(element, around.list),
    bold: isBold(element, around.bold),
    italic: isItalic(element, around.italic),
    href: hrefOf(element, around.href),
  }
  if (isBlock) to.end(around)
  for (const child of element.childNodes) visit(child, to, within)
  if (isBlock) to.end(within)
}

const NOTHING: Around = { level: null, list: null, bold: false, italic: false, href: null }

/** The text of a document in its order. */
export function blocksOf(html: string): Block[] {
  const collector = new Collector()
  visit(parseInert(html), collector, NOTHING)
  collector.end(NOTHING)
  return collector.blocks
}
