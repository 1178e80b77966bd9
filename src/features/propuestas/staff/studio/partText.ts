/** Cuts and joins the texts of parts, plain or formatted. */
import { blocksOfText, isFormatted, type Line, type TextBlock } from '@/domain/formattedText'
import { writeText } from '@/staff/text/writeText'

type Cut<T> = [head: T[], rest: T[]]

const lengthOf = (line: Line): number => line.reduce((sum, { text }) => sum + text.length, 0)
const lengthOfBlock = (block: TextBlock): number => {
  if (block.type === 'heading') return lengthOf(block.line)
  const lines =
    block.type === 'list'
      ? block.items
          .flatMap(({ lines: own, list }) => [own, ...(list?.items.map((item) => item.lines) ?? [])])
          .flat()
      : block.lines
  return lines.reduce((sum, line) => sum + lengthOf(line), 0)
}

/** Cuts a list of things with a length where `offset` characters have passed; `within` cuts the one that holds it. */
function cutAt<T>(
  all: readonly T[],
  offset: number,
  length: (one: T) => number,
  within: (one: T, at: number) => Cut<T>,
): Cut<T> {
  const head: T[] = []
  let left = offset
  for (const [place, one] of all.entries()) {
    const size = length(one)
    if (left < size) {
      const [before, after] = left > 0 ? within(one, left) : [[], [one]]
      return [
        [...head, ...before],
        [...after, ...all.slice(place + 1)],
      ]
    }
    head.push(one)
    left -= size
  }
  return [head, []]
}

const cutLine = (line: Line, at: number): Cut<Line> => {
  const [before, after] = cutAt(
    line,
    at,
    ({ text }) => text.length,
    (run, place) => [[{ ...run, text: run.text.slice(0, place) }], [{ ...run, text: run.text.slice(place) }]],
  )
  return [[before], [after]]
}

/** Within a list the item at hand begins what follows; a heading goes whole. */
function cutBlock(block: TextBlock, at: number): Cut<TextBlock> {
  if (block.type === 'heading') return [[block], []]
  if (block.type === 'paragraph') {
    const [before, after] = cutAt(block.lines, at, lengthOf, cutLine)
    return [[{ ...block, lines: before }], [{ ...block, lines: after }]]
  }
  const sizeOf = (item: (typeof block.items)[number]) => lengthOfBlock({ ...block, items: [item] })
  const [before, after] = cutAt(block.items, at, sizeOf, (item) => [[], [item]])
  return [[{ ...block, items: before }], [{ ...block, start: block.start + before.length, items: after }]]
}

/** Both sides of a text. `offset` counts UTF-16 units of the text, and of a formatted one those of its words. */
export function splitText(text: string, offset: number): [head: string, rest: string] {
  if (!isFormatted(text)) return [text.slice(0, offset).trimEnd(), text.slice(offset).trimStart()]
  const [head, rest] = cutAt(blocksOfText(text), offset, lengthOfBlock, cutBlock)
  return [writeText(head), writeText(rest)]
}

/** One text of two, the second going on in the last paragraph of the first. */
export function joinTexts(first: string, second: string): string {
  const [head, rest] = [first.trimEnd(), second.trimStart()]
  if (!isFormatted(head) && !isFormatted(rest)) return [head, rest].filter(Boolean).join(' ')
  const [before, after] = [blocksOfText(head), blocksOfText(rest)]
  const [last, next] = [before.at(-1), after[0]]
  if (last?.type !== 'paragraph' || next?.type !== 'paragraph') return writeText([...before, ...after])
  const space = { text: ' ', bold: false, italic: false, href: null }
  const seam = [...(last.lines.at(-1) ?? []), space, ...(next.lines[0] ?? [])]
  const lines = [...last.lines.slice(0, -1), seam, ...next.lines.slice(1)]
  return writeText([...before.slice(0, -1), { ...last, lines }, ...after.slice(1)])
}
