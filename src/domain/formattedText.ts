/**
 * Long texts of a campaign: plain, or in a small subset of Markdown (docs/formatted-text.md). A formatted text begins with
 * `FORMATTED`; whatever does not is plain and reads as typed. Any text reads as some document, in time in proportion to
 * its length, and nothing in it is HTML.
 */
import { joinRuns, type Run, runsOf } from './formattedRuns'
import { paragraphsOf } from './text'

/** U+2063, an invisible character that no keyboard has. It stands in the text, so that a text and its form never part. */
export const FORMATTED = '\u2063'

export type Line = Run[]

export interface TextList {
  ordered: boolean
  /** The number of the first item of an ordered list. */
  start: number
  items: TextItem[]
}

/** `list` is one level deeper. The items of a deeper list have none. */
export interface TextItem {
  lines: Line[]
  list: TextList | null
}

export type TextBlock =
  | { type: 'paragraph'; lines: Line[] }
  | { type: 'heading'; level: 1 | 2; line: Line }
  | ({ type: 'list' } & TextList)

export const isFormatted = (text: string): boolean => text.startsWith(FORMATTED)

const HEADING = /^(#{1,6})[ \t]+(\S.*)$/u
const ITEM = /^([ \t]*)([-*+]|(\d{1,9})[.)])[ \t]+(\S.*)$/u

const linesOf = (paragraph: string): Line[] =>
  paragraph.split('\n').flatMap((line) => {
    const text = line.trim()
    return text ? [[{ text, bold: false, italic: false, href: null }]] : []
  })

const plainBlocks = (text: string): TextBlock[] =>
  paragraphsOf(text).map((paragraph) => ({ type: 'paragraph', lines: linesOf(paragraph) }))

/** Reads lines into blocks. A block ends at an empty line or where a line begins another one. */
class Reader {
  readonly blocks: TextBlock[] = []
  /** What a line of words goes on; null after an empty line. */
  private open: Line[] | null = null

  read(line: string): void {
    if (!line.trim()) this.open = null
    else if (!this.readHeading(line) && !this.readItem(line)) this.readWords(line)
  }
  private readHeading(line: string): boolean {
    const [, marks, words] = HEADING.exec(line) ?? []
    if (!marks) return false
    this.blocks.push({ type: 'heading', level: marks.length === 1 ? 1 : 2, line: runsOf(words!.trim()) })
    this.open = null
    return true
  }
  private readItem(line: string): boolean {
    const [, indent, mark, number, words] = ITEM.exec(line) ?? []
    if (!mark) return false
    const item: TextItem = { lines: [runsOf(words!.trim())], list: null }
    this.open = item.lines
    const shape = { ordered: number !== undefined, start: Number(number ?? 1) }
    const last = this.blocks.at(-1)
    const list = last?.type === 'list' ? last : null
    if (list && indent!.length >= 2) {
      const parent = list.items.at(-1)!
      parent.list ??= { ...shape, items: [] }
      parent.list.items.push(item)
    } else if (list && list.ordered === shape.ordered) list.items.push(item)
    else this.blocks.push({ type: 'list', ...shape, items: [item] })
    return true
  }
  private readWords(line: string): void {
    const isInList = this.blocks.at(-1)?.type === 'list'
    if (!this.open || (isInList && !/^[ \t]{2}/u.test(line))) {
      this.open = []
      this.blocks.push({ type: 'paragraph', lines: this.open })
    }
    this.open.push(runsOf(line.trim()))
  }
}

/** The blocks of a text, formatted or plain. */
export function blocksOfText(text: string): TextBlock[] {
  const source = text.replace(/\r\n?/gu, '\n')
  if (!isFormatted(source)) return plainBlocks(source)
  const reader = new Reader()
  for (const line of source.slice(FORMATTED.length).split('\n')) reader.read(line)
  return reader.blocks
}

/** The words of a line. A link that does not say where it leads says it behind its words. */
function wordsOf(line: Line): string {
  const links = joinRuns(line.map((run) => ({ ...run, bold: false, italic: false })))
  return links
    .map(({ text, href }) => {
      const address = href?.replace(/^(?:mailto|tel):/iu, '')
      return address && !text.includes(address) ? `${text} (${address})` : text
    })
    .join('')
}

const joined = (lines: readonly Line[]) => lines.map(wordsOf).join('\n')

function itemWords({ ordered, start, items }: TextList, indent = ''): string {
  return items
    .map(({ lines, list }, at) => {
      const mark = ordered ? `${start + at}.` : '•'
      return [`${indent}${mark} ${joined(lines)}`, ...(list ? [itemWords(list, `${indent}   `)] : [])].join(
        '\n',
      )
    })
    .join('\n')
}

/** A text as plain words, without any mark of the grammar. A plain text stays as it is. */
export function plainOf(text: string): string {
  if (!isFormatted(text)) return text
  return blocksOfText(text)
    .map((block) => {
      if (block.type === 'list') return itemWords(block)
      return block.type === 'heading' ? wordsOf(block.line) : joined(block.lines)
    })
    .join('\n\n')
}
