/** Writes a document as text: plain while it has no formatting, in the grammar of docs/formatted-text.md otherwise. */
import { FORMATTED, type Line, type TextBlock, type TextItem, type TextList } from '@/domain/formattedText'
import type { Run } from '@/domain/formattedRuns'
import { normalBlocks } from './normalBlocks'

/**
 * What begins emphasis, links, code or HTML, here or in other readers of Markdown. Some of them see a link in a bracket and
 * a parenthesis even when the bracket is escaped.
 */
const escapeWords = (text: string): string => text.replace(/[\\*_[\]<`]|(?<=\])\(/gu, '\\$&')

/** What would begin another block at the beginning of a line. */
const escapeStart = (line: string): string =>
  line
    .replace(/^(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|>|(?:-+|=+)\s*$)/u, '\\$&')
    .replace(/^(\d{1,9})(?=[.)](?:\s|$))/u, '$1\\')

const starsOf = (one: Pick<Run, 'bold' | 'italic'>, other: Pick<Run, 'bold' | 'italic'>) =>
  '*'.repeat((one.bold === other.bold ? 0 : 2) + (one.italic === other.italic ? 0 : 1))

const BARE = { bold: false, italic: false }

function writeMarks(runs: readonly Run[]): string {
  let source = ''
  let last: Pick<Run, 'bold' | 'italic'> = BARE
  for (const run of runs) {
    source += starsOf(last, run) + escapeWords(run.text)
    last = run
  }
  return source + starsOf(last, BARE)
}

/** Emphasis ends before a link and begins again within it. */
function writeLine(line: Line): string {
  const links: Run[][] = []
  for (const run of line)
    if (links.at(-1)?.at(-1)?.href === run.href) links.at(-1)!.push(run)
    else links.push([run])
  const source = links.map((runs) => {
    const href = runs[0]!.href
    return href === null ? writeMarks(runs) : `[${writeMarks(runs)}](${href})`
  })
  return escapeStart(source.join(''))
}

function writeItem({ lines, list }: TextItem, mark: string): string {
  const indent = ' '.repeat(mark.length)
  const own = mark + lines.map(writeLine).join(`\n${indent}`)
  return list ? `${own}\n${writeList(list).replace(/^/gmu, indent)}` : own
}

function writeList({ ordered, start, items }: TextList): string {
  return items.map((item, at) => writeItem(item, ordered ? `${start + at}. ` : '- ')).join('\n')
}

const writeBlock = (block: TextBlock): string => {
  if (block.type === 'list') return writeList(block)
  if (block.type === 'heading') return `${'#'.repeat(block.level)} ${writeLine(block.line)}`
  return block.lines.map(writeLine).join('\n')
}

const isBare = ({ bold, italic, href }: Run) => !bold && !italic && href === null

const isPlain = (blocks: readonly TextBlock[]) =>
  blocks.every((block) => block.type === 'paragraph' && block.lines.every((line) => line.every(isBare)))

/** `blocksOfText` reads it as the same document in its normal shape. */
export function writeText(blocks: readonly TextBlock[]): string {
  const normal = normalBlocks(blocks)
  if (isPlain(normal))
    return normal
      .flatMap((block) => (block.type === 'paragraph' ? [block.lines] : []))
      .map((lines) => lines.map((line) => line.map(({ text }) => text).join('')).join('\n'))
      .join('\n\n')
  return FORMATTED + normal.map(writeBlock).join('\n\n')
}
